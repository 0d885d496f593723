"""The log as a table of the node's own DuckDB file."""

from __future__ import annotations

import pyarrow as pa

from ..warehouse import Warehouse
from .base import Appended, Slice
from .stored import StoredLog


class EmbeddedLog:
    """Append to the node's own file, one durable commit a batch."""

    def __init__(self, warehouse: Warehouse, stored: StoredLog) -> None:
        self._warehouse = warehouse
        self._stored = stored
        self._end = self._stored.end()

    def append(self, events: pa.Table) -> Appended:
        """Store the events that are new; return once they are on the disk."""
        fresh = self._stored.fresh(events)
        if fresh.num_rows:
            seq = pa.array(range(self._end + 1, self._end + 1 + fresh.num_rows), type=pa.int64())
            with self._warehouse.transaction():
                self._stored.insert(fresh.append_column("seq", seq))
            self._stored.seen.add(fresh.column("id"))
            self._end += fresh.num_rows
        return Appended(self._end, fresh.num_rows, events.num_rows - fresh.num_rows)

    def read(self, after: int, limit: int) -> Slice:
        """Return up to ``limit`` events behind a position, in order."""
        return self._stored.read(after, limit)

    def end(self) -> int:
        """Return the position of the last event, 0 for an empty log."""
        return self._end

    def close(self) -> None:
        """Hold nothing open: the warehouse owns the file."""
