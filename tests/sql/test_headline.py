"""The numbers on top of the wall are those of the metrics, and those of plain counting."""

from __future__ import annotations

from datetime import datetime, timedelta
from statistics import median
from typing import Any

import pytest
from hypothesis import given, settings

from pipelines.metrics.compile import question
from pipelines.metrics.definition import find
from pipelines.warehouse import Warehouse
from tests.metrics.small_city import CASES, CITY, DAY, HOUR, LAW, NOW, PARENTS, ask, case, closed, fill

TICK = timedelta(microseconds=1)
MIDNIGHT = NOW - HOUR / 2
SPANS = {
    "reported_today": ((MIDNIGHT, NOW + TICK), (MIDNIGHT - DAY, NOW - DAY + TICK)),
    "on_time_closure_rate": ((NOW - 30 * DAY, NOW), (NOW - 37 * DAY, NOW - 7 * DAY)),
    "median_handling_time": ((NOW - 7 * DAY, NOW), (NOW - 14 * DAY, NOW - 7 * DAY)),
    "satisfaction_rate": ((NOW - 30 * DAY, NOW), (NOW - 37 * DAY, NOW - 7 * DAY)),
}
STOPPED = ("suspended", "waiting_reporter")
Row = dict[str, Any]


def near(value: float | None) -> Any:
    return None if value is None else pytest.approx(value, rel=1e-9)


def measured(warehouse: Warehouse, metric: str, span: Any, area: str) -> Row:
    asked = question(metric, period=span)
    (row,) = warehouse.rows(asked.sql, **asked.parameters(area=area, now=NOW, simulated=False)).to_pylist()
    return dict(row)


@LAW
@given(CASES)
def test_the_headline_says_what_the_metrics_say(warehouse: Warehouse, cases: list[Row]) -> None:
    fill(warehouse, cases)
    for area in (CITY, "c1"):
        shown = {row["metric"]: row for row in ask(warehouse, "headline", area)}
        for name, (now, before) in SPANS.items():
            counted = measured(warehouse, name, now, area)
            assert shown[name]["value"] == near(counted["value"]), name
            assert shown[name]["denominator"] == counted["denominator"], name
            assert shown[name]["previous"] == near(measured(warehouse, name, before, area)["value"]), name
        for name in ("open_cases", "overdue_cases"):
            assert shown[name]["value"] == measured(warehouse, name, None, area)["value"]


@settings(LAW, max_examples=60)
@given(CASES)
def test_the_headline_says_what_counting_by_hand_says(warehouse: Warehouse, cases: list[Row]) -> None:
    fill(warehouse, cases)
    shown = {row["metric"]: row for row in ask(warehouse, "headline")}
    rows = [row for row in cases if not row["simulated"] and not row["exercise"]]
    for name, value in by_hand(rows).items():
        assert shown[name]["value"] == near(value), name
    before = [row for row in rows if row["reported_at"] <= NOW - DAY and ended_at(row) > NOW - DAY]
    assert shown["open_cases"]["previous"] == len(before)
    late = [r for r in before if r["due_at"] < NOW - DAY and r["state"] not in STOPPED]
    assert shown["overdue_cases"]["previous"] == len(late)


def by_hand(rows: list[Row]) -> dict[str, float | None]:
    standing = [row for row in rows if row["is_open"]]
    closed_recently = [row for row in rows if row.get("closed_at") and NOW - 7 * DAY <= row["closed_at"] < NOW]
    took = [(row["closed_at"] - row["reported_at"]) / HOUR for row in closed_recently]
    ratings = [row["rating"] for row in rows if row.get("rated_at") and NOW - 30 * DAY <= row["rated_at"] < NOW]
    due = [row for row in rows if NOW - 30 * DAY <= deadline(row) < NOW and counts(row)]
    good = [row for row in due if row["closed_at"] and row["closed_at"] <= deadline(row)]
    return {
        "reported_today": len([row for row in rows if MIDNIGHT <= row["reported_at"] <= NOW]),
        "open_cases": len(standing),
        "overdue_cases": len([r for r in standing if r["due_at"] < NOW and r["state"] not in STOPPED]),
        "on_time_closure_rate": 100 * len(good) / len(due) if due else None,
        "median_handling_time": median(took) if took else None,
        "satisfaction_rate": 100 * len([r for r in ratings if r >= 4]) / len(ratings) if ratings else None,
    }


def counts(row: Row) -> bool:
    return row["state"] not in (*STOPPED, "rejected", "merged", "void")


def deadline(row: Row) -> datetime:
    moved = row["extensions"] or row["reopens"]
    found: datetime = min(row["due_at"], row["original_due_at"]) if moved else row["due_at"]
    return found


def ended_at(row: Row) -> datetime:
    found: datetime = NOW + DAY if row["is_open"] else row["closed_at"] or row["changed_at"]
    return found


def test_the_headline_names_the_targets_and_units_of_the_metrics(warehouse: Warehouse) -> None:
    fill(warehouse, [])
    shown = {row["metric"]: (row["unit"], row["target"], row["value"]) for row in ask(warehouse, "headline")}
    zero = {"cases": 0}
    assert shown == {name: (find(name).unit, find(name).target, zero.get(find(name).unit)) for name in shown}


def test_the_headline_of_an_area_knows_nothing_of_another(warehouse: Warehouse) -> None:
    fill(warehouse, [case(1, area_id="g211"), closed(2, area_id="v21")])
    assert {row["value"] for row in ask(warehouse, "headline", "c1")} == {0, None}
    assert PARENTS["t21"] == "c2"
    assert next(row["value"] for row in ask(warehouse, "headline", "c2") if row["metric"] == "open_cases") == 1
