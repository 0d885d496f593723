"""What others send while the city runs: judged, kept or put aside with the reason, all on the writer's thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from .alerts import Alerts
from .contract.events import to_table
from .contract.time import Clock
from .geography import Geography
from .heartbeat import Heartbeats
from .live import Vetting
from .log.base import Appended
from .warehouse import Warehouse, statement
from .writer import Writer


@dataclass(frozen=True, slots=True)
class Received:
    """What became of events that were sent: stored, known before, and what was odd (rows of `ISSUE_SCHEMA`)."""

    stored: int
    duplicates: int
    issues: list[dict[str, Any]]


class Reception:
    """Take in events and alerts of others."""

    def __init__(
        self,
        warehouse: Warehouse,
        geography: Geography,
        alerts: Alerts,
        heartbeats: Heartbeats,
        wall_clock: Clock,
        append: Callable[[pa.Table], Appended],
        writer: Writer,
    ) -> None:
        """Receive for a warehouse; ``append`` stores and applies, on the thread of ``writer``."""
        self._warehouse = warehouse
        self._areas = geography.tree
        self._alerts = alerts
        self._heartbeats = heartbeats
        self._wall_clock = wall_clock
        self._append = append
        self._writer = writer

    def receive(self, events: Sequence[bytes], source: str, clock: Clock) -> Received:
        """Take in events as JSON; what is not ours, or not legal now, is kept aside with why."""
        return self._writer.do(lambda: self._receive(events, source, clock))

    def warn(self, document: bytes, source: str, clock: Clock) -> Received:
        """Take in a CAP 1.2 alert; what is not for this city, or cannot be read, is kept aside with why."""
        heard = self._alerts.hear(document, source, clock.now())
        self._heartbeats.beat(source, clock.now())
        appended = self._writer.do(lambda: self._append(to_table(heard.events)))
        self.quarantine(heard.issues, source)
        return Received(appended.stored, appended.duplicates, heard.issues.to_pylist())

    def quarantine(self, issues: pa.Table, source: str) -> None:
        """Keep what was wrong with a source's rows, each once."""
        self._writer.do(lambda: self._quarantine(issues, source))

    def _receive(self, events: Sequence[bytes], source: str, clock: Clock) -> Received:
        self._heartbeats.beat(source, clock.now())
        vetted = Vetting(self._areas, clock, self._state_of, self._is_stored).judge(events)
        appended = self._append(to_table(vetted.accepted))
        self._quarantine(vetted.issues, source)
        return Received(appended.stored, appended.duplicates, vetted.issues.to_pylist())

    def _state_of(self, case_id: str) -> str | None:
        state: str | None = self._warehouse.scalar("select state from cases where case_id = $case_id", case_id=case_id)
        return state

    def _is_stored(self, event_id: str) -> bool:
        return bool(self._warehouse.scalar("select count(*) from log where id = $id", id=event_id))

    def _quarantine(self, issues: pa.Table, source: str) -> None:
        if not issues.num_rows:
            return
        moment = pa.scalar(self._wall_clock.now(), type=pa.timestamp("us", tz="UTC"))
        stamped = issues.append_column("source", pa.repeat(source, issues.num_rows))
        stamped = stamped.append_column("received_at", pa.repeat(moment, issues.num_rows))
        with self._warehouse.lent(issues=stamped), self._warehouse.transaction():
            self._warehouse.write(statement("marts/quarantine"))
