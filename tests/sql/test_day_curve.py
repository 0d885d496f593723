"""The day by quarters of an hour: the same as counting cases one by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given

from pipelines.warehouse import Warehouse
from tests.metrics.small_city import CASES, CITY, DAY, HOUR, LAW, NOW, ask, case, city, closed, fill

QUARTER = timedelta(minutes=15)
MIDNIGHT = NOW - HOUR / 2
COUNTED = {"reported": "reported_at", "closed": "closed_at"}
STOPPED = {"suspended", "waiting_reporter"}


@pytest.fixture(scope="module")
def town() -> Iterator[Warehouse]:
    opened = city()
    yield opened
    opened.close()


def counted(cases: list[dict[str, Any]], column: str, start: datetime) -> int:
    end = min(start + QUARTER, NOW + timedelta(microseconds=1))
    return sum(row.get(column) is not None and start <= row[column] < end for row in cases)


def standing(cases: list[dict[str, Any]], start: datetime, *, late: bool) -> int:
    at = min(start + QUARTER - timedelta(microseconds=1), NOW)

    def is_standing(row: dict[str, Any]) -> bool:
        ended = None if row["is_open"] else row.get("closed_at") or row["changed_at"]
        stopped = row["is_open"] and row["state"] in STOPPED
        since = max(row["reported_at"], row["due_at"]) if late else row["reported_at"]
        begun = since < at if late else since <= at
        return begun and not (late and stopped) and (ended is None or ended > at)

    return sum(is_standing(row) for row in cases)


@LAW
@given(CASES)
def test_every_quarter_of_an_hour_counts_its_cases(town: Warehouse, cases: list[dict[str, Any]]) -> None:
    fill(town, cases)
    real = [row for row in cases if not row["simulated"] and not row["exercise"]]
    rows = ask(town, "day_curve", CITY)
    assert [row["slot"] for row in rows] == list(range(96))
    for row in rows:
        start = MIDNIGHT + row["slot"] * QUARTER
        assert (row["starts_at"], row["begun"]) == (start, start <= NOW)
        for name, column in COUNTED.items():
            assert row[name] == (counted(real, column, start) if row["begun"] else None)
            assert row[f"{name}_before"] == counted(real, column, start - DAY)
            assert row[f"{name}_week"] == counted(real, column, start - 7 * DAY)
        for name, late in (("open", False), ("overdue", True)):
            assert row[name] == (standing(real, start, late=late) if row["begun"] else None)
            assert row[f"{name}_before"] == standing(real, start - DAY, late=late)


def test_the_running_slot_says_what_the_headline_says(town: Warehouse) -> None:
    fill(
        town, [case(1), case(2, due_at=NOW - HOUR), closed(3, closed_at=NOW), case(4, reported_at=NOW, area_id="g211")]
    )
    now = {row["metric"]: row["value"] for row in ask(town, "headline", "c1")}
    rows = [row for row in ask(town, "day_curve", "c1") if row["begun"]]
    assert (rows[-1]["open"], rows[-1]["overdue"]) == (now["open_cases"], now["overdue_cases"]) == (2, 1)
    assert sum(row["reported"] for row in rows) == now["reported_today"]
