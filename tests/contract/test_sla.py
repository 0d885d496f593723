"""Deadlines: the laws of due, of urgency, of pauses and of more time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipelines.config.deadlines import Calendar, DueSoon
from pipelines.contract.calendar import WorkingCalendar
from pipelines.contract.sla import Deadline, DueSoonRule, Limit, Unit, due, resumed_due, sla_state
from pipelines.errors import ConfigError

ROOT = Path(__file__).parents[2]
SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
HOURS = ("08:30-12:00", "14:00-17:30")
XINYU = Calendar(holidays=ROOT / "pipelines/cities/xinyu/calendar.yaml", work_hours=HOURS).working(SHANGHAI)
NIGHTS = WorkingCalendar.of({}, NEW_YORK, ("00:30-02:30", "02:45-06:00"))
MACROS = [
    (ROOT / f"pipelines/sql/schema/{name}.sql").read_text(encoding="utf-8")
    for name in ("due_soon_share", "due_soon_seconds", "case_urgency")
]

START = datetime(2024, 1, 1, tzinfo=UTC)
moments = st.timedeltas(timedelta(0), timedelta(days=1460)).map(lambda since: START + since)
spans = st.timedeltas(timedelta(0), timedelta(days=40))
calendars = st.sampled_from([XINYU, NIGHTS])
HOUR_UNITS, DAY_UNITS = (Unit.EMERGENCY_HOUR, Unit.WORKING_HOUR), (Unit.WORKING_DAY, Unit.NATURAL_DAY)
hour_limits = st.builds(Limit, st.floats(0.05, 200), st.sampled_from(HOUR_UNITS))
day_limits = st.builds(Limit, st.integers(1, 60), st.sampled_from(DAY_UNITS))
limits = hour_limits | day_limits


@given(moments, spans, limits)
def test_a_later_start_is_never_due_earlier(start: datetime, later: timedelta, limit: Limit) -> None:
    assert start < due(start, limit, XINYU) <= due(start + later, limit, XINYU)


@given(moments, spans, st.floats(0.05, 200), calendars)
def test_working_time_is_monotone_where_the_clock_changes(
    start: datetime, later: timedelta, hours: float, calendar: WorkingCalendar
) -> None:
    limit = Limit(hours, Unit.WORKING_HOUR)
    assert due(start, limit, calendar) <= due(start + later, limit, calendar)


@given(moments, limits, st.integers(1, 20), calendars)
def test_more_time_is_due_later(start: datetime, limit: Limit, more: int, calendar: WorkingCalendar) -> None:
    assert due(start, limit, calendar) < due(start, Limit(limit.amount + more, limit.unit), calendar)


@given(moments, st.floats(0.05, 200), calendars)
@example(datetime(2026, 3, 8, 5, 0, tzinfo=UTC), 1.75, NIGHTS)
def test_a_working_time_deadline_falls_inside_working_hours(
    start: datetime, hours: float, calendar: WorkingCalendar
) -> None:
    at = calendar.local(due(start, Limit(hours, Unit.WORKING_HOUR), calendar))
    assert calendar.is_working(at.date())
    assert any(begin < at.time() <= end for begin, end in calendar.spans)


@given(moments, st.integers(1, 60), calendars)
def test_a_working_day_ends_at_closing_time_of_a_working_day(
    start: datetime, days: int, calendar: WorkingCalendar
) -> None:
    at = calendar.local(due(start, Limit(days, Unit.WORKING_DAY), calendar))
    first = calendar.local(start).date()
    between = (first + timedelta(days=n) for n in range(1, (at.date() - first).days + 1))
    assert calendar.is_working(at.date())
    assert at.time() == calendar.spans[-1][1]
    assert sum(calendar.is_working(day) for day in between) == days


@given(moments, st.floats(0.05, 200), calendars)
def test_an_emergency_hour_is_an_hour_by_day_and_night(
    start: datetime, hours: float, calendar: WorkingCalendar
) -> None:
    assert due(start, Limit(hours, Unit.EMERGENCY_HOUR), calendar) - start == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("limit", "at"),
    [
        (Limit(3, Unit.EMERGENCY_HOUR), "2026-09-30 20:00"),
        (Limit(3, Unit.WORKING_HOUR), "2026-10-08 11:00"),
        (Limit(5, Unit.WORKING_DAY), "2026-10-13 17:30"),  # 8, 9, make-up Saturday 10, 12 and 13 October
        (Limit(5, Unit.NATURAL_DAY), "2026-10-05 17:00"),
    ],
)
def test_a_burst_main_on_the_eve_of_national_day_has_these_deadlines(limit: Limit, at: str) -> None:
    start = datetime(2026, 9, 30, 17, 0, tzinfo=SHANGHAI)
    assert due(start, limit, XINYU) == datetime.fromisoformat(at).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("amount", "unit", "words"),
    [
        (0, "工作时", "0 工作时"),
        (-1, "自然日", "-1 自然日"),
        (float("nan"), "工作时", "nan"),
        (0.5, "工作日", "whole days"),
        (1, "小时", "'小时'.*紧急工作时, 工作时, 工作日, 自然日"),
    ],
)
def test_a_limit_that_is_no_time_is_refused(amount: float, unit: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        Limit(amount, unit)  # type: ignore[arg-type]


def test_a_unit_may_be_given_by_its_name() -> None:
    assert Limit(2, "工作日") == Limit(2, Unit.WORKING_DAY)  # type: ignore[arg-type]


@given(moments, limits, spans, spans)
def test_suspending_moves_the_deadline_by_exactly_as_long(
    start: datetime, limit: Limit, after: timedelta, stopped: timedelta
) -> None:
    at = due(start, limit, XINYU)
    suspended = start + after
    assert resumed_due(at, suspended, suspended + stopped) - at == stopped


@given(moments, st.lists(spans.filter(bool), min_size=1, max_size=4))
def test_an_extension_keeps_the_original_deadline(at: datetime, steps: list[timedelta]) -> None:
    deadline = Deadline.first(at)
    for step in steps:
        deadline = deadline.extended(deadline.due_at + step)
    assert deadline == Deadline(at + sum(steps, timedelta()), at)
    with pytest.raises(ConfigError, match="extension to"):
        deadline.extended(deadline.due_at)


@pytest.mark.parametrize(
    ("limit_minutes", "minutes", "state"),
    [
        (240, 179, "normal"), (240, 180, "due_soon"), (240, 240, "due_soon"), (240, 241, "overdue"),
        (240, 719, "overdue"), (240, 720, "overdue_x3"), (6000, 5879, "normal"), (6000, 5880, "due_soon"),
        (0, 1, "overdue"),
    ],
)  # fmt: skip
def test_urgency_changes_at_these_minutes(limit_minutes: int, minutes: int, state: str) -> None:
    start = datetime(2026, 3, 2, tzinfo=UTC)
    due_at = start + timedelta(minutes=limit_minutes)
    assert sla_state(start + timedelta(minutes=minutes), due_at, start, DueSoonRule()) == state


def test_a_case_without_a_deadline_is_never_pressing() -> None:
    assert sla_state(datetime(2030, 1, 1, tzinfo=UTC), None, datetime(2026, 1, 1, tzinfo=UTC)) == "normal"


@given(st.floats(0.01, 0.9), st.integers(1, 600))
def test_the_city_may_choose_when_a_case_is_due_soon(share: float, minutes: int) -> None:
    rule = DueSoon(share=share, minutes=minutes).rule
    start, limit = datetime(2026, 3, 2, tzinfo=UTC), timedelta(hours=10)
    left = min(timedelta(minutes=minutes), share * limit)
    tick = timedelta(seconds=1)
    assert sla_state(start + limit - left, start + limit, start, rule) == "due_soon"
    assert sla_state(start + limit - left - tick, start + limit, start, rule) == "normal"


seconds = st.integers(-20_000, 20_000)
near_the_edges = st.tuples(st.integers(0, 60_000), st.sampled_from([0, 7200, 0.25, -2])).map(
    # now lies at the deadline, at two hours or at a quarter before it, or at three times the limit
    lambda case: (0, case[0], int(case[0] - (case[1] * case[0] if abs(case[1]) < 3 else case[1])))
)
rows = st.lists(st.tuples(seconds, seconds, seconds) | near_the_edges, min_size=1, max_size=60)


@pytest.fixture(scope="module")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        for macro in MACROS:
            connection.execute(macro)
        yield connection


@given(rows=rows)
def test_the_macro_in_sql_decides_alike(database: duckdb.DuckDBPyConnection, rows: list[tuple[int, int, int]]) -> None:
    values = [tuple(START + timedelta(seconds=s) for s in row) for row in rows]
    expected = [sla_state(now, due_at, started) for started, due_at, now in values]
    words = {"normal": "open", "overdue_x3": "overdue"}
    assert _by_macro(database, values) == [words.get(state, state) for state in expected]


@given(rows=rows, share=st.floats(0.05, 0.6), minutes=st.integers(1, 600))
def test_the_macro_keeps_the_city_s_own_rule(rows: list[tuple[int, int, int]], share: float, minutes: int) -> None:
    rule = DueSoonRule(share, timedelta(minutes=minutes))
    values = [tuple(START + timedelta(seconds=s) for s in row) for row in rows]
    words = {"normal": "open", "overdue_x3": "overdue"}
    expected = [words.get(state, state) for state in (sla_state(n, d, s, rule) for s, d, n in values)]
    with duckdb.connect() as connection:
        connection.execute(f"create macro due_soon_share() as {share!r}::double")
        connection.execute(f"create macro due_soon_seconds() as {minutes * 60}")
        connection.execute(MACROS[-1])
        assert _by_macro(connection, values) == expected


def _by_macro(database: duckdb.DuckDBPyConnection, values: list[tuple[datetime, ...]]) -> list[str]:
    columns = [[row[column] for row in values] for column in range(3)]
    found = database.execute(
        "select case_urgency('handling', a, b, c) from (select "
        "unnest($1::timestamptz[]) as a, unnest($2::timestamptz[]) as b, unnest($3::timestamptz[]) as c)",
        columns,
    ).fetchall()
    return [urgency for (urgency,) in found]
