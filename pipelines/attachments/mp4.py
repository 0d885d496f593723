"""Sound in MP4: boxes that tell of people or places are blanked in place, so that no offset moves."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from ..errors import AttachmentRefused

INNER: Final = (b"moov", b"trak", b"mdia", b"moof", b"traf")
DATED: Final = (b"mvhd", b"tkhd", b"mdhd")
TELLING: Final = (b"udta", b"meta", b"uuid", b"XMP_", b"ilst", b"free", b"skip", b"wide")
KNOWN: Final = (b"ftyp", b"styp", b"mdat", b"sidx", b"mfra", b"emsg", b"prft", b"pdin")
MOST_DEPTH: Final = 8


def stripped(data: bytes) -> bytes:
    """Return the sound without tags; raise `AttachmentRefused` if a track is not sound."""
    out, handlers = bytearray(data), list[bytes]()
    end = _walk(out, 0, len(out), 0, handlers)
    if any(handler != b"soun" for handler in handlers):
        raise AttachmentRefused("file_not_only_sound")
    if not handlers:
        raise ValueError("no track of sound")
    return bytes(out[:end])


def _walk(out: bytearray, start: int, end: int, depth: int, handlers: list[bytes]) -> int:
    """Blank what tells; return where the last whole box ends."""
    if depth > MOST_DEPTH:
        raise ValueError("boxes in boxes without end")
    at = start
    for at, name, body, after in _boxes(out, start, end):
        if name in TELLING or (depth == 0 and name not in INNER + KNOWN):
            out[at + 4 : at + 8] = b"free"
            out[body:after] = bytes(after - body)
        elif name in DATED:
            # made and changed: two moments of four bytes each, of eight in the second version
            out[body + 4 : body + 4 + (16 if out[body] else 8)] = bytes(16 if out[body] else 8)
        elif name == b"hdlr":
            handlers.append(bytes(out[body + 8 : body + 12]))
            # behind the handler's kind stands the name somebody gave the track
            out[body + 24 : after] = bytes(max(0, after - body - 24))
        elif name in INNER:
            _walk(out, body, after, depth + 1, handlers)
        at = after
    return at


def _boxes(data: bytearray, start: int, end: int) -> Iterator[tuple[int, bytes, int, int]]:
    at = start
    while at + 8 <= end:
        size, name = struct.unpack_from(">I4s", data, at)
        body = at + 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, body)
            body += 8
        after = at + size if size else end
        if after > end or after < body:
            raise ValueError(f"a box of {size} bytes where {end - at} are left")
        yield at, name, body, after
        at = after
