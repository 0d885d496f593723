"""Whether the audit is whole: every entry there, none changed, none cut off."""

from __future__ import annotations

import re
from typing import Any, Final, Literal

import msgspec

from pipelines.errors import CitybrainError
from pipelines.registry.base import Registry

from .audit import AUDIT, START, Entry, Head, seal

PAGE: Final = 1000
HEAD: Final = re.compile(r"(\d{1,15}):([0-9a-f]{64})")
Fault = Literal["unreadable", "missing", "changed", "unlinked", "cut", "other"]
WORDS: Final[dict[Fault, str]] = {
    "unreadable": "entry {number} cannot be read",
    "missing": "entry {number} is missing",
    "changed": "entry {number} was changed: it does not have the hash it carries",
    "unlinked": "entry {number} does not follow the one before: that was exchanged, or this one put in",
    "cut": "entry {number} and what followed it were cut off the end",
    "other": "entry {number} is not the one whose hash was kept: the list up to it was written anew",
}


class Break(msgspec.Struct, frozen=True):
    """The first entry that is wrong."""

    number: int
    fault: Fault

    def __str__(self) -> str:
        """Say it in one line."""
        return WORDS[self.fault].format(number=self.number)


class Proof(msgspec.Struct, frozen=True):
    """What was found: how many entries are good, the last good one, and the first that is not."""

    head: Head
    broken: Break | None = None


def prove(registry: Registry, kept: Head | None = None) -> Proof:
    """Go through the whole chain; with a kept head, also prove that it is still the one it was."""
    # counted up with every entry: whoever cuts the list has to find and change it too
    least = max(registry.revision(AUDIT), kept.number if kept else 0)
    last = Head(0, START)
    while lines := registry.read(AUDIT, last.number, PAGE):
        for number, line in lines:
            found = _next(last, number, line, kept)
            if isinstance(found, Break):
                return Proof(last, found)
            last = found
    return Proof(last, Break(last.number + 1, "cut") if last.number < least else None)


def head_of(text: str) -> Head:
    """Read a head as a person kept it."""
    found = HEAD.fullmatch(text.strip())
    if found is None:
        raise CitybrainError(f"{text[:100]!r} is no head: it reads NUMBER:HASH, as citybrain audit head prints it")
    return Head(int(found[1]), found[2])


def _next(last: Head, number: int, line: bytes, kept: Head | None) -> Head | Break:
    expected = last.number + 1
    entry = _read(line)
    if entry is None:
        return Break(expected, "unreadable")
    if number > expected or entry.number > expected:
        return Break(expected, "missing")
    again, head = seal(entry)
    if again != line:
        return Break(expected, "changed")
    if entry.number != expected or entry.previous != last.hash:
        return Break(expected, "unlinked")
    return Break(expected, "other") if kept and kept.number == expected and kept.hash != head.hash else head


def _read(line: bytes) -> Entry | None:
    try:
        entry: Any = msgspec.json.decode(line, type=Entry)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    return entry if isinstance(entry, Entry) else None
