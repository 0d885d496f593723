"""The difference between two states of a channel: rows to set by key, keys to drop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Delta(Generic[Row]):
    """Rows that are new or changed, and keys that are gone, sorted."""

    set: dict[str, Row]
    drop: tuple[str, ...]


def diff(old: Mapping[str, Row], new: Mapping[str, Row]) -> Delta[Row]:
    """Return what turns ``old`` into ``new``; empty for equals."""
    changed = {key: row for key, row in new.items() if key not in old or old[key] != row}
    return Delta(changed, tuple(sorted(old.keys() - new.keys())))


def apply(rows: Mapping[str, Row], delta: Delta[Row]) -> dict[str, Row]:
    """Return the rows after a delta."""
    gone = frozenset(delta.drop)
    kept = {key: row for key, row in rows.items() if key not in gone}
    return kept | delta.set
