"""Views of what stands open now: given cases, the rows a screen shows."""

from __future__ import annotations

import re

import pytest

from pipelines.warehouse import Warehouse, names, statement
from tests.metrics.small_city import CITY, DAY, HOUR, NOW, ask, case, closed, fill

OVERDUE = {"reported_at": NOW - 3 * DAY, "due_at": NOW - DAY}
# a quarter of 20 hours is more than the two hours that are left
DUE_SOON = {"reported_at": NOW - 18 * HOUR, "due_at": NOW + 2 * HOUR}


OF_AREAS = sorted(name for name in names("views") if "$case_id" not in statement(f"views/{name}"))


@pytest.mark.parametrize("name", names("views"))
def test_every_view_asks_for_area_moment_and_kind_of_data(name: str) -> None:
    used = set(re.findall(r"\$(\w+)", statement(f"views/{name}")))
    assert used - {"case_id"} == {"area", "now", "simulated"}


@pytest.mark.parametrize("name", OF_AREAS)
def test_no_view_shows_an_exercise_the_other_kind_of_data_or_another_area(warehouse: Warehouse, name: str) -> None:
    fill(warehouse, [])
    nothing = ask(warehouse, name, "c1")
    fill(warehouse, [case(1, simulated=True, **OVERDUE), case(2, exercise=True, **OVERDUE), case(3, area_id="c2")])
    assert ask(warehouse, name, "c1") == nothing


def test_the_queue_puts_the_most_urgent_first(warehouse: Warehouse) -> None:
    fill(warehouse, [
        case(1), case(2, **DUE_SOON), case(3, **OVERDUE), case(4, state="suspended", **OVERDUE),
        case(5, due_at=None), case(6, reported_at=NOW - HOUR, due_at=NOW + HOUR), closed(7),
    ])  # fmt: skip
    assert [(row["case_id"][-1], row["urgency"]) for row in ask(warehouse, "queue")] == [
        ("3", "overdue"), ("2", "due_soon"), ("4", "open"), ("6", "open"), ("1", "open"), ("5", "open"),
    ]  # fmt: skip


def test_what_waits_for_anybody_is_neither_paused_nor_over(warehouse: Warehouse) -> None:
    fill(warehouse, [
        case(1, state="verifying"), case(2, state="dispatched", **OVERDUE), case(3, state="reported"), closed(4),
        case(5, state="handled", handled_at=NOW - HOUR, handled_by="u", checked_at=NOW - 2 * HOUR),
        case(6, state="handled", handled_at=NOW - 2 * HOUR, checked_at=NOW - HOUR), case(7, state="suspended"),
        case(8, state="rework", handled_at=NOW - 2 * HOUR, checked_at=NOW - HOUR),
    ])  # fmt: skip
    rows = ask(warehouse, "waiting")
    assert next(row["case_id"][-1] for row in rows) == "2"
    assert {row["case_id"][-1] for row in rows} == {"1", "2", "3", "5", "6", "8"}


def test_the_queue_names_area_unit_and_category_or_shows_their_codes(warehouse: Warehouse) -> None:
    fill(warehouse, [case(1), case(2, category="pothole", unit_id="u9", area_id="c2", reported_at=NOW - 2 * DAY)])
    other, known = ask(warehouse, "queue")
    assert (known["category_zh"], known["area_en"], known["unit_zh"]) == ("类CG0101", "Area g111", "环卫")
    assert (other["category_zh"], other["area_en"], other["unit_zh"]) == ("pothole", "Area c2", "u9")


def test_the_clock_of_a_case_starts_when_it_is_filed(warehouse: Warehouse) -> None:
    fill(warehouse, [case(1), case(2, filed_at=NOW - HOUR)])
    started = {row["case_id"]: row["started_at"] for row in ask(warehouse, "queue")}
    assert started == {"case-001": NOW - DAY, "case-002": NOW - HOUR}


def test_areas_of_every_level_count_what_lies_in_them(warehouse: Warehouse) -> None:
    fill(warehouse, [
        case(1, **OVERDUE), case(2, area_id="g121", **DUE_SOON), case(3, area_id="g211", state="suspended", **OVERDUE),
        closed(4, area_id="v12", reported_at=NOW - HOUR / 4), closed(5, area_id="g112"), case(6, area_id="c1"),
    ])  # fmt: skip
    found = {row["area_id"]: tuple(row.values())[2:6] for row in ask(warehouse, "areas")}
    assert found == {
        CITY: (4, 1, 1, 1), "c1": (3, 1, 1, 1), "c2": (1, 0, 0, 0), "t11": (1, 1, 0, 0), "t12": (1, 0, 1, 1),
        "t21": (1, 0, 0, 0), "v11": (1, 1, 0, 0), "v12": (1, 0, 1, 1), "v21": (1, 0, 0, 0), "g111": (1, 1, 0, 0),
        "g121": (1, 0, 1, 0), "g211": (1, 0, 0, 0),
    }  # fmt: skip
    assert {row["area_id"] for row in ask(warehouse, "areas", "t12")} == {"t12", "v12", "g121"}


def test_an_area_compares_with_its_inhabitants(warehouse: Warehouse) -> None:
    fill(warehouse, [case(1), case(2)])
    found = {row["area_id"]: row["per_thousand"] for row in ask(warehouse, "areas")}
    assert (found[CITY], found["g111"]) == (2, 20)


def test_only_open_cases_with_a_point_are_on_the_map(warehouse: Warehouse) -> None:
    point = {"lon": 114.9, "lat": 27.8}
    fill(warehouse, [case(1, **point), case(2), case(3, **point, **OVERDUE), closed(4, **point)])
    found = [(row["case_id"], row["urgency"]) for row in ask(warehouse, "case_points")]
    assert found == [("case-003", "overdue"), ("case-001", "open")]


def test_units_with_most_overdue_cases_come_first_with_their_rate(warehouse: Warehouse) -> None:
    late = {"reported_at": NOW - 9 * DAY, "due_at": NOW - 8 * DAY}
    fill(warehouse, [
        case(1, **OVERDUE), case(2), case(3, unit_id="u2", **OVERDUE), case(4, unit_id="u2", **OVERDUE),
        case(5, unit_id="u3"), case(6, unit_id=None, **OVERDUE), closed(7, **late),
        closed(8, **late | {"closed_at": NOW - 9 * DAY}),
        closed(9, unit_id="u2", reported_at=NOW - 50 * DAY, due_at=NOW - 40 * DAY),
    ])  # fmt: skip
    found = [tuple(row.values()) for row in ask(warehouse, "unit_overdue")]
    assert found == [("u2", "u2", "u2", 2, 2, 0, 2), ("u1", "环卫", "Sanitation", 1, 2, pytest.approx(100 / 3), 3)]
