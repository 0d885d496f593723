"""The rows behind a number are those it counted, page by page."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pipelines.analysis.case_rows import page
from pipelines.analysis.members import Members
from pipelines.metrics.compile import counts
from pipelines.metrics.definition import catalogue
from pipelines.warehouse import Warehouse
from tests.metrics.small_city import CASES, CITY, DAY, LAW, NOW, case, closed, fill, tell

from .naive import METRICS, counted
from .test_answers import PERIODS, inquiry

RATIOS = sorted(name for name in METRICS if catalogue()[name].kind == "ratio")


@LAW
@given(CASES, st.sampled_from(RATIOS), st.integers(1, 7))
def test_the_pages_together_are_what_was_counted(
    warehouse: Warehouse, members: Members, cases: list[dict[str, Any]], name: str, size: int
) -> None:
    fill(warehouse, cases)
    asked, plain = inquiry(name, period=PERIODS[1]), METRICS[name]
    rows = [c for c in counted(plain, cases, CITY, PERIODS[1]) if plain.out_of(c)]
    expected = {
        "denominator": {c["case_id"] for c in rows},
        "numerator": {c["case_id"] for c in rows if plain.good(c)},
        "missed": {c["case_id"] for c in rows if not plain.good(c)},
    }
    for part, ids in expected.items():
        first = page(warehouse, asked, members, part, 0, size)
        pages = [page(warehouse, asked, members, part, at, size)["rows"] for at in range(0, first["total"], size)]
        found = [row["id"] for rows in pages for row in rows]
        assert (first["total"], len(found), set(found)) == (len(ids), len(ids), ids), part


def test_what_was_left_out_can_be_looked_at_too(warehouse: Warehouse, members: Members) -> None:
    due = {"reported_at": NOW - 9 * DAY, "due_at": NOW - 5 * DAY}
    fill(warehouse, [closed(1, **due), case(2, state="suspended", **due), case(3, state="void", **due)])
    asked = inquiry("on_time_closure_rate")
    listed = counts(asked.metric, period=asked.span)
    behind = {row["part"]: row["rows"] for row in warehouse.records(listed.sql, **listed.parameters(**asked.place))}
    for part, rows in behind.items():
        assert page(warehouse, asked, members, part, 0, 10)["total"] == rows, part
    assert behind == {
        "numerator": 0, "denominator": 1, "exercise": 0, "dropped": 1, "stopped": 1, "untimed": 0, "not_yet_due": 0,
    }  # fmt: skip


def test_the_furthest_past_their_deadline_come_first_with_names(warehouse: Warehouse, members: Members) -> None:
    due = {"reported_at": NOW - 9 * DAY, "due_at": NOW - 2 * DAY}
    fill(warehouse, [closed(1, **due, closed_at=NOW - DAY), case(2, **due, title="灯"), closed(3, **due)])
    rows = page(warehouse, inquiry("closure_rate"), members, "denominator", 0, 10)["rows"]
    assert [(row["id"], round(row["hours_over"], 1)) for row in rows] == [
        ("case-002", 48), ("case-003", 47), ("case-001", 24),
    ]  # fmt: skip
    said = [rows[0][name] for name in ("title", "area_zh", "category_en", "unit_zh", "channel_zh")]
    assert said == ["灯", "区g111", "Kind CG0101", "环卫", "网格上报"]


def test_acts_have_rows_as_well(warehouse: Warehouse, members: Members) -> None:
    from pipelines.contract.events import GridVisited

    visit = GridVisited(id="v1", area_id="g111", happened_at=NOW - DAY, received_at=NOW, source="test")
    tell(warehouse, [visit])
    found = page(warehouse, inquiry("active_grids"), members, "numerator", 0, 10)
    assert [(row["id"], row["area_zh"], row["due"]) for row in found["rows"]] == [("v1", "区g111", None)]
