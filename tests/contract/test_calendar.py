"""Working time: days off, make-up Saturdays, hours, and what a clock change does to them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipelines.config.deadlines import Calendar
from pipelines.contract.calendar import WorkingCalendar
from pipelines.errors import ConfigError

SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
HOURS = ("08:30-12:00", "14:00-17:30")
SHIPPED = Path(__file__).parents[2] / "pipelines/cities/xinyu/calendar.yaml"
XINYU = Calendar(holidays=SHIPPED, work_hours=HOURS).working(SHANGHAI)
wall_times = st.builds(datetime.combine, st.dates(date(2024, 1, 1), date(2027, 1, 31)), st.times())


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def exists(moment: datetime, zone: ZoneInfo) -> bool:
    there_and_back = moment.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return there_and_back.replace(tzinfo=None) == moment


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2024-02-04", True),  # a Sunday before the Spring Festival
        ("2024-02-09", True),  # New Year's Eve: encouraged, not a day off by law
        ("2025-01-28", False),  # New Year's Eve, by law from 2025 on
        ("2025-10-08", False),  # Mid-autumn and National Day made one holiday of eight days
        ("2026-01-04", True),
        ("2026-02-16", False),
        ("2026-02-28", True),
        ("2026-10-07", False),
        ("2026-10-08", True),
        ("2026-11-22", False),  # an ordinary Sunday
        ("2031-10-01", True),  # a Wednesday of a year not published yet: computed
    ],
)
def test_a_day_counts_as_the_state_council_published_it(day: str, works: bool) -> None:
    assert XINYU.is_working(date.fromisoformat(day)) is works


@pytest.mark.parametrize(("year", "working_days"), [(2024, 251), (2025, 248), (2026, 248)])
def test_a_year_has_its_number_of_working_days(year: int, working_days: int) -> None:
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    assert sum(XINYU.is_working(day) for day in days if day.year == year) == working_days


def test_every_make_up_day_is_a_weekend_and_the_version_is_kept() -> None:
    assert {day.weekday() for day in XINYU.work} == {5, 6}
    assert XINYU.version == "2026-1"


def test_working_time_runs_over_lunch_night_and_spring_festival() -> None:
    start = local("2026-02-14 16:30")  # a make-up Saturday, one hour before closing
    assert XINYU.after_working_time(start, timedelta(hours=1)) == local("2026-02-14 17:30")
    assert XINYU.after_working_time(start, timedelta(hours=5)) == local("2026-02-24 14:30")


def test_an_evening_shift_counts_on_its_local_day() -> None:
    evenings = WorkingCalendar.of({}, NEW_YORK, ["18:00-22:00"])
    friday = datetime(2026, 6, 5, 20, 30, tzinfo=NEW_YORK)  # Saturday already in UTC
    assert evenings.after_working_time(friday.astimezone(UTC), timedelta(hours=1)) == friday + timedelta(hours=1)


@given(wall_times, st.integers(1, 60 * 40))
def test_working_time_is_counted_minute_by_minute(start: datetime, minutes: int) -> None:
    begin = start.replace(second=0, microsecond=0, tzinfo=SHANGHAI)
    moment, left = begin, minutes
    while left:
        at = moment.time()
        if XINYU.is_working(moment.date()):
            left -= time(8, 30) <= at < time(12) or time(14) <= at < time(17, 30)
            moment += timedelta(minutes=1)
        else:
            moment = datetime.combine(moment.date() + timedelta(days=1), time(), SHANGHAI)
    assert XINYU.after_working_time(begin, timedelta(minutes=minutes)) == moment


@given(wall_times, st.integers(1, 400))
def test_natural_days_keep_the_time_of_day_across_clock_changes(start: datetime, days: int) -> None:
    calendar = WorkingCalendar.of({}, NEW_YORK, HOURS)
    wanted = start + timedelta(days=days)
    assume(exists(start, NEW_YORK) and exists(wanted, NEW_YORK))
    got = calendar.after_natural_days(start.replace(tzinfo=NEW_YORK).astimezone(UTC), days)
    assert got.tzinfo is UTC
    assert calendar.local(got).replace(tzinfo=None) == wanted


def test_a_natural_day_is_23_or_25_hours_long_where_the_clock_changes() -> None:
    calendar = WorkingCalendar.of({}, NEW_YORK, HOURS)
    for day, hours in ((date(2026, 3, 7), 23), (date(2026, 10, 31), 25), (date(2026, 6, 1), 24)):
        start = datetime.combine(day, time(12), NEW_YORK).astimezone(UTC)
        assert calendar.after_natural_days(start, 1) - start == timedelta(hours=hours)


def test_work_at_night_leaves_out_what_the_clock_skips_or_tells_twice() -> None:
    nights = {"years": {"2026": {"work": ["2026-03-08", "2026-11-01"]}}}
    calendar = WorkingCalendar.of(nights, NEW_YORK, ["01:30-02:30", "02:30-05:00"])
    lengths = {day: [end - begin for begin, end in calendar.hours(day)] for day in calendar.work | {date(2026, 6, 1)}}
    hour = timedelta(hours=1)
    assert lengths[date(2026, 6, 1)] == [hour, 2.5 * hour]
    assert lengths[date(2026, 3, 8)] == [1.5 * hour]
    assert lengths[date(2026, 11, 1)] == [hour, 2.5 * hour]


@pytest.mark.parametrize(
    ("data", "hours", "words"),
    [
        ({"year": {}}, HOURS, "'year'.*version, years"),
        ({"years": {2026: {"holiday": []}}}, HOURS, "years.2026.*'holiday'.*off, work"),
        ({"years": {2026: ["2026-01-01"]}}, HOURS, "years.2026.*expected keys"),
        ({"years": {2026: {"off": "2026-01-01"}}}, HOURS, "years.2026.off.*list of dates"),
        ({"years": {2026: {"off": ["2026-02-30"]}}}, HOURS, "years.2026.off.*'2026-02-30'"),
        ({"years": {2026: {"off": [date(2025, 2, 3)]}}}, HOURS, "2025-02-03, which is not in 2026"),
        ({"years": {2026: {"off": ["2026-02-14"], "work": ["2026-02-14"]}}}, HOURS, "2026-02-14.*both"),
        ({}, (), "work_hours is empty"),
        ({}, ("12:00-08:30",), "'12:00-08:30'"),
        ({}, ("8 to 5",), "'8 to 5'"),
        ({}, ("08:00-12:00", "11:00-17:00"), "11:00-17:00 before 12:00"),
    ],
)
def test_wrong_data_is_named_with_its_place(data: dict[str, Any], hours: tuple[str, ...], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        WorkingCalendar.of(data, SHANGHAI, hours)


def test_a_broken_calendar_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "days.yaml"
    file.write_text("years: {2026: {off: [2026-13-01]}}", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"days\.yaml.*2026-13-01"):
        Calendar(holidays=file, work_hours=HOURS).working(SHANGHAI)
