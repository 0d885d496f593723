"""The span before and the span a year before, by the calendar that people mean."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.analysis.spans import back, shifted

SHANGHAI, ZURICH = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Zurich")


def span(start: str, end: str, zone: ZoneInfo) -> tuple[datetime, datetime]:
    return datetime.fromisoformat(start).replace(tzinfo=zone), datetime.fromisoformat(end).replace(tzinfo=zone)


def told(start: str, end: str, compare: str, zone: ZoneInfo = SHANGHAI) -> list[str]:
    asked = span(start, end, zone)
    return [f"{moment:%Y-%m-%d %H:%M}" for moment in shifted(asked, back(asked, compare, zone))]


@pytest.mark.parametrize(
    ("start", "end", "before"),
    [
        ("2026-11-16", "2026-11-23", ["2026-11-09 00:00", "2026-11-16 00:00"]),  # a week
        ("2026-11-16", "2026-11-20 14:30", ["2026-11-09 00:00", "2026-11-13 14:30"]),  # the week so far
        ("2026-11-20", "2026-11-20 14:30", ["2026-11-19 00:00", "2026-11-19 14:30"]),  # today, yesterday until then
        ("2026-11-20", "2026-11-21", ["2026-11-19 00:00", "2026-11-20 00:00"]),
        ("2026-03-01", "2026-04-01", ["2026-02-01 00:00", "2026-03-01 00:00"]),  # a month: the month before, shorter
        ("2024-03-01", "2024-04-01", ["2024-02-01 00:00", "2024-03-01 00:00"]),
        ("2026-03-01", "2026-03-31 12:00", ["2026-02-01 00:00", "2026-02-28 12:00"]),  # the month so far
        ("2026-07-01", "2026-10-01", ["2026-04-01 00:00", "2026-07-01 00:00"]),  # a quarter
        ("2026-01-01", "2027-01-01", ["2025-01-01 00:00", "2026-01-01 00:00"]),  # a year
        ("2026-01-01", "2026-11-20 14:30", ["2025-01-01 00:00", "2025-11-20 14:30"]),  # the year so far
        ("2026-10-21 14:32", "2026-11-20 14:32", ["2026-09-21 14:32", "2026-10-21 14:32"]),  # thirty days
        ("2026-11-18", "2026-11-20 06:00", ["2026-11-15 00:00", "2026-11-17 06:00"]),  # three days, not all of the last
        ("2026-11-20 08:00", "2026-11-20 12:00", ["2026-11-20 04:00", "2026-11-20 08:00"]),  # four hours
    ],
)
def test_the_span_before_is_the_one_people_mean(start: str, end: str, before: list[str]) -> None:
    assert told(start, end, "previous") == before


@pytest.mark.parametrize(
    ("start", "end", "before"),
    [
        ("2024-02-29", "2024-03-01", ["2023-02-28 00:00", "2023-03-01 00:00"]),
        ("2024-02-01", "2024-03-01", ["2023-02-01 00:00", "2023-03-01 00:00"]),
        ("2025-02-01", "2025-03-01", ["2024-02-01 00:00", "2024-03-01 00:00"]),  # with its 29th
        ("2026-11-16", "2026-11-20 14:30", ["2025-11-16 00:00", "2025-11-20 14:30"]),
    ],
)
def test_a_year_before_is_the_same_days(start: str, end: str, before: list[str]) -> None:
    assert told(start, end, "year") == before


def test_days_are_whole_when_the_clock_is_changed() -> None:
    asked = span("2026-03-30", "2026-04-06", ZURICH)  # the week after summer time began
    before = shifted(asked, back(asked, "previous", ZURICH))
    assert [f"{moment:%d %H:%M %z}" for moment in before] == ["23 00:00 +0100", "30 00:00 +0200"]
    assert before[1].timestamp() - before[0].timestamp() == timedelta(days=7, hours=-1).total_seconds()
    day = span("2026-10-26", "2026-10-27", ZURICH)  # the day after it ended: the one before has 25 hours
    start, end = shifted(day, back(day, "previous", ZURICH))
    assert end.timestamp() - start.timestamp() == timedelta(hours=25).total_seconds()


MOMENTS = st.datetimes(datetime(2015, 1, 1), datetime(2030, 1, 1))  # noqa: DTZ001


@given(MOMENTS, st.timedeltas(timedelta(minutes=1), timedelta(days=800)), st.sampled_from([SHANGHAI, ZURICH]))
def test_a_span_before_ends_where_the_span_begins_or_earlier(at: datetime, length: timedelta, zone: ZoneInfo) -> None:
    asked = at.replace(tzinfo=zone), (at + length).replace(tzinfo=zone)
    for word in ("previous", "year"):
        start, end = shifted(asked, back(asked, word, zone))
        assert start < asked[0]
        assert start <= end
        assert word == "year" or end <= asked[0]
