"""The ten numbers of a leader and how they moved: as the metrics say, as the headline says, and as the log tells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings

from pipelines.contract.events import CaseReported, CaseResumed, CaseSuspended, CaseUrged
from pipelines.metrics.compile import question
from pipelines.metrics.definition import find
from pipelines.warehouse import Warehouse
from tests.metrics.small_city import CASES, CITY, DAY, HOUR, LAW, NOW, ask, case, city, closed, fill, insert, tell

STOCKS = ("open_cases", "overdue_cases", "reported_today")
RATES = ("on_time_closure_rate", "median_handling_time", "satisfaction_rate")
Row = dict[str, Any]


@pytest.fixture
def fresh() -> Iterator[Warehouse]:
    opened = city()
    yield opened
    opened.close()


def near(value: float | None) -> Any:
    return None if value is None else pytest.approx(value, rel=1e-9)


def told(warehouse: Warehouse, view: str, area: str = CITY) -> dict[str, Row]:
    return {row["metric"]: row for row in ask(warehouse, view, area)}


@settings(LAW, max_examples=15)
@given(CASES)
def test_the_briefing_says_what_the_metrics_say(warehouse: Warehouse, cases: list[Row]) -> None:
    fill(warehouse, cases)
    for area in (CITY, "c1"):
        shown = told(warehouse, "briefing", area)
        for name in ("urged_cases", "suspended_cases"):
            asked = question(name)
            (row,) = warehouse.rows(asked.sql, **asked.parameters(area=area, now=NOW, simulated=False)).to_pylist()
            assert (shown[name]["value"], shown[name]["unit"]) == (row["value"], find(name).unit)
            assert told(warehouse, "briefing_trend", area)[name]["trend"][-1] == row["value"]


@settings(LAW, max_examples=15)
@given(CASES)
def test_a_trend_ends_at_the_headline_and_passes_what_it_compares_with(warehouse: Warehouse, cases: list[Row]) -> None:
    fill(warehouse, cases)
    for area in (CITY, "c1"):
        headline, trends = told(warehouse, "headline", area), told(warehouse, "briefing_trend", area)
        for names, back in ((STOCKS, 1), (RATES, 7)):
            for name in names:
                trend = trends[name]["trend"]
                assert len(trend) == 28
                assert (trend[-1], trend[-1 - back]) == (
                    near(headline[name]["value"]),
                    near(headline[name]["previous"]),
                )


def event(days_ago: float, name: str) -> Row:
    moment = NOW - days_ago * DAY
    return {"id": f"a:{name}", "case_id": "a", "area_id": "g111", "happened_at": moment, "received_at": moment,
            "source": "test"}  # fmt: skip


def test_suspensions_and_urgings_are_told_as_they_were(fresh: Warehouse) -> None:
    tell(fresh, [
        CaseReported(**event(50, "1"), category="CG0101", channel="grid"),
        CaseSuspended(**event(20.5, "2"), reason="rain", resume_at=NOW),
        CaseResumed(**event(10.5, "3"), due_at=NOW + DAY),
        CaseUrged(**event(5.5, "4")),
        CaseSuspended(**event(2.5, "5"), reason="rain", resume_at=NOW + DAY),
    ])  # fmt: skip
    trends = told(fresh, "briefing_trend")
    assert trends["suspended_cases"]["trend"] == [0] * 7 + [1] * 10 + [0] * 8 + [1] * 3
    assert trends["urged_cases"]["trend"] == [0] * 22 + [1] * 6
    assert told(fresh, "briefing")["suspended_cases"]["beside"] == 0


def test_nothing_is_told_of_days_before_the_first_event(fresh: Warehouse) -> None:
    tell(fresh, [CaseReported(**event(3.5, "1"), category="CG0101", channel="grid")])
    assert told(fresh, "briefing_trend")["open_cases"]["trend"] == [None] * 24 + [1] * 4


def test_a_grid_is_active_from_its_first_act_of_the_day(fresh: Warehouse) -> None:
    tell(fresh, [CaseReported(**event(0.01, "1"), category="CG0101", channel="grid")])
    shown = told(fresh, "briefing")["active_grids"]
    assert (shown["value"], shown["beside"], shown["unit"]) == (1, 4, "grids")
    assert told(fresh, "briefing_trend")["active_grids"]["trend"][-1] == 1


def test_what_deserves_a_word_is_counted_apart(warehouse: Warehouse) -> None:
    late = {"due_at": NOW - HOUR, "reported_at": NOW - 40 * DAY}
    fill(warehouse, [
        case(1, urges=1), case(2, urges=2, **late), case(3, state="suspended", urges=1, changed_at=NOW - DAY, **late),
        case(4, state="suspended", changed_at=NOW - 31 * DAY, **late), closed(5, urges=1),
    ])  # fmt: skip
    shown = told(warehouse, "briefing")
    assert (shown["urged_cases"]["value"], shown["urged_cases"]["beside"]) == (3, 1)
    assert (shown["suspended_cases"]["value"], shown["suspended_cases"]["beside"]) == (2, 1)


def test_disputes_are_told_only_where_there_is_such_a_thing(fresh: Warehouse) -> None:
    rows = [case(1, category="MD02"), case(2, category_group="MD", category=None), case(3)]
    fill(fresh, rows)
    assert "open_disputes" not in told(fresh, "briefing")
    insert(fresh, "categories", [
        {"category": c, "parent": p, "name_zh": c, "name_en": c} for c, p in (("MD", None), ("MD02", "MD"))
    ])  # fmt: skip
    assert told(fresh, "briefing")["open_disputes"]["value"] == 2
    assert told(fresh, "briefing_trend")["open_disputes"]["trend"][-2:] == [2, 2]
    asked = question("open_disputes")
    (row,) = fresh.rows(asked.sql, **asked.parameters(area=CITY, now=NOW, simulated=False)).to_pylist()
    assert row["value"] == 2
