"""Recorded cases become events: each has its ids, its area, and its oddities beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from . import suspicion
from .contract.areas import AreaTree
from .contract.events import EVENT_SCHEMA, Event
from .contract.time import Clock
from .live import Vetted, Vetting
from .places import AreaIndex, Mask
from .sources.issues import REPAIRED, Issues, Reason, joined
from .sources.refine import Records

UNKNOWN = "unknown"
TIME_UNKNOWN = "time-unknown"
"""Why a closing has no time of its own: it stands at the time of the report and no duration may be read from it."""


@dataclass(frozen=True)
class Batch:
    """What became of some rows: events (`EVENT_SCHEMA`), issues (`ISSUE_SCHEMA`), rows read, cases accepted."""

    events: pa.Table
    issues: pa.Table
    read: int
    accepted: int


class Intake:
    """Turn what one source yields into events."""

    def __init__(
        self, source: str, areas: AreaTree, index: AreaIndex, clock: Clock, *, simulated: bool = False
    ) -> None:
        """Take the source's name, the city's areas, and the clock that tells when things came in."""
        self.source = source
        self.areas = areas
        self.index = index
        self.clock = clock
        self.simulated = simulated

    def take(self, records: Records) -> Batch:
        """Return the events of some records, with all that was odd at the source and here."""
        events, issues = self.events(records.cases)
        found = Issues()
        self._suspect_metres(records.issues, found)
        return Batch(events, joined([records.issues, issues, found.table()]), records.read, records.cases.num_rows)

    def validate_live(
        self, events: Iterable[Event | bytes], state_of: Callable[[str], str | None],
        known: Callable[[str], bool] = lambda _: False,
    ) -> Vetted:  # fmt: skip
        """Judge events that come in live: ``state_of`` a case now, ``known`` event ids are already stored."""
        return Vetting(self.areas, self.clock, state_of, known).judge(events)

    def events(self, records: pa.Table) -> tuple[pa.Table, pa.Table]:
        """Return a `case-reported` event of each record, a `case-closed` of each closed one, and the issues."""
        records = records.combine_chunks()
        issues = Issues()
        lon, lat, areas = self._place(records, issues)
        prefix = pc.binary_join_element_wise(pa.scalar(self.source), _column(records, "id"), ":")
        columns = {name: _column(records, name) for name in records.column_names} | {
            "case_id": prefix, "cause": _column(records, "row"), "area_id": areas, "lon": lon, "lat": lat,
            "category": pc.fill_null(_column(records, "category"), UNKNOWN),
            "channel": pc.fill_null(_column(records, "channel"), UNKNOWN),
        }  # fmt: skip
        closed = pa.table(columns).filter(_column(records, "is_closed"))
        return pa.concat_tables([self._reported(columns), self._closed(closed)]), issues.table()

    def _reported(self, columns: dict[str, pa.Array]) -> pa.Table:
        names = (
            "case_id", "cause", "area_id", "lon", "lat", "category", "category_group", "channel", "priority", "title",
            "address", "unit_id", "due_at",
        )  # fmt: skip
        return self._table("case-reported", columns["reported_at"], {name: columns[name] for name in names})

    def _closed(self, cases: pa.Table) -> pa.Table:
        cases = cases.combine_chunks()
        closed_at, reported_at = _column(cases, "closed_at"), _column(cases, "reported_at")
        columns = {name: _column(cases, name) for name in ("case_id", "cause", "area_id")}
        columns["reason"] = pc.if_else(closed_at.is_valid(), pa.scalar(None, pa.string()), TIME_UNKNOWN)
        return self._table("case-closed", pc.coalesce(closed_at, reported_at), columns)

    def _table(self, kind: str, happened_at: pa.Array, columns: dict[str, pa.Array]) -> pa.Table:
        """Lay events of one kind out with all columns there are."""
        count = len(happened_at)
        received = pa.scalar(self.clock.now(), pa.timestamp("us", tz="UTC"))
        columns = columns | {
            "kind": pa.repeat(kind, count),
            "id": pc.binary_join_element_wise(columns["case_id"], pa.scalar(kind), ":"),
            "happened_at": happened_at,
            "received_at": pa.repeat(received, count),
            "source": pa.repeat(self.source, count),
            "simulated": pa.repeat(self.simulated, count),
            "exercise": pa.repeat(False, count),
        }
        arrays = [columns.get(field.name, pa.nulls(count, field.type)) for field in EVENT_SCHEMA]
        return pa.table(arrays, schema=EVENT_SCHEMA)

    def _place(self, records: pa.Table, issues: Issues) -> tuple[pa.Array, pa.Array, pa.Array]:
        """Place every record, after exchanging the coordinates that were plainly written the wrong way round."""
        lon, lat, names = (_column(records, name) for name in ("lon", "lat", "area"))
        rows = _column(records, "row")
        placed = self.index.place(lon, lat, names)
        if self.index.drawn and placed.outside.any():
            x, y = (pc.fill_null(column, 0.0).to_numpy() for column in (lon, lat))
            turned = np.zeros(len(x), dtype=bool)
            turned[placed.outside] = suspicion.swapped(self.index, x[placed.outside], y[placed.outside])
            if turned.any():
                _mark(issues, rows, turned, Reason.SWAPPED_POINT, "point", _pair(lon, lat))
                mask = pa.array(turned)
                lon, lat = pc.if_else(mask, lat, lon), pc.if_else(mask, lon, lat)
                placed = self.index.place(lon, lat, names)
            _mark(issues, rows, placed.outside, Reason.OUT_OF_CITY, "point", _pair(lon, lat))
            outside = placed.outside & ~turned
            self._suspect(
                issues, rows, outside, suspicion.other_crs(self.index, x[outside], y[outside], suspicion.SHIFTED)
            )
        if len(self.areas.areas) > len({self.areas.root.id, self.areas.unknown.id}):
            _mark(issues, rows, placed.unnamed, Reason.UNKNOWN_AREA, "area", names)
        return lon, lat, placed.areas

    def _suspect_metres(self, found: pa.Table, issues: Issues) -> None:
        """Look whether points that lie nowhere on earth are metres of a system that fits the city."""
        odd = found.filter(pc.equal(found.column("reason"), Reason.OUT_OF_RANGE_POINT.value))
        pairs = [text.split() for text in odd.column("value").to_pylist() if len(text.split()) == 2]
        try:
            points = np.array(pairs, dtype=np.float64).reshape(-1, 2)
        except ValueError:
            return
        name = suspicion.other_crs(self.index, points[:, 0], points[:, 1], suspicion.metric(self.index))
        self._suspect(issues, odd.column("row").combine_chunks(), np.ones(odd.num_rows, dtype=bool), name)

    @staticmethod
    def _suspect(issues: Issues, rows: pa.Array, mask: Mask, crs: str | None) -> None:
        if crs is not None:
            first = rows[int(np.flatnonzero(mask)[0])].as_py()
            issues.note(first, REPAIRED, Reason.WRONG_CRS_SUSPECTED, crs)


def _column(table: pa.Table, name: str) -> pa.Array:
    column = table.column(name)
    return column.chunk(0) if column.num_chunks == 1 else pa.concat_arrays(column.chunks or [pa.nulls(0, column.type)])


def _pair(lon: pa.Array, lat: pa.Array) -> pa.Array:
    return pc.binary_join_element_wise(lon.cast(pa.string()), lat.cast(pa.string()), " ")


def _mark(issues: Issues, rows: pa.Array, mask: Mask, reason: Reason, field: str, values: pa.Array) -> None:
    places = pa.array(np.flatnonzero(mask))
    issues.add(rows.take(places), REPAIRED, reason, field, values.take(places))
