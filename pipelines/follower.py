"""Follow the log into the marts: one transaction a batch, with the log position inside it."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from . import reference
from .log.base import Log, Slice
from .log.stored import StoredLog
from .migration import MARTS
from .warehouse import Warehouse, statement

# the kinds of event a mart counts: a batch without them need not be shown to it
FED_BY = {
    "grid_days": {"case-reported", "case-closed", "grid-visited"},
    "safety_creation": {"safety-stage-reached", "safety-breached", "safety-rectified"},
}
APPLIED = "applied"
CATCH_UP_BATCH = 250_000


@dataclass(frozen=True, slots=True)
class Difference:
    """Rows by which a mart differs from its rebuild."""

    mart: str
    missing: int
    surplus: int


class Follower:
    """Keep every mart equal to the fold of the log up to ``position``."""

    def __init__(self, warehouse: Warehouse, copy: StoredLog | None = None) -> None:
        """Follow a log that lies in the warehouse already, or one whose events go into ``copy`` first."""
        self._warehouse = warehouse
        self._copy = copy
        self.position = int(
            warehouse.scalar("select coalesce(max(position), 0) from positions where name = $name", name=APPLIED)
        )

    def apply(self, batch: Slice) -> int:
        """Fold one slice of the log into the marts, all or nothing; return how many events were new."""
        events = self._copy.fresh(batch.events) if self._copy else batch.events
        with self._warehouse.transaction():
            if self._copy and events.num_rows:
                self._copy.insert(events)
            if events.num_rows:
                self._fold(events)
            self._move(batch.position)
        if self._copy:
            self._copy.seen.add(events.column("id"))
        self.position = batch.position
        return int(events.num_rows)

    def catch_up(self, log: Log) -> int:
        """Apply all that the log holds behind this position; return the number of new events."""
        applied = 0
        while log.end() > self.position and (batch := log.read(self.position, CATCH_UP_BATCH)).events.num_rows:
            applied += self.apply(batch)
        return applied

    def reset(self) -> None:
        """Empty the marts, so that catching up rebuilds them."""
        with self._warehouse.transaction():
            for mart in MARTS:
                self._warehouse.write(f"delete from {mart}")
            self._move(0)
        self.position = 0

    def differences(self, other: Warehouse) -> list[Difference]:
        """Compare every mart with another warehouse's, row for row."""
        found = [_difference(mart, self._warehouse, other) for mart in MARTS]
        return [difference for difference in found if difference.missing or difference.surplus]

    def verified(self, log: Log, folder: Path | None, time_zone: str) -> list[Difference]:
        """Rebuild the marts from a log beside the present ones, in a folder, and return where they differ."""
        with tempfile.TemporaryDirectory(dir=folder) as place:
            beside = Warehouse(Path(place) / "rebuilt.duckdb", time_zone)
            reference.copy(self._warehouse, beside)
            Follower(beside).catch_up(log)
            found = self.differences(beside)
            beside.close()
        return found

    def _fold(self, events: pa.Table) -> None:
        kinds = set(pc.unique(events.column("kind")).to_pylist())
        with self._warehouse.lent(batch=events):
            changed = self._warehouse.write_returning(statement("marts/cases"))
            for mart, fed_by in FED_BY.items():
                if kinds & fed_by:
                    self._warehouse.write(statement(f"marts/{mart}"))
        with self._warehouse.lent(changed=changed):
            self._warehouse.write(statement("marts/open_cases"))

    def _move(self, position: int) -> None:
        self._warehouse.write("delete from positions where name = $name", name=APPLIED)
        self._warehouse.write("insert into positions values ($name, $position)", name=APPLIED, position=position)


def _difference(mart: str, mine: Warehouse, rebuilt: Warehouse) -> Difference:
    everything = f"from {mart}"
    with mine.lent(expected=rebuilt.rows(everything)):
        missing = mine.writer_rows(f"from expected except all from {mart}").num_rows
        surplus = mine.writer_rows(f"from {mart} except all from expected").num_rows
    return Difference(mart, missing, surplus)
