"""Sound: its container is walked from end to end, whatever is not sound is blanked or cut off."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Final

from ..errors import AttachmentRefused
from . import mp4, ogg, webm


def stripped(data: bytes, kind: str) -> bytes:
    """Return the sound without tags; raise `AttachmentRefused` where it is broken or holds more than sound."""
    try:
        return STRIP[kind](data)
    except (struct.error, IndexError, ValueError) as error:
        raise AttachmentRefused("file_broken", detail=str(error)[:200]) from error


def wav(data: bytes) -> bytes:
    """Keep the two chunks that are sound."""
    kept, at = {}, 12
    while at + 8 <= len(data):
        name, size = struct.unpack_from("<4sI", data, at)
        if name in (b"fmt ", b"data") and name not in kept:
            # a recorder that was cut off leaves a size of its hopes
            kept[name] = data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
    if len(kept.get(b"fmt ", b"")) < 16 or not kept.get(b"data"):
        raise ValueError("a wave needs the chunks fmt and data")
    body = b"".join(
        struct.pack("<4sI", name, len(kept[name])) + kept[name] + b"\0" * (len(kept[name]) % 2)
        for name in (b"fmt ", b"data")
    )
    return struct.pack("<4sI4s", b"RIFF", len(body) + 4, b"WAVE") + body


BITRATES: Final = (
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
)
RATES: Final = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
LEAST_FRAMES: Final = 3


def mpeg(data: bytes) -> bytes:
    """Keep the frames of layer III that follow each other; tags before, between and behind them go."""
    at, frames = _behind_tags(data), []
    while at + 4 <= len(data) and (size := _frame(data[at : at + 4])):
        frames.append(data[at : at + size])
        at += size
    if len(frames) < LEAST_FRAMES:
        raise ValueError("no frames of sound follow each other")
    return b"".join(frames)


def _behind_tags(data: bytes) -> int:
    at = 0
    while data[at : at + 3] == b"ID3":
        at += 10 + sum((data[at + 6 + place] & 0x7F) << (21 - 7 * place) for place in range(4))
    while at + 1 < len(data) and data[at] == 0:
        at += 1
    return at


def _frame(head: bytes) -> int:
    """Return the length of the frame a head begins, 0 where it is none."""
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    rate, sampling = head[2] >> 4, head[2] >> 2 & 3
    if head[0] != 0xFF or head[1] >> 5 != 7 or version == 1 or layer != 1 or rate in (0, 15) or sampling == 3:
        return 0
    bits = BITRATES[0 if version == 3 else 1][rate] * 1000
    return (144 if version == 3 else 72) * bits // RATES[version][sampling] + (head[2] >> 1 & 1)


STRIP: Final[dict[str, Callable[[bytes], bytes]]] = {
    "audio/wav": wav, "audio/mpeg": mpeg, "audio/ogg": ogg.stripped, "audio/webm": webm.stripped,
    "audio/mp4": mp4.stripped,
}  # fmt: skip
