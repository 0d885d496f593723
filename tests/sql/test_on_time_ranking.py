"""Who closes on time: intervals, difficulty and places as plain arithmetic gives them."""

from __future__ import annotations

from collections import Counter
from math import sqrt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.metrics.compile import question
from pipelines.metrics.definition import find
from pipelines.warehouse import Warehouse
from tests.metrics.small_city import CASES, CITY, DAY, HOUR, LAW, MONTH, NOW, PARENTS, ask, case, closed, fill

Row = dict[str, Any]
Cut = Counter[tuple[str, str]]
PRIOR = 200


def by_id(warehouse: Warehouse, kind: str = "unit", period: str = "month", area: str = CITY) -> dict[str, Row]:
    rows = ask(warehouse, "on_time_ranking", area)
    return {row["id"]: row for row in rows if (row["kind"], row["period"]) == (kind, period)}


def due(number: int, unit: str, category: str, late: bool, area: str = "g111") -> Row:
    """A case that fell due two days ago, closed before or after."""
    at = NOW - 2 * DAY
    return closed(
        number, unit_id=unit, category=category, area_id=area, reported_at=at - DAY, due_at=at,
        closed_at=at + HOUR if late else at - HOUR,
    )  # fmt: skip


def wilson(good: float, n: int) -> tuple[float, float]:
    z, p = 1.959963985, good / n
    middle, half = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return max(0.0, (middle - half) / (1 + z * z / n)), min(1.0, (middle + half) / (1 + z * z / n))


def difficulty(own: str, cases: Cut, late: Cut) -> float:
    """How often others are late with such cases, over how often with any."""
    others = {key: n for key, n in cases.items() if key[0] != own}
    missed = sum(late[key] for key in others)
    if not missed:
        return 1.0
    usual = missed / sum(others.values())
    expected = 0.0
    for (who, category), n in cases.items():
        if who == own:
            seen = sum(m for (_, c), m in others.items() if c == category)
            bad = sum(late[key] for key in others if key[1] == category)
            expected += n * (bad + PRIOR * usual) / (seen + PRIOR)
    return expected / sum(n for (who, _), n in cases.items() if who == own) / usual


DUE = st.lists(
    st.tuples(st.sampled_from(["u1", "u2", "u3"]), st.sampled_from(["CG0101", "pothole", "light"]), st.booleans()),
    max_size=60,
)


@settings(LAW, max_examples=30)
@given(DUE)
def test_difficulty_and_interval_are_those_of_plain_arithmetic(warehouse: Warehouse, drawn: list[Any]) -> None:
    fill(warehouse, [due(n, *what) for n, what in enumerate(drawn)])
    cases = Counter((unit, category) for unit, category, _ in drawn)
    late = Counter((unit, category) for unit, category, is_late in drawn if is_late)
    for unit, row in by_id(warehouse).items():
        n, missed = (sum(v for (who, _), v in cut.items() if who == unit) for cut in (cases, late))
        hard = difficulty(unit, cases, late)
        low, high = wilson(missed, n)
        told = [100 * (1 - min(1, share / hard)) for share in (missed / n, high, low)]
        assert (row["due"], row["late"], row["rate"]) == (n, missed, pytest.approx(100 * (n - missed) / n, abs=0.006))
        assert [row["value"], row["low"], row["high"]] == pytest.approx(told, abs=0.006)
        assert 0 <= row["low"] <= row["value"] <= row["high"] <= 100


@settings(LAW, max_examples=20)
@given(DUE)
def test_where_all_cases_are_alike_nothing_is_adjusted(warehouse: Warehouse, drawn: list[Any]) -> None:
    fill(warehouse, [due(n, unit, "pothole", is_late) for n, (unit, _, is_late) in enumerate(drawn)])
    assert all(row["difficulty"] == 1 and row["value"] == row["rate"] for row in by_id(warehouse).values())


@settings(LAW, max_examples=20)
@given(DUE)
def test_places_are_where_intervals_overlap(warehouse: Warehouse, drawn: list[Any]) -> None:
    fill(warehouse, [due(n, *what) for n, what in enumerate(drawn * 3)])
    rows = by_id(warehouse)
    ranked = {unit: row for unit, row in rows.items() if row["due"] >= 10}
    assert {unit for unit, row in rows.items() if row["rank_low"] is not None} == set(ranked)
    for row in ranked.values():
        better = sum(other["low"] > row["high"] for other in ranked.values())
        worse = sum(other["high"] < row["low"] for other in ranked.values())
        assert (row["rank_low"], row["rank_high"]) == (1 + better, len(ranked) - worse)


@settings(LAW, max_examples=15)
@given(CASES)
def test_rates_before_adjusting_are_those_of_the_metric(warehouse: Warehouse, cases: list[Row]) -> None:
    fill(warehouse, cases)
    for kind, dimension in (("unit", "unit"), ("area", "county")):
        asked = question("on_time_closure_rate", [dimension], period=MONTH)
        rows = warehouse.rows(asked.sql, **asked.parameters(area=CITY, now=NOW, simulated=False)).to_pylist()
        metric = {row[dimension]: (row["denominator"], row["numerator"]) for row in rows if row[dimension]}
        shown = {name: (row["due"], row["due"] - row["late"]) for name, row in by_id(warehouse, kind).items()}
        assert shown == metric


def test_whoever_does_the_hard_cases_is_told_better_than_counted(warehouse: Warehouse) -> None:
    hard = [due(n, unit, "pothole", n % 4 < 2) for n, unit in enumerate(["u1", "u2"] * 100)]
    easy = [due(1000 + n, "u3", "light", n % 20 == 0) for n in range(400)]
    fill(warehouse, [*hard, *easy])
    shown = by_id(warehouse)
    assert shown["u1"]["difficulty"] > 1
    assert shown["u1"]["value"] > shown["u1"]["rate"]
    assert shown["u3"]["difficulty"] == 1


def test_parts_of_the_area_are_ranked_and_today_apart(warehouse: Warehouse) -> None:
    before = closed(1, area_id="g121", reported_at=NOW - 3 * DAY, due_at=NOW - 2 * DAY, closed_at=NOW - 2.5 * DAY)
    today = case(2, area_id="g111", reported_at=NOW - DAY, due_at=NOW - HOUR / 4)
    fill(warehouse, [before, today])
    assert {row["id"] for row in ask(warehouse, "on_time_ranking", "c1") if row["kind"] == "area"} == {"t11", "t12"}
    assert PARENTS["t11"] == "c1"
    assert {name: row["late"] for name, row in by_id(warehouse, "area", "today").items()} == {"c1": 1}
    assert {row["target"] for row in by_id(warehouse).values()} == {find("on_time_closure_rate").target}
