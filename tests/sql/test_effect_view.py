"""What came of what was closed: the view beside the metrics and plain arithmetic."""

from __future__ import annotations

from math import sqrt
from typing import Any

import pytest
from hypothesis import given, settings

from pipelines.metrics.compile import question
from pipelines.warehouse import Warehouse
from tests.metrics.small_city import CASES, CITY, DAY, LAW, NOW, ask, case, closed, fill

from .test_on_time_ranking import wilson

Row = dict[str, Any]
SPAN = (NOW - 90 * DAY, NOW)
WEIGHTS = {"fixed": 0.35, "rechecked": 0.25, "satisfied": 0.2, "kept": 0.1, "on_time": 0.1}
METRICS = {
    "score": "effect_score", "response": "response_rate", "ping_pong": "ping_pong_rate", "rework": "rework_rate",
    "sign": "sign_on_time_rate", "appeals": "appeal_upheld_rate", "fixed": "stay_fixed_rate",
}  # fmt: skip
CUTS = {"whole": None, "unit": "unit", "area": "county"}


def told(warehouse: Warehouse, measure: str, kind: str) -> dict[str, Row]:
    return {row["id"]: row for row in ask(warehouse, "effect") if (row["measure"], row["kind"]) == (measure, kind)}


def counted(warehouse: Warehouse, metric: str, dimension: str | None) -> dict[str, Row]:
    asked = question(metric, [dimension] if dimension else [], period=SPAN)
    rows = warehouse.rows(asked.sql, **asked.parameters(area=CITY, now=NOW, simulated=False)).to_pylist()
    return {row[dimension] if dimension else CITY: row for row in rows if not dimension or row[dimension]}


def worked(number: int, row: Row) -> Row:
    """Let a drawn case have had what the effect asks for."""
    looked = number % 3 if row["state"] == "closed" else 0
    return row | {
        "lon": 114.9 + number % 5 / 2000, "lat": 27.8, "dispatches": number % 4, "appeals": number % 2,
        "appeals_upheld": number % 4 // 3, "rechecks_passed": int(looked == 1), "rechecks_failed": int(looked == 2),
    }  # fmt: skip


@settings(LAW, max_examples=15)
@given(CASES)
def test_every_measure_is_that_of_its_metric(warehouse: Warehouse, cases: list[Row]) -> None:
    fill(warehouse, [worked(number, row) for number, row in enumerate(cases)])
    for measure, metric in METRICS.items():
        for kind, dimension in CUTS.items():
            shown = told(warehouse, measure, kind)
            for id_, row in counted(warehouse, metric, dimension).items():
                expected = row["value"]
                if not row["denominator"]:
                    assert id_ not in shown or shown[id_]["value"] is None
                    continue
                assert shown[id_]["value"] == pytest.approx(expected, abs=0.006), (measure, kind, id_)
                assert shown[id_]["denominator"] == row["denominator"], (measure, kind, id_)


def ended(number: int, unit: str, **values: Any) -> Row:
    """A case closed forty days ago, each at a place of its own."""
    return closed(
        number, unit_id=unit, reported_at=NOW - 42 * DAY, due_at=NOW - 39 * DAY, closed_at=NOW - 40 * DAY,
        dispatches=1, dispatched_at=NOW - 41 * DAY, lon=114 + number / 50, lat=27.8, **values,
    )  # fmt: skip


def test_the_score_spreads_as_its_parts_do_and_places_are_where_it_overlaps(warehouse: Warehouse) -> None:
    rows = [ended(n, "u1", rating=5 if n % 4 else 2) for n in range(200)]
    rows += [ended(200 + n, "u2", rating=2, reopens=n % 2) for n in range(40)]
    rows += [ended(300 + n, "u3", rating=5) for n in range(9)]
    rows += [ended(400 + n, "u4") for n in range(20)]
    fill(warehouse, rows)
    parts = {row["measure"]: row for row in ask(warehouse, "effect") if row["id"] == "u1" and row["weight"]}
    assert {name: row["weight"] for name, row in parts.items()} == pytest.approx(WEIGHTS)
    known = [row for row in parts.values() if row["denominator"]]
    assert {row["measure"] for row in known} == set(WEIGHTS) - {"rechecked"}
    weight = sum(row["weight"] for row in known)
    shares = [(row["numerator"] / row["denominator"], row) for row in known]
    score = told(warehouse, "score", "unit")["u1"]
    below = sqrt(sum((r["weight"] * (p - wilson(r["numerator"], r["denominator"])[0])) ** 2 for p, r in shares))
    assert score["value"] == pytest.approx(100 * sum(r["weight"] * p for p, r in shares) / weight, abs=0.006)
    assert score["low"] == pytest.approx(score["value"] - 100 * below / weight, abs=0.011)
    places = {id_: (row["rank_low"], row["rank_high"]) for id_, row in told(warehouse, "score", "unit").items()}
    assert places == {"u1": (1, 1), "u2": (2, 2), "u3": (None, None), "u4": (None, None)}


def test_before_the_first_is_judged_it_says_when(warehouse: Warehouse) -> None:
    fill(warehouse, [closed(1, closed_at=NOW - 5 * DAY, reported_at=NOW - 6 * DAY), case(2)])
    (whole,) = {row["matures_at"] for row in ask(warehouse, "effect") if row["kind"] == "whole"}
    assert whole == NOW + 25 * DAY
    assert told(warehouse, "score", "whole") == {}


PEOPLE = {
    ("handler", "handled_on_time"): "on_time_handling_rate", ("handler", "checks"): "check_pass_rate",
    ("handler", "rework"): "rework_rate", ("collector", "valid"): "valid_report_rate",
}  # fmt: skip


@settings(LAW, max_examples=15)
@given(CASES)
def test_people_are_measured_as_their_metrics_say(warehouse: Warehouse, cases: list[Row]) -> None:
    hands = ["a", "b", None]
    fill(warehouse, [r | {"handled_by": hands[n % 3], "reported_by": hands[n % 2]} for n, r in enumerate(cases)])
    shown = {(row["kind"], row["measure"], row["id"]): row for row in ask(warehouse, "effect_people")}
    for (kind, measure), metric in PEOPLE.items():
        counts = {id_: row for id_, row in counted(warehouse, metric, kind).items() if row["denominator"]}
        mine = {id_: row for (k, m, id_), row in shown.items() if (k, m) == (kind, measure) and row["denominator"]}
        assert {i: (row["numerator"], row["denominator"]) for i, row in mine.items()} == {
            i: (row["numerator"], row["denominator"]) for i, row in counts.items()
        }, measure
        assert all(
            (row["rank_low"] is None) == (row["denominator"] < 10 or measure in {"checks", "rework"})
            for row in mine.values()
        )
