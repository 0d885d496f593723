"""Synthetic events: cases arrive evenly and go their way, each at the same pace; equal on every machine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.contract.events import EVENT_SCHEMA
from pipelines.node import Node

SOURCE = "bench"
PACE = timedelta(seconds=60)
START = datetime(2026, 3, 2, tzinfo=UTC)
# a case's steps, and how many later cases have been reported by then
STEPS = (
    ("case-reported", 0),
    ("case-filed", 4),
    ("case-dispatched", 9),
    ("case-signed", 15),
    ("case-handled", 900),
    ("check-passed", 920),
    ("case-closed", 930),
)
DUE_AFTER = timedelta(hours=30)
Numbers = npt.NDArray[np.int64]


class Traffic:
    """Events of a city's areas: ``pace`` is the time between two reports."""

    def __init__(self, node: Node, *, pace: timedelta = PACE, start: datetime = START, first: int = 0) -> None:
        """Begin at a moment with the case numbered ``first``."""
        self._areas = _names(node, "select area_id from areas where level = 'grid' order by all")
        self._categories = _names(node, "select category from categories where parent is not null order by all")
        self._units = _names(node, "select unit_id from units order by all")
        self._center = node.config.city.center
        self._start = start
        self._pace = pace
        self._first = first

    def batches(self, cases: int) -> Iterator[pa.Table]:
        """Yield without end what happens while so many cases are reported, in order."""
        slot = self._first
        while True:
            yield self.between(slot, slot + cases)
            slot += cases

    def between(self, slot: int, until: int) -> pa.Table:
        """Return what happens from the report of one case to that of another."""
        parts = [self._step(kind, max(slot - lag, self._first), until - lag, lag) for kind, lag in STEPS]
        return pa.concat_tables(parts).sort_by([("happened_at", "ascending"), ("id", "ascending")])

    def _step(self, kind: str, begin: int, end: int, lag: int) -> pa.Table:
        numbers = np.arange(begin, max(begin, end), dtype=np.int64)
        count = len(numbers)
        case_id = pc.binary_join_element_wise(pa.scalar(SOURCE), pa.array(numbers).cast(pa.string()), ":")
        happened = self._moments(numbers + lag - self._first)
        columns = {
            "kind": pa.repeat(kind, count), "case_id": case_id, "source": pa.repeat(SOURCE, count),
            "id": pc.binary_join_element_wise(case_id, pa.scalar(kind), ":"),
            "happened_at": happened, "received_at": happened, "cause": pa.repeat("", count),
            "area_id": _spread(self._areas, numbers, 3),
            "simulated": pa.repeat(True, count), "exercise": pa.repeat(False, count),
        }  # fmt: skip
        columns |= self._particulars(kind, numbers)
        arrays = [columns.get(field.name, pa.nulls(count, field.type)) for field in EVENT_SCHEMA]
        return pa.table(arrays, schema=EVENT_SCHEMA)

    def _particulars(self, kind: str, numbers: Numbers) -> dict[str, pa.Array]:
        count = len(numbers)
        if kind == "case-reported":
            lon, lat = self._center
            return {
                "category": _spread(self._categories, numbers, 5),
                "channel": pa.repeat("grid", count),
                "title": pc.binary_join_element_wise(pa.scalar("案件 case"), _text(numbers), " "),
                "lon": pa.array(lon + (_scatter(numbers, 7) % 2000 - 1000) / 8000),
                "lat": pa.array(lat + (_scatter(numbers, 11) % 2000 - 1000) / 8000),
            }
        if kind == "case-filed":
            return {"due_at": self._moments(numbers - self._first, DUE_AFTER)}
        if kind == "case-dispatched":
            return {"unit_id": _spread(self._units, numbers, 13)}
        return {}

    def _moments(self, slots: Numbers, later: timedelta = timedelta()) -> pa.Array:
        begin = np.datetime64((self._start + later).replace(tzinfo=None), "us")
        return pa.array(begin + slots * np.timedelta64(self._pace, "us")).cast(EVENT_SCHEMA.field("happened_at").type)


def _scatter(numbers: Numbers, salt: int) -> Numbers:
    """Spread consecutive numbers."""
    return (numbers * 2_654_435_761 + salt * 40_503) // 65_536 % 1_000_003


def _spread(names: pa.Array, numbers: Numbers, salt: int) -> pa.Array:
    return names.take(pa.array(_scatter(numbers, salt) % len(names)))


def _names(node: Node, sql: str) -> pa.Array:
    return node.query(sql).column(0).combine_chunks()


def _text(numbers: Numbers) -> pa.Array:
    return pa.array(numbers).cast(pa.string())
