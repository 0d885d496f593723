"""Any metric, cut and kept to anything, over any period, is what counting case by case gives."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.analysis.answers import answer
from pipelines.analysis.inquiry import Inquiry
from pipelines.analysis.members import Members
from pipelines.contract.asking import Asking
from pipelines.errors import QueryError
from pipelines.metrics.definition import catalogue
from pipelines.warehouse import Warehouse
from tests.metrics.small_city import AREAS, CASES, CITY, DAY, LAW, NOW, case, closed, fill

from .naive import DIMENSIONS, METRICS, ZONE, counted, cut, value, wilson

PERIODS = [(NOW - 30 * DAY, NOW), (NOW - 60 * DAY, NOW + 60 * DAY), (NOW - 37 * DAY, NOW - 7 * DAY), (NOW - DAY, NOW)]
TWO = st.lists(st.sampled_from(sorted(DIMENSIONS)), max_size=2, unique=True)
MANY = st.lists(st.sampled_from(sorted(METRICS)), min_size=4, max_size=4, unique=True)


def inquiry(metric: str, area: str = CITY, period: Any = PERIODS[0], **others: Any) -> Inquiry:
    timed = catalogue()[metric].period is not None
    start, end = period if timed else (None, None)
    return Inquiry.read(Asking(metric, area, start, end, **others), NOW, ZONE, simulated=False)


@LAW
@given(CASES, MANY, TWO, st.sampled_from(PERIODS), st.sampled_from([CITY, *AREAS]))
def test_an_answer_is_what_counting_one_by_one_gives(
    warehouse: Warehouse, members: Members, cases: list[dict[str, Any]], names: list[str], by: list[str],
    period: tuple[datetime, datetime], area: str,
) -> None:  # fmt: skip
    fill(warehouse, cases)
    for name in names:
        found = answer(warehouse, inquiry(name, area, period, by=tuple(by)), members)
        rows = counted(METRICS[name], cases, area, period)
        assert (found["total"]["value"], found["total"]["n"]) == pytest.approx(value(METRICS[name], rows))
        groups = cut(METRICS[name], rows, by) if by else {}
        seen = {tuple(row["key"].values()): row for row in found["rows"]}
        assert set(seen) == set(groups), name
        for key, group in groups.items():
            assert (seen[key]["value"], seen[key]["n"]) == pytest.approx(value(METRICS[name], group)), name


@LAW
@given(CASES, MANY, st.sampled_from(sorted(DIMENSIONS)), st.data())
def test_what_is_kept_is_what_has_the_values(
    warehouse: Warehouse, members: Members, cases: list[dict[str, Any]], names: list[str], by: str, data: st.DataObject
) -> None:
    fill(warehouse, cases)
    for name in names:
        rows = counted(METRICS[name], cases, CITY, PERIODS[1])
        values = sorted({"" if key[0] is None else str(key[0]) for key in cut(METRICS[name], rows, [by])})
        if not values:
            continue
        kept = data.draw(st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True))
        where = {by: kept}
        asked = inquiry(name, CITY, PERIODS[1], where=tuple(f"{by}:{text}" for text in kept))
        found = answer(warehouse, asked, members)["total"]
        same = counted(METRICS[name], cases, CITY, PERIODS[1], where)
        assert (found["value"], found["n"]) == pytest.approx(value(METRICS[name], same)), (name, where)


@LAW
@given(CASES, st.lists(st.sampled_from(sorted(DIMENSIONS)), min_size=1, max_size=2, unique=True))
def test_contributions_add_up_to_the_distance_from_the_target(
    warehouse: Warehouse, members: Members, cases: list[dict[str, Any]], by: list[str]
) -> None:
    fill(warehouse, cases)
    for name, metric in catalogue().items():
        if metric.kind not in ("ratio", "mean", "count"):
            continue
        found = answer(warehouse, inquiry(name, CITY, PERIODS[1], by=tuple(by)), members)
        if not found["total"]["n"]:
            assert all(row["contribution"] is None for row in found["rows"])
            continue
        aims = {"target": metric.target, "total": found["total"]["value"]}
        whole = 100.0 if metric.kind == "count" else found["total"]["value"] - aims[found["contribution_to"]]
        assert sum(row["contribution"] for row in found["rows"]) == pytest.approx(whole, abs=1e-9), name


def test_few_carry_their_interval(warehouse: Warehouse, members: Members) -> None:
    late = {"reported_at": NOW - 9 * DAY, "due_at": NOW - 5 * DAY}
    fill(warehouse, [closed(n, **late, area_id="g111") for n in range(3)]
         + [closed(n, **late, area_id="g211", closed_at=NOW - 6 * DAY) for n in range(3, 15)])  # fmt: skip
    found = answer(warehouse, inquiry("on_time_closure_rate", by=("county",), compare=("target",)), members)
    c1, c2 = found["rows"]
    assert (c1["name_zh"], c1["rankable"], c2["rankable"]) == ("区c1", False, True)
    assert (c2["low"], c2["high"]) == pytest.approx([100 * x for x in wilson(12, 12)])
    assert (c1["contribution"], c2["contribution"]) == pytest.approx((-95 * 3 / 15, 5 * 12 / 15))
    assert found["compare"]["target"] == {"value": 95}


def test_what_it_is_compared_with_is_counted_over_its_own_span(warehouse: Warehouse, members: Members) -> None:
    at = {"now": NOW - DAY, "week": NOW - 8 * DAY, "year": NOW.replace(year=2025) - DAY}
    fill(warehouse, [case(n, reported_at=at[when]) for n, when in enumerate(["now", "week", "week", "year"])])
    asked = inquiry("reported", period=(NOW - 7 * DAY, NOW), by=("channel",), compare=("previous", "year"))
    found = answer(warehouse, asked, members)
    assert found["total"]["value"] == 1
    assert [found["compare"][word]["total"]["value"] for word in ("previous", "year")] == [2, 1]
    assert [found["compare"][word]["rows"][0]["value"] for word in ("previous", "year")] == [2, 1]
    assert answer(warehouse, inquiry("open_cases", compare=("previous",)), members)["compare"] == {"previous": None}


@pytest.mark.parametrize("text", ["x'); drop table cases; --", "$area", "{values}", "';", '"', "网格\\", "%"])
def test_a_value_is_a_value_and_never_sql(warehouse: Warehouse, members: Members, text: str) -> None:
    fill(warehouse, [case(1, channel=text), case(2)])
    asked = inquiry("reported", where=(f"channel:{text}",), by=("channel",))
    assert asked.compiled().sql == inquiry("reported", where=("channel:other",), by=("channel",)).compiled().sql
    found = answer(warehouse, asked, members)
    assert [(row["key"]["channel"], row["value"]) for row in found["rows"]] == [(text, 1)]
    again = warehouse.records(asked.compiled().written(**asked.place))
    assert [row["value"] for row in again if not row["whole"]] == [1]


@pytest.mark.parametrize(
    ("asking", "complaint"),
    [
        ({"where": ("channel",)}, "where 'channel': expected dimension:value"),
        ({"where": ("chanel:grid",)}, "'chanel' does not exist; did you mean 'channel'"),
        ({"where": ("hour:noon",)}, "hour:'noon': expected a whole number"),
        ({"where": ("local_day:today",)}, "local_day:'today': expected a day such as 2026-11-20"),
        ({"compare": ("last",)}, "compare 'last' is not known; there are previous, target, year"),
        ({"start": NOW}, "needs both `from` and `to`"),
        ({"start": NOW, "end": NOW}, "is not before"),
    ],
)
def test_a_question_that_makes_no_sense_names_the_way_out(asking: dict[str, Any], complaint: str) -> None:
    with pytest.raises(QueryError, match=complaint):
        Inquiry.read(Asking("reported", CITY, **asking), NOW, ZONE, simulated=False)
