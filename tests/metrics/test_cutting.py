"""Laws of every metric, whatever the cases are."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.errors import QueryError
from pipelines.metrics.compile import Question, counts, parts_of, question, rows
from pipelines.metrics.definition import AnyMetric, Ratio, catalogue
from pipelines.metrics.dimension import DIMENSIONS
from pipelines.warehouse import Warehouse

from .small_city import CASES, CITY, DAY, LAW, MONTH, NOW, case, fill

RATIOS = [metric for metric in catalogue().values() if isinstance(metric, Ratio)]
ADDITIVE = [metric for metric in catalogue().values() if metric.kind in ("ratio", "count")]


def told(warehouse: Warehouse, asked: Question) -> list[dict[str, Any]]:
    return list(warehouse.rows(asked.sql, **asked.parameters(area=CITY, now=NOW, simulated=False)).to_pylist())


def period(metric: AnyMetric) -> Any:
    return (NOW - 60 * DAY, NOW + 60 * DAY) if metric.period else None


@LAW
@given(CASES)
def test_a_share_lies_between_nothing_and_all(warehouse: Warehouse, cases: list[dict[str, Any]]) -> None:
    fill(warehouse, cases)
    for metric in RATIOS:
        (row,) = told(warehouse, question(metric, period=period(metric)))
        assert 0 <= row["numerator"] <= row["denominator"]
        assert (row["value"] is None) == (row["denominator"] == 0)
        assert row["value"] is None or 0 <= row["low"] <= row["value"] <= row["high"] <= 100


@LAW
@given(CASES, st.lists(st.sampled_from(list(DIMENSIONS)), min_size=1, max_size=3, unique=True))
def test_the_pieces_of_a_cut_add_up_to_the_whole(
    warehouse: Warehouse, cases: list[dict[str, Any]], by: list[str]
) -> None:
    fill(warehouse, cases)
    for metric in ADDITIVE:
        (whole,) = told(warehouse, question(metric, period=period(metric)))
        pieces = told(warehouse, question(metric, by, period=period(metric)))
        for column in ("numerator", "denominator", "n"):
            assert sum(piece[column] or 0 for piece in pieces) == (whole[column] or 0), metric.name
        assert len({tuple(piece[name] for name in by) for piece in pieces}) == len(pieces)


@LAW
@given(CASES, st.sampled_from(RATIOS))
def test_every_number_can_be_followed_to_its_rows(
    warehouse: Warehouse, cases: list[dict[str, Any]], metric: Ratio
) -> None:
    fill(warehouse, cases)
    behind = {row["part"]: row["rows"] for row in told(warehouse, counts(metric, period=period(metric)))}
    ids = {part: told(warehouse, rows(metric, part, period=period(metric))) for part in parts_of(metric)}
    assert behind == {part: len(found) for part, found in ids.items()}
    if metric.denominator == "true":
        (row,) = told(warehouse, question(metric, period=period(metric)))
        assert (behind["numerator"], behind["denominator"]) == (row["numerator"], row["denominator"])


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_every_metric_can_be_cut_by_everything_at_once(warehouse: Warehouse, name: str) -> None:
    fill(warehouse, [case(1)])
    metric = catalogue()[name]
    asked = question(metric, list(DIMENSIONS), period=period(metric))
    columns = warehouse.rows(asked.sql, **asked.parameters(area=CITY, now=NOW, simulated=False)).column_names
    assert columns == [*DIMENSIONS, "numerator", "denominator", "value", "n", "low", "high", "rankable"]


def test_an_area_is_cut_by_its_ancestors_and_a_category_by_its_group(warehouse: Warehouse) -> None:
    fill(
        warehouse, [case(1), case(2, area_id="v21"), case(3, area_id=CITY, category="pothole", category_group="roads")]
    )
    found = told(warehouse, question("open_cases", ["county", "grid", "category_group"]))
    cut = [(row["county"], row["grid"], row["category_group"], row["value"]) for row in found]
    assert cut == [("c1", "g111", "CG01", 1), ("c2", None, "CG01", 1), (None, None, "roads", 1)]


@pytest.mark.parametrize(
    ("name", "by", "span", "complaint"),
    [
        ("closure_rat", [], MONTH, "'closure_rat' does not exist; did you mean 'closure_rate'"),
        ("closure_rate", ["countey"], MONTH, "'countey' does not exist; did you mean 'county'"),
        ("closure_rate", ["unit", "unit"], MONTH, "'unit' is named twice"),
        ("closure_rate", [], None, "counted over a period"),
        ("open_cases", [], MONTH, "has no period"),
        ("closure_rate", [], MONTH[::-1], "earlier one first"),
    ],
)
def test_a_wrong_question_is_refused_with_the_way_out(name: str, by: list[str], span: Any, complaint: str) -> None:
    with pytest.raises(QueryError, match=complaint):
        question(name, by, period=span)


def test_an_unknown_part_is_refused_with_those_there_are() -> None:
    with pytest.raises(QueryError, match="no part 'late'; there are numerator, denominator, exercise, dropped"):
        rows("closure_rate", "late", period=MONTH)
