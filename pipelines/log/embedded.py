"""The log as a table of the node's own DuckDB file."""

from __future__ import annotations

import pyarrow as pa

from ..errors import Outrun
from ..warehouse import Warehouse
from .base import Appended, Slice
from .stored import StoredLog


class EmbeddedLog:
    """Append to the node's own file, one durable commit a batch."""

    def __init__(self, warehouse: Warehouse, stored: StoredLog) -> None:
        self._warehouse = warehouse
        self._stored = stored
        self._end = self._stored.end()
        self._fresh: Slice | None = None

    def append(self, events: pa.Table, behind: int | None = None) -> Appended:
        """Store the events that are new; return once they are on the disk."""
        if behind is not None and behind != self._end:
            raise Outrun(f"the log ends at {self._end}, not at {behind}: decide again")
        fresh = self._stored.fresh(events)
        if fresh.num_rows:
            end = self._end + fresh.num_rows
            numbered = fresh.add_column(0, "seq", pa.array(range(self._end + 1, end + 1), type=pa.int64()))
            with self._warehouse.transaction():
                self._stored.insert(numbered)
            self._stored.seen.add(fresh.column("id"))
            self._end, self._fresh = end, Slice(numbered, end)
        return Appended(self._end, fresh.num_rows, events.num_rows - fresh.num_rows)

    def read(self, after: int, limit: int) -> Slice:
        """Return up to ``limit`` events behind a position, in order; what was just stored is read once from memory."""
        fresh, self._fresh = self._fresh, None
        if fresh and fresh.position - fresh.events.num_rows == after and fresh.events.num_rows <= limit:
            return fresh
        return self._stored.read(after, limit)

    def end(self) -> int:
        """Return the position of the last event, 0 for an empty log."""
        return self._end

    def close(self) -> None:
        """Hold nothing open: the warehouse owns the file."""
