"""What every log does, wherever it keeps its events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Appended:
    """The receipt of an append: the log's new end, how many events were stored, how many it held already."""

    position: int
    stored: int
    duplicates: int


@dataclass(frozen=True, slots=True)
class Slice:
    """Events in log order: a table of a ``seq`` column and `EVENT_SCHEMA`, and the position after it."""

    events: pa.Table
    position: int


class Log(Protocol):
    """An append-only, ordered, durable sequence of events."""

    def append(self, events: pa.Table, behind: int | None = None) -> Appended:
        """Store a table with `EVENT_SCHEMA` durably, each event id once, before returning.

        Raise `Outrun`, and store nothing, where the log does not end at ``behind``: others appended meanwhile.
        """
        ...

    def read(self, after: int, limit: int) -> Slice:
        """Return up to ``limit`` events behind a position, in order."""
        ...

    def end(self) -> int:
        """Return the position of the last event, 0 for an empty log."""
        ...

    def close(self) -> None:
        """Release what the log holds open."""
        ...
