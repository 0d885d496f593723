"""Sound in Ogg: the comments are emptied in place, what follows the last page is cut off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ..errors import AttachmentRefused

CAPTURE: Final = b"OggS"
COMMENTS: Final = {b"OpusHead": b"OpusTags", b"\x01vorbis": b"\x03vorbis"}
"""How a stream of sound begins, and how its second packet does, which holds the comments."""
CRC_TABLE: list[int] = []


@dataclass(frozen=True, slots=True)
class Page:
    """One page: where it begins, where its body is, the lengths of its segments."""

    start: int
    body: int
    end: int
    serial: bytes
    laces: bytes


def stripped(data: bytes) -> bytes:
    """Return the sound without comments; raise `AttachmentRefused` if a stream is not sound."""
    pages = list(_pages(data))
    if not pages:
        raise ValueError("no page")
    out = bytearray(data[: pages[-1].end])
    if len({page.serial for page in pages}) != 1:
        raise AttachmentRefused("file_not_only_sound")
    first = bytes(out[pages[0].body : pages[0].end])
    begins = next((head for head in COMMENTS if first.startswith(head)), None)
    if begins is None:
        raise AttachmentRefused("file_not_only_sound")
    _empty(out, pages, COMMENTS[begins])
    return bytes(out)


def _pages(data: bytes) -> Iterator[Page]:
    at = 0
    while data[at : at + 4] == CAPTURE:
        body = at + 27 + data[at + 26]
        laces = data[at + 27 : body]
        end = body + sum(laces)
        if end > len(data):
            return
        yield Page(at, body, end, data[at + 14 : at + 18], laces)
        at = end


def _empty(out: bytearray, pages: list[Page], begins: bytes) -> None:
    """Overwrite the second packet with one that says nothing, and sum its pages anew."""
    places: list[int] = []
    touched: list[Page] = []
    for page in pages[1:]:
        whole = _first_packet(page)
        places += range(page.body, page.body + whole)
        touched.append(page)
        if any(lace < 255 for lace in page.laces):
            break
    if bytes(out[place] for place in places[: len(begins)]) != begins:
        raise ValueError("no comments where they should be")
    # no vendor, no comment; Vorbis ends with a set bit
    silent = begins + bytes(8) + (b"\x01" if begins[0] == 3 else b"")
    if len(places) < len(silent):
        raise ValueError("comments that are too short")
    for place, value in zip(places, silent.ljust(len(places), b"\0"), strict=True):
        out[place] = value
    for page in touched:
        out[page.start + 22 : page.start + 26] = bytes(4)
        out[page.start + 22 : page.start + 26] = _sum(out[page.start : page.end]).to_bytes(4, "little")


def _first_packet(page: Page) -> int:
    length = 0
    for lace in page.laces:
        length += lace
        if lace < 255:
            break
    return length


def _sum(page: bytearray) -> int:
    if not CRC_TABLE:
        CRC_TABLE.extend(_entries())
    total = 0
    for byte in page:
        total = (total << 8 & 0xFFFFFFFF) ^ CRC_TABLE[total >> 24 ^ byte]
    return total


def _entries() -> Iterator[int]:
    for byte in range(256):
        entry = byte << 24
        for _ in range(8):
            entry = entry << 1 & 0xFFFFFFFF ^ (0x04C11DB7 if entry & 0x80000000 else 0)
        yield entry
