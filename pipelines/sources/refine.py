"""Rows of text become case records; whatever was odd about them becomes issues."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from zoneinfo import ZoneInfo

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ..config.mapping import DateField, Mapping, PointField, TextField
from ..contract.records import RECORD_SCHEMA
from . import checks
from .dates import Moments
from .identity import Identities
from .issues import REPAIRED, Issues, Reason
from .projection import DATES, DIGEST, PLACE, TEXTS, Projection
from .raw import Raw
from .work import Mask, Work, flat, truth


@dataclass(frozen=True)
class Records:
    """Some recorded cases (`RECORD_SCHEMA`), what was odd (`ISSUE_SCHEMA`), and how many rows both came from."""

    cases: pa.Table
    issues: pa.Table
    read: int


class Refinery:
    """Refine the rows of one import, block by block."""

    def __init__(
        self, fields: dict[str, TextField | PointField], mapping: Mapping, time_zone: str, *,
        decimal: str = ".", where: dict[str, str] | None = None,
    ) -> None:  # fmt: skip
        """Take the mapped fields, the mapping, and the city's zone."""
        self.fields = fields
        self.mapping = mapping
        self.where = where or {}
        self._time_zone = time_zone
        self._projection = Projection(fields, mapping, decimal)
        self._connection = duckdb.connect(":memory:")
        self._connection.execute("set timezone = 'UTC'")
        self._identities = Identities(self._connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def refine(self, blocks: Iterable[Raw]) -> Iterator[Records]:
        """Yield the records of each block of rows."""
        for raw in blocks:
            if raw.table.num_rows or raw.spoiled:
                yield self._block(raw)

    def _block(self, raw: Raw) -> Records:
        work = Work.begin(raw, self._fields(raw))
        self._select(work)
        found = {"reported": checks.moments(work, "reported", self.mapping.dates, self._zone("reported"))}
        work.reject(~found["reported"].known, Reason.MISSING_DATE, "reported")
        ids = self._ids(work)
        for key in ("due", "closed"):
            found[key] = checks.moments(work, key, self.mapping.dates, self._zone(key))
        for key in DATES:
            checks.clock_changes(work, key, found[key])
        found["due"] = checks.due(work, found["reported"], found["due"])
        mapped = "closed" in self.fields
        closed, found["closed"] = checks.closing(work, found["reported"], found["closed"], self.mapping, mapped=mapped)
        lon, lat = checks.points(work, self.mapping)
        if "category" in self.fields:
            work.mark(~work.has("category"), Reason.MISSING_CATEGORY, "category")
        cases = _cases(work, ids, found, closed, {"lon": lon, "lat": lat})
        return Records(cases, work.issues.table(), raw.table.num_rows + len(raw.spoiled))

    def _fields(self, raw: Raw) -> pa.Table:
        """Read the mapped fields of every row, in the order of the rows."""
        table = raw.table
        for column in self._projection.origins():
            place = table.column_names.index(column)
            table = table.set_column(place, column, pc.utf8_trim_whitespace(table.column(column)))
        table = table.append_column(PLACE, pa.array(np.arange(table.num_rows)))
        self._connection.register("raw_rows", table)
        sql = self._projection.sql("raw_rows", raw.table.column_names, raw.typed, digest="id" in self.fields)
        try:
            found = self._connection.sql(sql).to_arrow_table()
        finally:
            self._connection.unregister("raw_rows")
        places = found.column(PLACE).to_numpy()
        return found if bool(np.all(places[1:] > places[:-1])) else found.take(pa.array(np.argsort(places)))

    def _zone(self, key: str) -> ZoneInfo:
        field = self.fields.get(key)
        own = field.time_zone if isinstance(field, DateField) else None
        return ZoneInfo(own or self.mapping.dates.time_zone or self._time_zone)

    def _select(self, work: Work) -> None:
        """Leave out blank rows, and those that `where` does not ask for."""
        table = work.raw.table
        bare = ~(work.has("reported") | work.has("id") | work.has("category"))
        if bare.any():
            for column in table.columns:
                bare &= truth(pc.equal(pc.utf8_trim_whitespace(pc.fill_null(column, "")), ""))
            work.reject(bare, Reason.BLANK_ROW, None)
        for column, value in self.where.items():
            chosen = truth(pc.equal(pc.utf8_trim_whitespace(table.column(column)), value))
            work.reject(~chosen, Reason.NOT_SELECTED, None)

    def _ids(self, work: Work) -> pa.Array:
        """Return every row's id, made from its content where it has none; leave repeated ones out."""
        ids = work.text("id")
        if "id" in self.fields:
            alive = pa.array(work.alive)
            same, other = self._identities.repeats(pc.if_else(alive, ids, None), work.text(DIGEST))
            work.reject(same, Reason.DUPLICATE_ROW, "id")
            work.reject(other, Reason.CONFLICTING_ID, "id")
        bare = work.alive & ~work.has("id")
        if not bare.any():
            return ids
        if "id" in self.fields:
            work.mark(bare, Reason.MISSING_ID, "id")
        made = self._identities.made(work.raw.table.filter(pa.array(bare)), work.raw.table.column_names)
        return pc.replace_with_mask(ids, pa.array(bare), made)


def _cases(work: Work, ids: pa.Array, found: dict[str, Moments], closed: Mask, point: dict[str, pa.Array]) -> pa.Table:
    """Lay the rows that are still alive out as records."""
    columns = (
        {key: work.text(key) for key in TEXTS} | {"row": work.rows, "id": ids, "is_closed": pa.array(closed)} | point
    )
    columns["unit_id"] = columns["unit"]
    for key, moments in found.items():
        columns[f"{key}_at"] = pa.array(moments.micros, mask=~moments.known)
    alive = pa.array(work.alive)
    arrays = [flat(columns[field.name].cast(field.type)) for field in RECORD_SCHEMA]
    table = pa.table(arrays, schema=RECORD_SCHEMA)
    return table if bool(np.all(work.alive)) else table.filter(alive)


def left_out(label: str) -> Records:
    """Keep word of a file of an archive that holds no cases by its name."""
    issues = Issues()
    issues.note(f"{label}:0", REPAIRED, Reason.FILE_LEFT_OUT)
    return Records(RECORD_SCHEMA.empty_table(), issues.table(), 0)
