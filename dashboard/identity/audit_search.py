"""What an auditor looks for, and the entries that are so."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import msgspec

from pipelines.registry.base import Registry

from .audit import AUDIT, Entry

PAGE: Final = 1000
MOST_LOOKED: Final = 50_000
"""So many entries are looked through at a time; the answer says where to go on."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What an entry has to be; parts of words are enough, whatever their case."""

    user: str = ""
    acts: frozenset[str] = frozenset()
    what: str = ""
    device: str = ""
    since: datetime | None = None
    until: datetime | None = None

    def fits(self, entry: Entry) -> bool:
        """Tell whether an entry is so."""
        return (
            (not self.acts or entry.act in self.acts)
            and (self.since is None or entry.at >= self.since)
            and (self.until is None or entry.at < self.until)
            and _holds(self.user, entry.user, entry.seen_by)
            and _holds(self.what, entry.what, entry.where)
            and _holds(self.device, entry.address, entry.device, entry.screen)
        )


class Page(msgspec.Struct, frozen=True):
    """Entries in order, how many there are in all, and the number to go on from (None: there are no more)."""

    entries: list[Entry]
    total: int
    next: int | None


def newest(registry: Registry, wanted: Wanted, before: int | None = None, limit: int = 100) -> Page:
    """Return the latest entries that fit, the newest first, of those with a number below ``before``."""
    total = registry.length(AUDIT)
    top = min(total, before - 1) if before is not None else total
    found: list[Entry] = []
    floor = max(0, top - MOST_LOOKED)
    while top > floor:
        bottom = max(floor, top - PAGE)
        for entry in reversed(_entries(registry, bottom, top)):
            if wanted.fits(entry):
                found.append(entry)
                if len(found) == limit:
                    return Page(found, total, entry.number if entry.number > 1 else None)
        top = bottom
    return Page(found, total, floor + 1 if floor else None)


def following(registry: Registry, wanted: Wanted, after: int, limit: int = 100) -> Page:
    """Return the entries that fit behind a number, the oldest first."""
    total = registry.length(AUDIT)
    found: list[Entry] = []
    bottom, ceiling = after, min(total, after + MOST_LOOKED)
    while bottom < ceiling:
        top = min(ceiling, bottom + PAGE)
        for entry in _entries(registry, bottom, top):
            if wanted.fits(entry):
                found.append(entry)
                if len(found) == limit:
                    return Page(found, total, entry.number if entry.number < total else None)
        bottom = top
    return Page(found, total, ceiling if ceiling < total else None)


def _entries(registry: Registry, after: int, upto: int) -> list[Entry]:
    """Read entries by their place; one that cannot be read is verify's to name."""
    found = []
    for number, line in registry.read(AUDIT, after, upto - after):
        if number > upto:
            break
        try:
            entry = msgspec.json.decode(line, type=Entry)
        except msgspec.MsgspecError:
            continue
        found.append(entry)
    return found


def _holds(part: str, *texts: str | None) -> bool:
    return not part or any(part.casefold() in text.casefold() for text in texts if text)
