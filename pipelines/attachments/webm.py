"""Sound in WebM, as browsers record it: elements that tell of people are blanked in place, so that no offset moves."""

from __future__ import annotations

from typing import Final

from ..errors import AttachmentRefused

SEGMENT, CLUSTER, INFO, TRACKS, TRACK = (
    b"\x18\x53\x80\x67",
    b"\x1f\x43\xb6\x75",
    b"\x15\x49\xa9\x66",
    b"\x16\x54\xae\x6b",
    b"\xae",
)
HEAD, DOC_TYPE, KIND, VOID = b"\x1a\x45\xdf\xa3", b"\x42\x82", b"\x83", b"\xec"
SEEK, CUES, CRC = b"\x11\x4d\x9b\x74", b"\x1c\x53\xbb\x6b", b"\xbf"
BLOCKS: Final = (b"\xa3", b"\xa0", b"\xe7", b"\xa7", b"\xab")
"""In a cluster: simple block, group of blocks, its time, its place, the size of the one before."""
KEPT: Final = (HEAD, SEEK, CUES, *BLOCKS)
TELLING: Final = {
    INFO: (b"\x7b\xa9", b"\x44\x61", b"\x73\x84", b"\x3c\x83\xab", b"\x3e\x83\xbb"),
    TRACK: (b"\x53\x6e", b"\x22\xb5\x9c"),
}
"""Title, date and names of files; a track's name and language."""
SOUND: Final = 2


def stripped(data: bytes) -> bytes:
    """Return the sound without tags; raise `AttachmentRefused` if a track is not sound."""
    out, tracks = bytearray(data), []
    at = 0
    while at < len(out):
        element, body, after = _element(out, at, len(out))
        if element in (SEGMENT, CLUSTER):
            at = body
            continue
        if element == HEAD and b"webm" not in out[body:after]:
            raise AttachmentRefused("file_wrong_type", claimed="matroska")
        if element == TRACKS:
            tracks += _tracks(out, body, after)
        elif element == INFO:
            _blank_inside(out, body, after, INFO)
        elif element not in KEPT:
            _blank(out, at, after)
        at = after
    if not tracks:
        raise ValueError("no track")
    if any(kind != SOUND for kind in tracks):
        raise AttachmentRefused("file_not_only_sound")
    return bytes(out)


def _tracks(out: bytearray, at: int, end: int) -> list[int]:
    kinds = []
    while at < end:
        element, body, after = _element(out, at, end)
        if element == TRACK:
            kinds.append(_kind(out, body, after))
            _blank_inside(out, body, after, TRACK)
        at = after
    return kinds


def _kind(out: bytearray, at: int, end: int) -> int:
    while at < end:
        element, body, after = _element(out, at, end)
        if element == KIND:
            return int.from_bytes(out[body:after], "big")
        at = after
    return 0


def _blank_inside(out: bytearray, at: int, end: int, parent: bytes) -> None:
    while at < end:
        element, _, after = _element(out, at, end)
        if element in TELLING[parent] or element == CRC:
            _blank(out, at, after)
        at = after


def _blank(out: bytearray, at: int, after: int) -> None:
    """Put an empty element of the same length into an element's place."""
    room = after - at
    if room < 9:
        out[at:after] = VOID + bytes([0x80 | room - 2]) + bytes(room - 2)
    else:
        out[at:after] = VOID + b"\x01" + (room - 9).to_bytes(7, "big") + bytes(room - 9)


def _element(data: bytearray, at: int, end: int) -> tuple[bytes, int, int]:
    """Return an element's id, where its body begins and where it ends."""
    wide = _width(data[at], 4)
    name, at = bytes(data[at : at + wide]), at + wide
    wide = _width(data[at], 8)
    size = int.from_bytes(data[at : at + wide], "big") & (1 << 7 * wide) - 1
    body = at + wide
    if name in (SEGMENT, CLUSTER):
        return name, body, end
    if size == (1 << 7 * wide) - 1 or body + size > end:
        raise ValueError(f"an element of {size} bytes where {end - body} are left")
    return name, body, body + size


def _width(first: int, most: int) -> int:
    wide = 9 - first.bit_length()
    if wide > most:
        raise ValueError("no length where one should be")
    return wide
