"""The node's own copy of the log, a table of its DuckDB file."""

from __future__ import annotations

import pyarrow as pa

from ..contract.events import EVENT_SCHEMA
from ..warehouse import Warehouse
from .base import Slice
from .seen import SeenIds, hashes

COLUMNS = ", ".join(EVENT_SCHEMA.names)
INSERT = f"insert into log (seq, {COLUMNS}) select seq, {COLUMNS} from incoming order by seq"
LOAD_BATCH = 250_000


class StoredLog:
    """The rows of the node's own ``log`` table: each event id once, in the order of ``seq``."""

    def __init__(self, warehouse: Warehouse) -> None:
        self._warehouse = warehouse
        self.seen = SeenIds(self._confirm)
        self._load()

    def fresh(self, events: pa.Table) -> pa.Table:
        """Return the events that are not stored yet, each once."""
        return events.filter(self.seen.fresh(events.column("id")))

    def insert(self, events: pa.Table) -> None:
        """Add rows with a ``seq`` column inside the writer's transaction."""
        with self._warehouse.lent(incoming=events):
            self._warehouse.write(INSERT)

    def read(self, after: int, limit: int) -> Slice:
        """Return up to ``limit`` events behind a position, in order."""
        rows = self._warehouse.rows(
            f"select seq, {COLUMNS} from log where seq > $after order by seq limit $limit", after=after, limit=limit
        )
        return Slice(rows, rows.column("seq")[-1].as_py() if rows.num_rows else after)

    def end(self) -> int:
        """Return the position of the last stored event, 0 for none."""
        return int(self._warehouse.scalar("select coalesce(max(seq), 0) from log"))

    def _confirm(self, ids: pa.Array) -> set[str]:
        with self._warehouse.lent(doubtful=pa.table({"id": ids})):
            known = self._warehouse.writer_rows("select id from log semi join doubtful using (id)")
        return set(known.column("id").to_pylist())

    def _load(self) -> None:
        end, after = self.end(), 0
        while after < end:
            ids = self._warehouse.rows(
                "select id from log where seq > $after and seq <= $until", after=after, until=after + LOAD_BATCH
            )
            self.seen.add_hashes(hashes(ids.column("id")))
            after += LOAD_BATCH
