"""Simulated events, gathered kind by kind into one table."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ..contract.events import EVENT_SCHEMA

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
MICRO = 1_000_000
TIME = pa.timestamp("us", tz="UTC")


@dataclass
class Sheet:
    """The events of one day's subjects: cases, grids or villages; times are seconds after ``midnight`` (epoch)."""

    source: str
    midnight: int
    subjects: pa.Array
    areas: pa.Array
    cases: bool = True
    _tables: list[pa.Table] = field(default_factory=list)
    _counts: dict[str, npt.NDArray[np.int64]] = field(default_factory=dict)

    def moments(self, seconds: Floats) -> pa.Array:
        """Return moments, to the second."""
        return pa.array((np.floor(seconds).astype(np.int64) + self.midnight) * MICRO, pa.int64()).cast(TIME)

    def add(self, kind: str, chosen: Mask, seconds: Floats, **columns: Any) -> None:  # noqa: ANN401
        """Add an event of the chosen subjects; a column is an array over all subjects, or one value."""
        if not chosen.any():
            return
        rows = pa.array(np.flatnonzero(chosen))
        happened = self.moments(seconds[chosen])
        subjects = self.subjects.take(rows)
        values: dict[str, Any] = {
            "kind": kind, "id": self._ids(kind, chosen, subjects), "happened_at": happened, "received_at": happened,
            "source": self.source, "area_id": self.areas.take(rows), "cause": "", "simulated": True, "exercise": False,
        }  # fmt: skip
        if self.cases:
            values["case_id"] = subjects
        values.update({name: _taken(value, rows) for name, value in columns.items()})
        self._tables.append(pa.table([_column(values.get(f.name), f, len(rows)) for f in EVENT_SCHEMA], EVENT_SCHEMA))

    def table(self) -> pa.Table:
        """Return all events so far."""
        return pa.concat_tables([EVENT_SCHEMA.empty_table(), *self._tables])

    def _ids(self, kind: str, chosen: Mask, subjects: pa.Array) -> pa.Array:
        """Name events by subject and kind, and by an ordinal from the second on."""
        counts = self._counts.setdefault(kind, np.zeros(len(self.subjects), dtype=np.int64))
        counts[chosen] += 1
        ordinals = counts[chosen]
        first = pc.binary_join_element_wise(subjects, kind, ":")
        if (ordinals == 1).all():
            return first
        later = pc.binary_join_element_wise(first, pa.array(ordinals).cast(pa.string()), ":")
        return pc.if_else(pa.array(ordinals == 1), first, later)


def _taken(value: Any, rows: pa.Array) -> Any:  # noqa: ANN401
    if isinstance(value, np.ndarray):
        value = pa.array(value)
    return value.take(rows) if isinstance(value, pa.Array) else value


def _column(value: Any, schema: pa.Field, rows: int) -> pa.Array:  # noqa: ANN401
    if value is None:
        return pa.nulls(rows, schema.type)
    if isinstance(value, pa.Array):
        return value if value.type == schema.type else value.cast(schema.type)
    return pa.repeat(pa.scalar(value, schema.type), rows)


def midnight(day: date, zone: ZoneInfo) -> int:
    """Return the first moment of a local day, in epoch seconds."""
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp())


def in_order(tables: list[pa.Table]) -> pa.Table:
    """Return events in the order they happened; those of one second by id."""
    whole = pa.concat_tables([EVENT_SCHEMA.empty_table(), *tables])
    return whole.sort_by([("happened_at", "ascending"), ("id", "ascending")])


def between(events: pa.Table, start: datetime, end: datetime) -> pa.Table:
    """Return the events that happened from ``start`` on and before ``end``."""
    happened = events.column("happened_at")
    early = pc.greater_equal(happened, pa.scalar(start, TIME))
    return events.filter(pc.and_(early, pc.less(happened, pa.scalar(end, TIME))))
