"""What a wall's viewer can read: every text measured in arc-minutes, contrast and room, as Chromium drew it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page

from .colour_vision import EYES, apart, contrast

MEASURE: Final = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
PAGE: Final = Path(__file__).parents[2] / "docs" / "LEGIBILITY.md"
LEAST_MINUTES: Final = {
    ("body", True): 20.0, ("body", False): 16.0, ("label", True): 29.5, ("label", False): 22.0,
    ("headline", True): 60.0, ("headline", False): 60.0,
}  # fmt: skip
"""Arc-minutes of ink by role, Han or not: DESIGN §2; of digits and Latin letters the capital height counts."""
TOLD: Final = """\
# Legibility of the wall

Made by `LEGIBILITY=write pytest tests/e2e/test_legibility.py`, which measures every visible text of every shipped
layout and scene in Chromium, of a city that stands still, for the default site: 8 m from a wall of 1.25 mm.

A text is as high as its ink: of Chinese characters from the highest to the lowest stroke, of digits and Latin letters
the capital height. The gate asks for 20′ of body text in Chinese and 16′ in digits and Latin letters, for 29.5′ and 22′
of labels, 60′ of headline digits; for a contrast of 4.5, of bold and larger text 3; that nothing is cut, outside the
screen or over another text; and that any two of ◆ overdue, ▲ urgent, ▨ not live and plain text are at least 15 apart
(CIEDE2000) for every eye (Machado 2009, full severity)."""
LEAST_CONTRAST, LEAST_CONTRAST_LARGE = 4.5, 3.0
LEAST_APART: Final = 15.0
"""CIEDE2000 between any two signals, for every eye."""


@dataclass(frozen=True)
class Site:
    """Where the wall is seen from."""

    distance_m: float
    pitch_mm: float

    def minutes(self, pixels: float) -> float:
        """Return the visual angle of a height on the wall."""
        return math.degrees(math.atan(pixels * self.pitch_mm / (self.distance_m * 1000))) * 60


def measured(page: Page) -> dict[str, Any]:
    """Return every visible text of a page with its size, colours and box."""
    found: dict[str, Any] = page.evaluate(MEASURE)
    return found


def faults(found: dict[str, Any], site: Site) -> Iterator[str]:
    """Name every text that cannot be read as it should, by panel."""
    for text in found["texts"]:
        for why in _weak(text, found, site):
            yield f"{text['panel']}: {text['text']!r} {why}"
    for one, other in combinations(found["texts"], 2):
        if _overlap(one["box"], other["box"]):
            yield f"{one['panel']}: {one['text']!r} lies over {other['panel']}: {other['text']!r}"
    for eye, apart_by in signals(found).items():
        if apart_by < LEAST_APART:
            yield f"signals: two are only {apart_by:.1f} apart for {eye} eyes"


def _weak(text: dict[str, Any], found: dict[str, Any], site: Site) -> Iterator[str]:
    minutes = site.minutes(text["ink"] * found["ratio"])
    least = LEAST_MINUTES[text["role"], text["han"]]
    if minutes < least:
        yield f"is {minutes:.1f}′ high, a {text['role']} needs {least:g}′"
    if (seen := contrast(text["colour"], text["ground"])) < _least_contrast(text):
        yield f"has a contrast of {seen:.2f}, needs {_least_contrast(text):g}"
    if text["cut"]:
        yield "is cut"
    if text["astray"]:
        yield "reaches out of its panel"
    left, top, right, bottom = text["box"]
    if left < -1 or top < -1 or right > found["size"][0] + 1 or bottom > found["size"][1] + 1:
        yield "is outside the screen"


def _least_contrast(text: dict[str, Any]) -> float:
    return LEAST_CONTRAST_LARGE if text["bold"] or text["role"] != "body" else LEAST_CONTRAST


def _overlap(one: list[float], other: list[float]) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 4 and down > 6


def signals(found: dict[str, Any]) -> dict[str, float]:
    """Return for every eye how far apart the two nearest signal colours are."""
    pairs = list(combinations(found["signals"].values(), 2))
    return {eye: min(apart(one, other, eye) for one, other in pairs) for eye in EYES}


def row(found: dict[str, Any], scene: str, language: str, site: Site) -> tuple[str, ...]:
    """Return a layout's line of the table."""
    by_script = {
        han: [site.minutes(t["ink"] * found["ratio"]) for t in found["texts"] if t["han"] is han]
        for han in (True, False)
    }
    least = [f"{min(values):.1f}′" if values else "—" for values in by_script.values()]
    weakest = min(contrast(t["colour"], t["ground"]) for t in found["texts"])
    size = "×".join(map(str, found["size"]))
    return (found["layout"], size, scene, language, *least, f"{weakest:.1f}", found["dropped"] or "–")


def page_of(rows: list[tuple[str, ...]], eyes: dict[str, dict[str, float]]) -> str:
    """Return the whole page."""
    head = ("layout", "pixels", "scene", "language", "least Han", "least Latin, digits", "least contrast", "dropped")
    table = "\n".join(f"| {' | '.join(line)} |" for line in [head, ("---",) * len(head), *rows])
    told = "\n".join(
        f"| {theme} | {' | '.join(f'{value:.1f}' for value in found.values())} |" for theme, found in eyes.items()
    )
    return (
        f"{TOLD}\n\n"
        f"{table}\n\n## Signal colours\n\nThe least difference of any two:\n\n"
        f"| theme | {' | '.join(EYES)} |\n| {' | '.join(['---'] * (len(EYES) + 1))} |\n{told}\n"
    )
