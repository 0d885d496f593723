"""Views of what happened: given events or days, the rows a screen shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from pipelines.contract.events import (
    CaseClosed,
    CaseDispatched,
    CaseFiled,
    CaseHandled,
    CaseReported,
    CaseUrged,
    Event,
    SafetyBreached,
    SafetyRectified,
    SafetyStageReached,
)
from pipelines.warehouse import Warehouse
from tests.metrics.small_city import DAY, HOUR, NOW, ask, case, city, closed, fill, insert, tell

MINUTE = timedelta(minutes=1)


@pytest.fixture
def fresh() -> Iterator[Warehouse]:
    opened = city()
    yield opened
    opened.close()


def at(moment: datetime, name: str, case_id: str = "a", area: str = "g111", **others: Any) -> dict[str, Any]:
    return {
        "id": f"{case_id}:{name}", "case_id": case_id, "area_id": area, "happened_at": moment, "received_at": moment,
        "source": "test",
    } | others  # fmt: skip


def life(case_id: str = "a", start: datetime = NOW - HOUR / 4, area: str = "g111") -> list[Event]:
    """A case from report to closure, a minute more a step: 1, 2, 3, 4 minutes."""
    return [
        CaseReported(**at(start, "1", case_id, area), category="CG0101", channel="grid", title="垃圾"),
        CaseFiled(**at(start + MINUTE, "2", case_id, area), due_at=start + HOUR),
        CaseDispatched(**at(start + 3 * MINUTE, "3", case_id, area), unit_id="u1"),
        CaseHandled(**at(start + 6 * MINUTE, "4", case_id, area)),
        CaseClosed(**at(start + 10 * MINUTE, "5", case_id, area), reason="done"),
    ]


def test_the_funnel_narrows_and_shows_where_cases_wait(fresh: Warehouse) -> None:
    tell(fresh, [*life("a"), *life("b")[:3], *life("c")[:1], *life("d", NOW - 2 * DAY)[:2]])
    found = [tuple(row.values()) for row in ask(fresh, "funnel")]
    assert found == [
        ("reported", 1, 3, 1, 0, None), ("filed", 2, 2, 1, 1, 1.0), ("dispatched", 3, 2, 1, 0, 2.0),
        ("handled", 4, 1, 0, 0, 3.0), ("closed", 5, 1, 0, 0, 4.0), ("evaluated", 6, 0, 0, 0, None),
    ]  # fmt: skip


def test_a_case_that_skipped_a_stage_passed_it(warehouse: Warehouse) -> None:
    fill(warehouse, [closed(1, reported_at=NOW - MINUTE, closed_at=NOW)])
    assert [row["reached"] for row in ask(warehouse, "funnel")] == [1, 1, 1, 1, 1, 0]


def test_the_ticker_tells_the_newest_first(fresh: Warehouse) -> None:
    old = life("old", NOW - 3 * DAY)
    tell(fresh, [*old, *life("a"), *life("b", area="g211")[:1], CaseUrged(**at(NOW, "6", "b", "g211"))])
    newest = ask(fresh, "ticker")
    assert [(row["event_id"], row["urgency"]) for row in newest] == [
        ("b:6", "open"), ("b:1", "open"), ("a:5", "closed"), ("a:1", "closed"),
    ]  # fmt: skip
    assert (newest[0]["title"], newest[0]["category_en"], newest[0]["area_zh"]) == ("垃圾", "Kind CG0101", "区g211")
    assert [row["event_id"] for row in ask(fresh, "ticker", "c1")] == ["a:5", "a:1"]


def test_a_case_and_its_timeline_are_told_within_its_area_only(fresh: Warehouse) -> None:
    tell(fresh, [*life("x")[:2], *life("a"), *life("y")[:1]])
    (shown,) = ask(fresh, "case", "c1", case_id="a")
    told = ask(fresh, "timeline", "c1", case_id="a")
    assert (shown["state"], shown["urgency"], shown["closed_at"]) == ("closed", "closed", NOW - 5 * MINUTE)
    assert [row["kind"] for row in told] == [
        "case-reported", "case-filed", "case-dispatched", "case-handled", "case-closed",
    ]  # fmt: skip
    assert (told[2]["unit_zh"], told[4]["reason"]) == ("环卫", "done")
    assert ask(fresh, "case", "c2", case_id="a") == ask(fresh, "timeline", "c2", case_id="a") == []
    assert ask(fresh, "timeline", "c1", case_id="nobody") == []


def test_a_grid_is_silent_after_three_of_its_own_gaps(warehouse: Warehouse) -> None:
    warehouse.write("delete from grid_days")
    days = {"g111": (0, 1, 2), "g112": (4, 5, 6), "g121": (9, 19, 29)}
    insert(warehouse, "grid_days", [
        {
            "area_id": grid, "day": date(2026, 3, 11) - ago * DAY, "simulated": False, "reports": 2, "closures": 0,
            "visits": 1, "last_act_at": NOW - ago * DAY - MINUTE,
        }
        for grid, agos in days.items() for ago in agos
    ])  # fmt: skip
    found = {
        row["area_id"]: (row["reports_today"], row["visits_today"], row["silent"]) for row in ask(warehouse, "grids")
    }
    assert found == {"g111": (2, 1, False), "g112": (0, 0, True), "g121": (0, 0, False), "g211": (0, 0, True)}


def test_a_village_shows_its_stage_and_open_breaches(fresh: Warehouse) -> None:
    def village(moment: datetime, number: int, year: int = 2026) -> dict[str, Any]:
        return {key: value for key, value in at(moment, str(number), "s", "v11").items() if key != "case_id"} | {
            "year": year
        }

    tell(fresh, [
        SafetyStageReached(**village(NOW - 9 * DAY, 1), batch="new", stage="candidate"),
        SafetyBreached(**village(NOW - 5 * DAY, 2), reason="homicide"),
        SafetyBreached(**village(NOW - 4 * DAY, 3), reason="major_accident"),
        SafetyRectified(**village(NOW - 3 * DAY, 4), reason="homicide"),
        SafetyStageReached(**village(NOW - 400 * DAY, 5, 2025), batch="keep", stage="named"),
    ])  # fmt: skip
    (row,) = ask(fresh, "safety_creation", "c1")
    assert list(row.values()) == [
        "v11", "new", "candidate", NOW - 9 * DAY, 1, "major_accident", NOW - 4 * DAY,
    ]  # fmt: skip
    assert ask(fresh, "safety_creation", "c2") == []


def test_today_begins_at_the_city_s_midnight(warehouse: Warehouse) -> None:
    fill(warehouse, [case(1, reported_at=NOW - 29 * MINUTE), case(2, reported_at=NOW - 31 * MINUTE)])
    assert ask(warehouse, "funnel")[0]["reached"] == 1
    assert {row["reported_today"] for row in ask(warehouse, "areas", "c1")} == {1}
