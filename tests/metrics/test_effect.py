"""问效 counted again by plain Python: what stayed fixed, what was passed around, the score and its parts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from math import cos, hypot, radians
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.metrics.compile import question
from pipelines.metrics.definition import find
from pipelines.warehouse import Warehouse

from .small_city import CITY, DAY, NOW, case, city, fill

WEIGHTS = {"fixed": 0.35, "rechecked": 0.25, "satisfied": 0.2, "kept": 0.1, "on_time": 0.1}
LON, LAT, METRE = 114.9, 27.8, 1 / 111_320
SPAN = (NOW - 200 * DAY, NOW + DAY)


@pytest.fixture(scope="module")
def warehouse() -> Iterator[Warehouse]:
    opened = city()
    yield opened
    opened.close()


@st.composite
def ended(draw: st.DrawFn) -> dict[str, Any]:
    closed_at = NOW - draw(st.integers(0, 80)) * DAY
    looked = draw(st.sampled_from([None, None, True, False]))
    return {
        "state": draw(st.sampled_from(["closed", "closed", "handling", "void"])), "closed_at": closed_at,
        "reported_at": closed_at - draw(st.integers(0, 40)) * DAY, "due_at": closed_at + draw(st.integers(-3, 3)) * DAY,
        "category": draw(st.sampled_from(["CG0101", "CG0102"])),
        "lon": LON + draw(st.integers(-3, 3)) * 20 * METRE, "lat": LAT + draw(st.integers(-3, 3)) * 20 * METRE,
        "exercise": draw(st.sampled_from([False, False, False, True])),
        "rating": draw(st.sampled_from([None, 2, 5])), "reopens": draw(st.sampled_from([0, 0, 1])),
        "rechecks": int(looked is not None), "rechecks_passed": int(looked is True),
        "rechecks_failed": int(looked is False), "returns": draw(st.integers(0, 2)),
        "dispatches": draw(st.integers(1, 3)), "dispatched_at": closed_at - DAY,
    }  # fmt: skip


def value(warehouse: Warehouse, name: str) -> float | None:
    asked = question(find(name), [], period=SPAN)
    (row,) = warehouse.rows(asked.sql, **asked.parameters(area=CITY, now=NOW, simulated=False)).to_pylist()
    found = row["value"]
    return None if found is None else float(found)


def repeated(one: dict[str, Any], others: list[dict[str, Any]]) -> bool:
    return any(
        other is not one and other["state"] != "void" and not other["exercise"]
        and other["category"] == one["category"]
        and one["closed_at"] < other["reported_at"] <= one["closed_at"] + timedelta(days=30)
        and hypot((other["lon"] - one["lon"]) * cos(radians(one["lat"])), other["lat"] - one["lat"]) / METRE <= 50
        for other in others
    )  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ended(), min_size=1, max_size=14))
def test_every_part_is_what_counting_one_by_one_gives(warehouse: Warehouse, drawn: list[dict[str, Any]]) -> None:
    rows = [case(number, **one) for number, one in enumerate(drawn)]
    for row in rows:
        row["closed_at"] = row["closed_at"] if row["state"] == "closed" else None
    fill(warehouse, rows)
    life = [row for row in rows if not row["exercise"]]
    closed = [row for row in life if row["state"] == "closed"]
    mature = [row for row in closed if row["closed_at"] <= NOW - 30 * DAY]
    parts = {
        "fixed": (sum(not repeated(row, life) for row in mature), len(mature)),
        "rechecked": (sum(r["rechecks_passed"] for r in mature), sum(r["rechecks"] for r in mature)),
        "satisfied": (sum((r["rating"] or 0) >= 4 for r in mature), sum(r["rating"] is not None for r in mature)),
        "kept": (sum(r["reopens"] == 0 for r in mature), len(mature)),
        "on_time": (sum(r["closed_at"] <= min(r["due_at"], r["original_due_at"]) for r in mature), len(mature)),
    }
    assert value(warehouse, "stay_fixed_rate") == _share(*parts["fixed"])
    score = value(warehouse, "effect_score")
    known = {part: got / of for part, (got, of) in parts.items() if of}
    if not mature:
        assert score is None
    else:
        expected = 100 * sum(WEIGHTS[p] * s for p, s in known.items()) / sum(WEIGHTS[p] for p in known)
        assert score == pytest.approx(expected)
    given_out = [row for row in life if row["state"] != "void"]
    around = sum(row["returns"] + row["dispatches"] - 1 >= 2 for row in given_out)
    assert value(warehouse, "ping_pong_rate") == _share(around, len(given_out))


def _share(got: int, of: int) -> Any:
    return None if not of else pytest.approx(100 * got / of)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ended(), min_size=1, max_size=8), st.data())
def test_a_better_input_never_lowers_the_score(
    warehouse: Warehouse, drawn: list[dict[str, Any]], data: st.DataObject
) -> None:
    for one in drawn:
        one |= {"state": "closed", "exercise": False, "closed_at": min(one["closed_at"], NOW - 31 * DAY)}
        one["reported_at"] = min(one["reported_at"], one["closed_at"])
    which = data.draw(st.integers(0, len(drawn) - 1))
    fill(warehouse, [case(number, **one) for number, one in enumerate(drawn)])
    before = value(warehouse, "effect_score")
    better = dict(drawn[which])
    better["reopens"] = 0
    if better["rating"] is not None:
        better["rating"] = 5
    if better["rechecks_failed"]:
        better |= {"rechecks_failed": 0, "rechecks_passed": 1}
    better["due_at"] = better["closed_at"] + 4 * DAY
    fill(warehouse, [case(number, **(better if number == which else one)) for number, one in enumerate(drawn)])
    after = value(warehouse, "effect_score")
    assert after is not None
    assert before is not None
    assert after >= before - 1e-9
