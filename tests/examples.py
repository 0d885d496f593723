"""Small deterministic batches of events that tests share."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyarrow as pa

from pipelines.contract.events import CaseClosed, CaseFiled, CaseReported, Event, to_table

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def case_events(number: int, *, area: str = "360502", closed: bool = True) -> list[Event]:
    """A case that is reported, filed an hour later and, if closed, closed two hours after that."""
    reported = START + timedelta(minutes=number)
    case_id = f"test:{number}"
    shared = {"received_at": START, "source": "test", "area_id": area, "case_id": case_id}
    filed = reported + timedelta(hours=1)
    events: list[Event] = [
        CaseReported(id=f"{case_id}:case-reported", happened_at=reported, category="CG0101", channel="grid", **shared),
        CaseFiled(id=f"{case_id}:case-filed", happened_at=filed, due_at=filed + timedelta(hours=4), **shared),
    ]
    if closed:
        done = filed + timedelta(hours=2)
        events.append(CaseClosed(id=f"{case_id}:case-closed", happened_at=done, **shared))
    return events


def events_of(cases: int) -> pa.Table:
    """The first cases' events, every third case still open, case by case."""
    return to_table(event for n in range(cases) for event in case_events(n, closed=n % 3 != 0))


def ids_of(events: pa.Table) -> list[str]:
    """The event ids, in order."""
    return [str(value) for value in events.column("id").to_pylist()]
