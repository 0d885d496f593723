"""What waits for a leader: each rule, the gravest first; where it is overdue; what a unit carries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings

from pipelines.contract.events import SafetyBreached, SafetyRectified
from pipelines.warehouse import Warehouse
from tests.metrics.small_city import CASES, CITY, DAY, HOUR, LAW, NOW, TREE, ask, case, city, closed, fill, tell

OLD = {"reported_at": NOW - 40 * DAY, "due_at": NOW - 3 * DAY}
STOPPED = ("suspended", "waiting_reporter")
Row = dict[str, Any]


@pytest.fixture
def fresh() -> Iterator[Warehouse]:
    opened = city()
    yield opened
    opened.close()


def matters(warehouse: Warehouse, area: str = CITY) -> list[tuple[str, str]]:
    return [
        (row["rule"], row["case_id"] or row["area_id"] or row["unit_id"]) for row in ask(warehouse, "decisions", area)
    ]


def test_a_case_comes_under_its_gravest_rule_and_the_gravest_comes_first(warehouse: Warehouse) -> None:
    fill(warehouse, [
        case(1, **OLD), case(2, priority="urgent", reopens=1, **OLD), case(3, reopens=1), case(4, returns=2),
        case(5, state="suspended", changed_at=NOW - 31 * DAY, **OLD), case(6, returns=1),
        case(7, state="suspended", changed_at=NOW - 29 * DAY, **OLD), case(8, due_at=NOW - HOUR, reported_at=NOW - DAY),
        closed(9, reopens=1, returns=5),
    ])  # fmt: skip
    found = [(rule, name[-1]) for rule, name in matters(warehouse)]
    assert found == [("urgent", "2"), ("reopened", "3"), ("overdue", "1"), ("returned", "4"), ("suspended", "5")]


def test_of_each_rule_the_two_that_wait_longest_are_told_and_the_rest_counted(warehouse: Warehouse) -> None:
    fill(warehouse, [case(n, reported_at=NOW - 40 * DAY, due_at=NOW - (1 + n) * DAY) for n in range(1, 6)])
    rows = ask(warehouse, "decisions")
    assert [(row["case_id"], row["others"], row["place"]) for row in rows] == [("case-005", 3, 1), ("case-004", 3, 2)]


def test_a_red_line_counts_until_it_is_rectified(fresh: Warehouse) -> None:
    def breach(name: str, area: str, days: int) -> Row:
        moment = NOW - days * DAY
        return {
            "id": name,
            "area_id": area,
            "happened_at": moment,
            "received_at": moment,
            "source": "test",
            "year": 2026,
        }

    tell(fresh, [
        SafetyBreached(**breach("1", "v11", 5), reason="drugs"),
        SafetyBreached(**breach("2", "v12", 9), reason="gang"),
        SafetyBreached(**breach("3", "v21", 20), reason="gang"),
        SafetyRectified(**breach("4", "v21", 1), reason="gang"),
    ])  # fmt: skip
    assert matters(fresh) == [("breach", "v12"), ("breach", "v11")]
    assert matters(fresh, "t11") == [("breach", "v11")]


def test_a_unit_is_told_only_when_its_whole_interval_lies_below(warehouse: Warehouse) -> None:
    def due(number: int, unit: str, late: bool) -> Row:
        at = NOW - 2 * DAY
        return closed(number, unit_id=unit, reported_at=at - DAY, due_at=at, closed_at=at + HOUR if late else at - HOUR)

    good = [due(n, "u2", False) for n in range(200)]
    bad = [due(300 + n, "u1", n < 30) for n in range(60)]
    few = [due(400 + n, "u3", True) for n in range(9)]
    fill(warehouse, [*good, *bad, *few])
    (found,) = ask(warehouse, "decisions")
    assert (found["rule"], found["unit_id"], found["due"], found["late"]) == ("unit", "u1", 60, 30)
    assert found["high"] < 95


@settings(LAW, max_examples=15)
@given(CASES)
def test_places_and_units_carry_what_counting_finds(warehouse: Warehouse, cases: list[Row]) -> None:
    fill(warehouse, cases)
    rows = [row for row in cases if row["is_open"] and not row["simulated"] and not row["exercise"]]
    late = [row for row in rows if row["due_at"] < NOW and row["state"] not in STOPPED]
    places = Counter((up.id, row["category"]) for row in late for up in TREE.path(row["area_id"]))
    shown = {(row["area_id"], row["kind_id"].split(":")[1]): row["overdue"] for row in ask(warehouse, "overdue_kinds")}
    assert shown == dict(places)
    carried = {row["unit_id"]: (row["open"], row["overdue"]) for row in ask(warehouse, "unit_load")}
    for unit in {"u1", "u2"} & carried.keys():
        own = [row for row in rows if row["unit_id"] == unit]
        assert carried[unit] == (len(own), len([row for row in own if row in late]))
    assert {row["unit_id"] for row in rows} - {None} <= carried.keys()
