"""The rules that keep numbers honest, one test a rule."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pipelines.contract.events import CaseReported, GridVisited
from pipelines.metrics.compile import Span, question
from pipelines.metrics.definition import find
from pipelines.warehouse import Warehouse

from .small_city import CITY, DAY, HOUR, MONTH, NOW, case, city, closed, fill, tell


def answer(warehouse: Warehouse, metric: str, *by: str, period: Span = MONTH, area: str = CITY) -> list[dict[str, Any]]:
    asked = question(metric, by, period=period if find(metric).period else None)
    return list(warehouse.rows(asked.sql, **asked.parameters(area=area, now=NOW, simulated=False)).to_pylist())


def value(warehouse: Warehouse, metric: str, **options: Any) -> float | None:
    found: float | None = answer(warehouse, metric, **options)[0]["value"]
    return found


LATE = {"reported_at": NOW - 3 * DAY, "due_at": NOW - 2 * DAY}


@pytest.mark.parametrize("metric", ["closure_rate", "satisfaction_rate", "mean_handling_time", "unit_score"])
def test_nothing_out_of_nothing_is_unknown_not_zero(warehouse: Warehouse, metric: str) -> None:
    fill(warehouse, [])
    (row,) = answer(warehouse, metric)
    assert (row["value"], row["n"], row["low"], row["rankable"]) == (None, 0, None, False)


def test_what_is_not_yet_due_stays_out_of_the_denominator(warehouse: Warehouse) -> None:
    fill(warehouse, [closed(1, **LATE), case(2, **LATE), case(3, due_at=NOW + HOUR), closed(4, due_at=NOW + HOUR)])
    (row,) = answer(warehouse, "closure_rate", period=(NOW - 30 * DAY, NOW + DAY))
    assert (row["numerator"], row["denominator"]) == (2, 3)


@pytest.mark.parametrize("metric", ["overdue_cases", "closure_rate", "on_time_closure_rate"])
def test_a_stopped_clock_is_not_overdue(warehouse: Warehouse, metric: str) -> None:
    fill(warehouse, [case(1, **LATE), case(2, state="suspended", **LATE), case(3, state="waiting_reporter", **LATE)])
    assert answer(warehouse, metric)[0]["n"] == 1


def test_an_extension_moves_only_the_extended_rate(warehouse: Warehouse) -> None:
    extended = {"due_at": NOW - HOUR, "original_due_at": NOW - 2 * DAY, "extensions": 1}
    fill(warehouse, [closed(1, reported_at=NOW - 3 * DAY, closed_at=NOW - DAY, **extended)])
    assert value(warehouse, "on_time_closure_rate") == 0
    assert value(warehouse, "on_time_closure_rate_extended") == 100


def test_a_reopening_does_not_heal_a_missed_deadline(warehouse: Warehouse) -> None:
    renewed = {"due_at": NOW - HOUR, "original_due_at": NOW - 2 * DAY, "reopens": 1}
    fill(warehouse, [closed(1, reported_at=NOW - 3 * DAY, closed_at=NOW - DAY, **renewed)])
    assert value(warehouse, "on_time_closure_rate") == 0


def test_a_suspension_moves_the_deadline_with_the_clock(warehouse: Warehouse) -> None:
    resumed = {"due_at": NOW - HOUR, "original_due_at": NOW - 2 * DAY}
    fill(warehouse, [closed(1, reported_at=NOW - 3 * DAY, closed_at=NOW - DAY, **resumed)])
    assert value(warehouse, "on_time_closure_rate") == 100


def test_exercises_and_the_other_kind_of_data_do_not_count(warehouse: Warehouse) -> None:
    fill(warehouse, [case(1), case(2, exercise=True), case(3, simulated=True)])
    assert value(warehouse, "reported") == 1


def test_only_the_rated_are_satisfied_or_not(warehouse: Warehouse) -> None:
    old = {"reported_at": NOW - 20 * DAY, "closed_at": NOW - 10 * DAY}
    rated = [closed(n, rating=stars, rated_at=NOW - 9 * DAY, **old) for n, stars in enumerate((5, 4, 3))]
    fill(warehouse, [*rated, closed(4, **old), closed(5)])
    assert value(warehouse, "satisfaction_rate") == pytest.approx(200 / 3)
    assert value(warehouse, "response_rate") == 75  # the one closed an hour ago may still be rated


@pytest.mark.parametrize(
    ("minutes", "day", "hour", "weekday"), [(0, 11, 0, 3), (29, 11, 0, 3), (31, 10, 23, 2), (-60, 11, 1, 3)]
)
def test_days_and_hours_are_the_city_s(warehouse: Warehouse, minutes: int, day: int, hour: int, weekday: int) -> None:
    fill(warehouse, [case(1, reported_at=NOW - timedelta(minutes=minutes))])
    (row,) = answer(warehouse, "reported", "local_day", "hour", "weekday", period=(NOW - DAY, NOW + DAY))
    assert (row["local_day"].day, row["hour"], row["weekday"]) == (day, hour, weekday)


def test_a_period_ends_before_its_end(warehouse: Warehouse) -> None:
    fill(warehouse, [case(1, reported_at=NOW - DAY), case(2, reported_at=NOW)])
    assert value(warehouse, "reported", period=(NOW - DAY, NOW)) == 1


def test_few_cases_are_not_ranked_and_their_interval_is_wide(warehouse: Warehouse) -> None:
    fill(warehouse, [*(closed(n) for n in range(8)), *(case(n, due_at=NOW - HOUR) for n in range(8, 10))])
    (ten,) = answer(warehouse, "closure_rate", period=(NOW - DAY, NOW + 2 * DAY))
    fill(warehouse, [closed(n, due_at=NOW - HOUR) for n in range(9)])
    (nine,) = answer(warehouse, "closure_rate")
    # Wilson 95 % for 8 of 10, from the tables
    assert (ten["value"], ten["low"], ten["high"]) == pytest.approx((80, 49.0162, 94.3318), abs=1e-3)
    assert (ten["rankable"], nine["rankable"]) == (True, False)


def test_the_median_is_shown_with_the_tail(warehouse: Warehouse) -> None:
    def took(number: int, hours: int) -> dict[str, Any]:
        return closed(number, reported_at=NOW - DAY - hours * HOUR, closed_at=NOW - DAY)

    fill(warehouse, [took(n, hours) for n, hours in enumerate([1, 2, 3, 4, 40])])
    shown = {name: value(warehouse, f"{name}_handling_time") for name in ("mean", "median", "p90")}
    assert shown == pytest.approx({"mean": 10, "median": 3, "p90": 25.6})


def test_a_grid_is_active_by_report_closure_or_visit() -> None:
    def at(number: int, area: str, days: int) -> dict[str, Any]:
        return {
            "id": str(number), "area_id": area, "happened_at": NOW - days * DAY, "received_at": NOW, "source": "test",
        }  # fmt: skip

    ours = city()
    tell(ours, [
        GridVisited(**at(1, "g111", 1)), GridVisited(**at(2, "g111", 2)), GridVisited(**at(3, "g112", 40)),
        CaseReported(**at(4, "g211", 1), case_id="a", category="x", channel="grid"),
        CaseReported(**at(5, "v12", 1), case_id="b", category="x", channel="grid"),
    ])  # fmt: skip
    by_county = {row["county"]: row["value"] for row in answer(ours, "active_grids", "county")}
    assert (value(ours, "active_grids"), by_county) == (2, {"c1": 1, "c2": 1})
    ours.close()
