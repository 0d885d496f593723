"""The marts are a fold of the log: however it is cut, retried or rebuilt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.contract.events import EVENT_SCHEMA, KINDS
from pipelines.contract.lifecycle import OPEN_STATES, STATE_OF_KIND
from pipelines.follower import Follower
from pipelines.log.base import Slice
from pipelines.log.embedded import EmbeddedLog
from pipelines.log.stored import StoredLog
from pipelines.migration import MARTS
from pipelines.warehouse import Warehouse
from tests.examples import START, events_of

COLUMNS = set(EVENT_SCHEMA.names)
OF_ALL = {"kind", "id", "happened_at", "received_at", "source", "cause", "area_id", "case_id"}
WORDS = {name for name in COLUMNS - OF_ALL if EVENT_SCHEMA.field(name).type == pa.string()}
MOMENTS = {name for name in COLUMNS - OF_ALL if name.endswith("_at")}
KINDS_OF_MARTS = [kind for kind in sorted(KINDS) if not kind.startswith("warning-")]
"""A warning is in no mart."""


@st.composite
def rows(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Events of every kind over a few cases and areas, in any order, some of them at the same moment."""
    made = []
    for number in range(draw(st.integers(1, 30))):
        kind = draw(st.sampled_from(KINDS_OF_MARTS))
        happened = START + timedelta(minutes=draw(st.integers(0, 3000)))
        row: dict[str, Any] = {
            "kind": kind, "id": f"e{number}", "happened_at": happened, "received_at": happened, "source": "test",
            "cause": "", "area_id": draw(st.sampled_from("abc")), "simulated": False, "exercise": draw(st.booleans()),
        }  # fmt: skip
        fields = set(KINDS[kind].__struct_fields__)
        if "case_id" in fields:
            row["case_id"] = draw(st.sampled_from(["c1", "c2", "c3"]))
        for name in sorted(fields & WORDS):
            row[name] = draw(st.sampled_from(["x", "y", None]))
        for name in sorted(fields & MOMENTS):
            row[name] = happened + timedelta(hours=draw(st.integers(1, 50))) if draw(st.booleans()) else None
        row |= {"rating": draw(st.integers(1, 5))} if "rating" in fields else {}
        row |= {"year": 2026} if "year" in fields else {}
        made.append(row)
    return made


def warehouse_with_lifecycle() -> Warehouse:
    warehouse = Warehouse(None, "Asia/Shanghai")
    for kind, state in STATE_OF_KIND.items():
        if state:
            warehouse.write("insert into lifecycle values ($k, $s, $o)", k=kind, s=state, o=state in OPEN_STATES)
    return warehouse


def slices(table: pa.Table, cuts: list[int]) -> Iterator[Slice]:
    numbered = table.add_column(0, "seq", pa.array(range(1, table.num_rows + 1), type=pa.int64()))
    edges = [0, *sorted({cut % (table.num_rows + 1) for cut in cuts}), table.num_rows]
    for start, end in pairwise(edges):
        if end > start:
            yield Slice(numbered.slice(start, end - start), end)


@given(rows(), st.lists(st.integers(0, 30), max_size=6))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_marts_are_equal_however_the_log_is_cut(made: list[dict[str, Any]], cuts: list[int]) -> None:
    table = pa.Table.from_pylist(made, schema=EVENT_SCHEMA)
    whole, cut = warehouse_with_lifecycle(), warehouse_with_lifecycle()
    one, many = Follower(whole), Follower(cut)
    for batch in slices(table, []):
        one.apply(batch)
    for batch in slices(table, cuts):
        many.apply(batch)
    assert one.differences(cut) == []
    assert sum(whole.scalar(f"select count(*) from {mart}") for mart in MARTS) > 0
    whole.close()
    cut.close()


def test_open_cases_are_the_open_rows_of_cases() -> None:
    warehouse = warehouse_with_lifecycle()
    log, follower = EmbeddedLog(warehouse, StoredLog(warehouse)), Follower(warehouse)
    log.append(events_of(cases=30))
    follower.catch_up(log)
    assert warehouse.scalar("select count(*) from open_cases") == 10
    assert warehouse.rows("(from cases where is_open) except from open_cases").num_rows == 0
    warehouse.close()


def test_a_failed_batch_leaves_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    warehouse = warehouse_with_lifecycle()
    log, follower = EmbeddedLog(warehouse, StoredLog(warehouse)), Follower(warehouse)
    log.append(events_of(cases=3))
    monkeypatch.setattr(follower, "_move", lambda _position: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        follower.catch_up(log)
    assert warehouse.scalar("select count(*) from cases") == 0
    monkeypatch.undo()
    follower.catch_up(log)
    assert warehouse.scalar("select count(*) from cases") == 3
    warehouse.close()


def test_a_rebuild_equals_what_was_there() -> None:
    warehouse = warehouse_with_lifecycle()
    log, follower = EmbeddedLog(warehouse, StoredLog(warehouse)), Follower(warehouse)
    log.append(events_of(cases=30))
    follower.catch_up(log)
    before = warehouse.rows("from cases order by case_id")
    follower.reset()
    assert warehouse.scalar("select count(*) from cases") == 0
    follower.catch_up(log)
    assert warehouse.rows("from cases order by case_id").equals(before)
    warehouse.close()
