from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipelines.metrics.compile import question
from pipelines.warehouse import Warehouse

from .small_city import CITY, DAY, HOUR, LAW, MONTH, NOW, case, fill

DUE = NOW - 2 * DAY
GOOD = {"state": "closed", "closed_at": DUE - HOUR, "checks": 1, "checks_passed": 1, "urges": 0, "reopens": 0}
"""What a case looks like at its best, value by value."""
CLOSED_LATE = {"closed_at": DUE + HOUR}
FLAWS: list[dict[str, Any]] = [
    {"state": "closed", **CLOSED_LATE},
    {"state": "handling", "closed_at": None},
    {"checks": 2},
    {"urges": 1},
    {"urges": 3, "state": "handling", "closed_at": None},
]
UNIT = st.lists(st.lists(st.sampled_from(FLAWS), max_size=3), min_size=1, max_size=6)


def points(warehouse: Warehouse, cases: list[dict[str, Any]]) -> float:
    fill(warehouse, [case(n, reported_at=NOW - 9 * DAY, due_at=DUE, **values) for n, values in enumerate(cases)])
    asked = question("unit_score", period=MONTH)
    table = warehouse.rows(asked.sql, **asked.parameters(area=CITY, now=NOW, simulated=False))
    return float(table.column("value")[0].as_py())


def flawed(flaws: list[dict[str, Any]]) -> dict[str, Any]:
    values = dict(GOOD)
    for flaw in flaws:
        values |= flaw
    return values


@LAW
@given(UNIT, st.data())
def test_a_better_case_never_lowers_the_score(
    warehouse: Warehouse, flaws: list[list[dict[str, Any]]], data: st.DataObject
) -> None:
    before = [flawed(each) for each in flaws]
    at = data.draw(st.integers(0, len(before) - 1))
    key = data.draw(st.sampled_from(["checks", "urges", "closed_at"]))
    better = before[at] | {key: GOOD[key]} | ({"state": "closed"} if key == "closed_at" else {})
    assume(better != before[at])
    assert points(warehouse, [*before[:at], better, *before[at + 1 :]]) >= points(warehouse, before)


@pytest.mark.parametrize(
    ("cases", "score"),
    [([GOOD], 100), ([GOOD, GOOD | CLOSED_LATE], 75), ([flawed([FLAWS[4]])], 18.5), ([GOOD | {"checks": 2}], 90)],
)
def test_the_points_are_those_of_the_formula(warehouse: Warehouse, cases: list[dict[str, Any]], score: float) -> None:
    assert points(warehouse, cases) == pytest.approx(score)
