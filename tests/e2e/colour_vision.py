"""How far apart two colours are, for every eye: Machado 2009 at full severity, CIEDE2000; and WCAG contrast."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

Colour = Sequence[float]
EYES: Final = {
    "normal": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
XYZ: Final = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
WHITE: Final = (0.95047, 1.0, 1.08883)


def contrast(one: Colour, other: Colour) -> float:
    """Return the WCAG contrast of two colours (0–255 a channel); the first one may be translucent."""
    alpha = one[3] if len(one) > 3 else 1.0
    seen = [alpha * a + (1 - alpha) * b for a, b in zip(one[:3], other[:3], strict=True)]
    light, dark = sorted((_luminance(seen), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def apart(one: Colour, other: Colour, eye: str) -> float:
    """Return the CIEDE2000 difference of two colours as an eye sees them."""
    return _ciede2000(_lab(_seen(one, eye)), _lab(_seen(other, eye)))


def _linear(colour: Colour) -> list[float]:
    shares = [channel / 255 for channel in colour[:3]]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]


def _luminance(colour: Colour) -> float:
    return sum(a * b for a, b in zip((0.2126, 0.7152, 0.0722), _linear(colour), strict=True))


def _times(matrix: Sequence[Colour], vector: Colour) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def _seen(colour: Colour, eye: str) -> list[float]:
    return [min(1.0, max(0.0, c)) for c in _times(EYES[eye], _linear(colour))]


def _lab(linear: Colour) -> tuple[float, float, float]:
    x, y, z = (_root(v / w) for v, w in zip(_times(XYZ, linear), WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _root(t: float) -> float:
    return t ** (1 / 3) if t > (6 / 29) ** 3 else t / (3 * (6 / 29) ** 2) + 4 / 29


def _ciede2000(one: Colour, other: Colour) -> float:
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean_c = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    g = 0.5 * (1 - math.sqrt(mean_c**7 / (mean_c**7 + 25**7)))
    c1, c2 = math.hypot((1 + g) * a1, b1), math.hypot((1 + g) * a2, b2)
    h1, h2 = (math.degrees(math.atan2(b, (1 + g) * a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    delta_h = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn) / 2)
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    hue = h1 + turn / 2 if c1 * c2 else h1 + h2
    t = (
        1
        - 0.17 * math.cos(math.radians(hue - 30))
        + 0.24 * math.cos(math.radians(2 * hue))
        + 0.32 * math.cos(math.radians(3 * hue + 6))
        - 0.20 * math.cos(math.radians(4 * hue - 63))
    )
    scale_l = 1 + 0.015 * (light - 50) ** 2 / math.sqrt(20 + (light - 50) ** 2)
    scale_c, scale_h = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    twist = (
        -2
        * math.sqrt(chroma**7 / (chroma**7 + 25**7))
        * math.sin(math.radians(60 * math.exp(-(((hue % 360 - 275) / 25) ** 2))))
    )
    parts = ((l2 - l1) / scale_l, (c2 - c1) / scale_c, delta_h / scale_h)
    return math.sqrt(sum(p * p for p in parts) + twist * parts[1] * parts[2])
