from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.sources.dates import micros_of, to_utc

from .reading import mapping, read, written

ZONES = ("America/New_York", "Asia/Shanghai", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Casablanca")
LOCAL = st.datetimes(datetime.fromisoformat("1985-01-01"), datetime.fromisoformat("2030-01-01"))


def utc(times: list[datetime], zone: str) -> tuple[list[datetime], list[bool], list[bool]]:
    local = np.array([micros_of(time.isoformat()) for time in times], dtype=np.int64)
    there, nowhere = np.ones(len(times), dtype=bool), np.zeros(len(times), dtype=bool)
    found = to_utc(local, there, local * 0, nowhere, ZoneInfo(zone))
    moments = [datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(micros)) for micros in found.micros]
    return moments, found.ambiguous.tolist(), found.nonexistent.tolist()


@settings(deadline=None)
@given(st.lists(LOCAL, min_size=1, max_size=30), st.sampled_from(ZONES))
def test_moments_agree_with_the_zone_database(times: list[datetime], zone: str) -> None:
    moments, ambiguous, nonexistent = utc(times, zone)
    for time, moment, twice, never in zip(times, moments, ambiguous, nonexistent, strict=True):
        back = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
        first, second = (time.replace(tzinfo=ZoneInfo(zone), fold=fold).utcoffset() for fold in (0, 1))
        assert never or back == time
        assert (twice, never) == (first > second, first < second)  # type: ignore[operator]


@settings(deadline=None)
@given(st.lists(LOCAL, min_size=2, max_size=30), st.sampled_from(ZONES))
def test_later_by_the_clock_is_never_earlier_in_time(times: list[datetime], zone: str) -> None:
    moments, _, _ = utc(sorted(times), zone)
    assert moments == sorted(moments)


@pytest.mark.parametrize(
    ("zone", "time", "moment"),
    [
        ("America/New_York", "2015-11-01T01:30:00", "2015-11-01T05:30:00"),
        ("America/New_York", "2015-03-08T02:30:00", "2015-03-08T07:00:00"),
        ("America/Sao_Paulo", "2017-10-15T00:30:00", "2017-10-15T03:00:00"),
        ("America/Sao_Paulo", "2018-02-17T23:30:00", "2018-02-18T01:30:00"),
        ("Australia/Lord_Howe", "2026-04-05T01:45:00", "2026-04-04T14:45:00"),
        ("Australia/Lord_Howe", "2026-10-04T02:10:00", "2026-10-03T15:30:00"),
    ],
)
def test_hours_that_came_twice_or_never(zone: str, time: str, moment: str) -> None:
    moments, ambiguous, nonexistent = utc([datetime.fromisoformat(time)], zone)
    assert moments[0].replace(tzinfo=None).isoformat() == moment
    assert ambiguous[0] != nonexistent[0]


def test_odd_local_times_are_counted(tmp_path: Path) -> None:
    text = "id,reported\n1,2015-11-01 01:30\n2,2015-03-08 02:30\n3,2015-11-01T01:30:00-05:00\n"
    found = read(written(tmp_path, text), mapping(), time_zone="America/New_York")
    assert found.times("reported_at") == ["2015-11-01 05:30:00", "2015-03-08 07:00:00", "2015-11-01 06:30:00"]
    assert found.reasons == {"ambiguous-local-time": 1, "nonexistent-local-time": 1}


@pytest.mark.parametrize(
    "written_as", ["2026-03-01T08:00:00Z", "2026-03-01 08:00:00+00:00", "2026-03-01T08:00:00.000+0000"]
)
def test_a_z_that_lies_can_be_ignored(tmp_path: Path, written_as: str) -> None:
    path = written(tmp_path, f"id,reported\n1,{written_as}\n")
    assert read(path, mapping()).times("reported_at") == ["2026-03-01 08:00:00"]
    ignoring = mapping(dates={"ignore_offset": True})
    assert read(path, ignoring).times("reported_at") == ["2026-03-01 00:00:00"]


@pytest.mark.parametrize(
    ("form", "text", "moment"),
    [
        ("epoch_s", "1772325000", "2026-03-01 00:30:00"),
        ("epoch_ms", "1772325000000", "2026-03-01 00:30:00"),
        ("epoch_us", "1772325000000000", "2026-03-01 00:30:00"),
        ("epoch_days", "20513.5", "2026-03-01 12:00:00"),
        ("excel", "46082.354166666664", "2026-03-01 00:30:00"),
        ("%d/%b/%Y:%H:%M:%S %z", "01/Mar/2026:08:30:00 +0800", "2026-03-01 00:30:00"),
        ("%Y-%m-%dT%H:%M:%SZ", "2026-03-01T00:30:00Z", "2026-03-01 00:30:00"),
        ("%Y/%m/%d %p %I:%M", "2026/3/1 上午 8:30", "2026-03-01 00:30:00"),
        ("%Y-%m-%d %H:%M:%S.%f", "2026-03-01 08:30:00.25", "2026-03-01 00:30:00"),
        ("iso", "2026-03-01", "2026-02-28 16:00:00"),
    ],
)
def test_dates_in_every_form(tmp_path: Path, form: str, text: str, moment: str) -> None:
    found = read(written(tmp_path, f"id,reported\n1,{text}\n"), mapping(dates={"formats": [form]}))
    assert found.times("reported_at") == [moment]


@pytest.mark.parametrize("text", ["2026-02-30", "2026-13-01", "31/12/2026", "infinity", "epoch", "12:30", "2026"])
def test_what_is_no_date_is_rejected(tmp_path: Path, text: str) -> None:
    found = read(written(tmp_path, f"id,reported\n1,{text}\n"), mapping())
    assert found.reasons == {"unparseable-date": 1}


def test_odd_dates_reject_a_report_and_only_mend_a_closing(tmp_path: Path) -> None:
    text = (
        "id,reported,closed,due\n1,1900-01-01,,\n2,,,\n3,1969-06-01,,\n"
        "4,2026-03-02,1900-01-01,1899-12-30\n5,2026-03-02,soon,2026-03-01\n6,2026-03-02,2026-03-01,2200-01-01\n"
    )
    fields = {"id": "id", "reported": "reported", "closed": "closed", "due": "due"}
    found = read(written(tmp_path, text), mapping(fields, dates={"sentinels": ["1900-01-01"]}))
    assert found.column("id") == ["4", "5", "6"]
    assert found.column("is_closed") == [False, True, True]
    assert found.column("closed_at") == found.column("due_at") == [None] * 3
    assert found.reasons == {
        "sentinel-date": 2, "missing-date": 1, "date-out-of-range": 3, "unparseable-date": 1,
        "due-before-reported": 1, "closed-before-reported": 1,
    }  # fmt: skip


def test_one_field_may_be_written_its_own_way(tmp_path: Path) -> None:
    fields = {
        "id": "id",
        "reported": {"columns": ["day", "time"], "time_zone": "UTC", "formats": ["%d.%m.%y %H:%M"]},
        "closed": "closed",
    }
    path = written(tmp_path, "id,day,time,closed\n1,01.03.26,08:30,2026-03-01 18:30\n")
    found = read(path, mapping(fields, dates={"time_zone": "Asia/Tokyo"}))
    assert found.times("reported_at") == ["2026-03-01 08:30:00"]
    assert found.times("closed_at") == ["2026-03-01 09:30:00"]
