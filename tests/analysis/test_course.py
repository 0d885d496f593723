"""Every point of a trend is the answer over its own window."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.analysis.answers import answer
from pipelines.analysis.axis import Axis
from pipelines.analysis.inquiry import Inquiry
from pipelines.analysis.members import Members
from pipelines.analysis.trends import trend
from pipelines.contract.asking import Asking
from pipelines.errors import QueryError
from pipelines.metrics.definition import catalogue
from pipelines.warehouse import Warehouse
from tests.metrics.small_city import CASES, CITY, DAY, HOUR, LAW, NOW, case, fill

from .naive import METRICS, ZONE, counted, cut, stopped, value
from .test_answers import inquiry
from .test_comparing import ZURICH, span

TIMED = sorted(name for name in METRICS if catalogue()[name].period)
TODAY = NOW.astimezone(ZONE).replace(hour=0, minute=0)
STEPS: list[tuple[str, int | None, timedelta]] = [("day", None, DAY), ("day", 7, 7 * DAY), ("week", None, 7 * DAY)]


@LAW
@given(CASES, st.lists(st.sampled_from(TIMED), min_size=2, max_size=2), st.sampled_from(STEPS))
def test_a_point_is_the_answer_over_its_window(
    warehouse: Warehouse, members: Members, cases: list[dict[str, Any]], names: list[str],
    step: tuple[str, int | None, timedelta],
) -> None:  # fmt: skip
    fill(warehouse, cases)
    for name in names:
        asked = inquiry(name, CITY, (TODAY - 20 * DAY, TODAY + DAY), by=("channel",))
        found = trend(warehouse, asked, members, step[0], step[1])
        for series in found["series"]:
            for point in series["points"]:
                window = _window(point["at"], step)
                rows = cut(METRICS[name], counted(METRICS[name], cases, CITY, window), ["channel"])
                expected = value(METRICS[name], rows.get((series["key"]["channel"],), []))
                assert (point["value"], point["n"]) == pytest.approx(expected), (name, point["at"])


def _window(at: datetime, step: tuple[str, int | None, timedelta]) -> tuple[datetime, datetime]:
    first, last = TODAY - 20 * DAY, TODAY + DAY
    if step[0] == "week":
        return max(at, first), min(at + 7 * DAY, last)
    return at + DAY - step[2], at + DAY


def _open_at(c: dict[str, Any], moment: datetime, since: datetime) -> bool:
    ended = None if c["is_open"] else c.get("closed_at") or c["changed_at"]
    real = not c["simulated"] and not c["exercise"]
    return bool(real and c["reported_at"] <= NOW and since <= moment and (ended is None or ended > moment))


@LAW
@given(CASES)
def test_a_stock_is_what_was_open_then(warehouse: Warehouse, members: Members, cases: list[dict[str, Any]]) -> None:
    fill(warehouse, cases)
    for name in ("open_cases", "overdue_cases"):
        asking = Asking(name, CITY, NOW - 20 * DAY, NOW + 9 * DAY, by=("priority",))
        asked = Inquiry.read(asking, NOW, ZONE, simulated=False, course=True)
        found = trend(warehouse, asked, members, "day", 7)
        values = {(s["key"]["priority"], p["at"]): p["value"] for s in found["series"] for p in s["points"]}
        for (priority, at), seen in values.items():
            rows = [c for c in cases if c["priority"] == priority]
            moment = min(at + DAY, NOW)
            if name == "overdue_cases":
                late = [c for c in rows if c["due_at"] < moment and not stopped(c)]
                expected = [c for c in late if _open_at(c, moment, c["reported_at"])]
            else:
                expected = [c for c in rows if _open_at(c, moment, c["reported_at"])]
            assert seen == len(expected), (name, priority, at)
        last = max((at for _, at in values), default=None)
        total = answer(warehouse, inquiry(name), members)["total"]["value"]
        assert sum(seen for (_, at), seen in values.items() if at == last) == total


def test_hours_and_the_year_before_are_told_beside(warehouse: Warehouse, members: Members) -> None:
    fill(warehouse, [case(1, reported_at=TODAY + HOUR / 2), case(2, reported_at=TODAY.replace(year=2025) + HOUR / 4)])
    asked = inquiry("reported", period=(TODAY, TODAY + 3 * HOUR), compare=("year", "previous", "target"))
    found = trend(warehouse, asked, members, "hour", None)
    assert [point["value"] for point in found["series"][0]["points"]] == [1, 0, 0]
    before = found["compare"]["year"]["series"][0]["points"]
    assert [point["value"] for point in before] == [1, 0, 0]
    assert (before[0]["at"], before[0]["of"]) == (TODAY, TODAY.replace(year=2025))
    assert [point["value"] for point in found["compare"]["previous"]["series"][0]["points"]] == [0, 0, 0]


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-07-01", 24)])
def test_a_day_has_the_hours_it_has(day: str, hours: int) -> None:
    start = datetime.fromisoformat(day).replace(tzinfo=ZURICH)
    axis = Axis.of((start, start + DAY), "hour", None, ZURICH)
    assert len(axis.shown()) == hours
    assert [axis.number(axis.at(number)) for number in axis.shown()] == list(range(hours))


def test_weeks_begin_on_monday_and_a_window_samples_their_last_day() -> None:
    asked = span("2026-11-04", "2026-11-20 14:00", ZONE)
    weeks, sampled = (Axis.of(asked, "week", days, ZONE) for days in (None, 7))
    assert [f"{weeks.label(n):%d}" for n in weeks.shown()] == ["02", "09", "16"]
    assert [f"{sampled.at(n):%d}" for n in sampled.shown()] == ["08", "15", "20"]
    assert [f"{sampled.label(n):%d}" for n in sampled.shown()] == ["02", "09", "16"]
    assert f"{sampled.counted[0]:%m-%d}" == "10-29"


@pytest.mark.parametrize(
    ("step", "window", "complaint"),
    [
        ("month", None, "step 'month' is not known; there are hour, day, week"),
        ("day", 0, "window 0 is not between 1 and 400 days"),
        ("hour", None, "over 1500 points"),
    ],
)
def test_a_trend_that_cannot_be_drawn_names_the_way_out(step: str, window: int | None, complaint: str) -> None:
    with pytest.raises(QueryError, match=complaint):
        Axis.of((NOW - 100 * DAY, NOW), step, window, ZONE)
