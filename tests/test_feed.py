"""The feed plays events when the city's clock reaches them, and says how it is."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from time import monotonic, sleep
from typing import Any

import pyarrow as pa
import pytest

from pipelines.contract.events import to_table
from pipelines.feed import LATE_AFTER, STOPPED_AFTER, Feed
from tests.examples import START, case_events

SOON = 5.0


class Hands:
    """A clock that stands where it is put."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def move(self, span: timedelta) -> None:
        """Let time pass."""
        self.moment += span


class Stage:
    """A feed over a few cases, its two clocks, and what it handed in."""

    def __init__(self, tables: list[pa.Table]) -> None:
        self.city, self.wall = Hands(START - timedelta(seconds=1)), Hands(datetime(2026, 3, 1, tzinfo=UTC))
        self.tables: list[pa.Table] = []
        self.open = threading.Event()
        self.open.set()
        self.feed = Feed("test", tables, self.city, self.wall)

    def take(self, events: pa.Table) -> None:
        """Take events in, unless the door is closed."""
        self.open.wait(SOON)
        self.tables.append(events)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """What came in so far, in order."""
        return [row for table in list(self.tables) for row in table.to_pylist()]


EVENTS = to_table([event for number in range(4) for event in case_events(number)]).sort_by("happened_at")
FIRST, LAST = EVENTS.column("happened_at")[0].as_py(), EVENTS.column("happened_at")[-1].as_py()


def soon(condition: Callable[[], object]) -> None:
    begun = monotonic()
    while not condition():
        assert monotonic() - begun < SOON, "not soon"
        sleep(0.005)


@pytest.fixture
def stage() -> Iterator[Stage]:
    # cut into two tables, as a file is
    made = Stage([EVENTS.slice(0, 3), EVENTS.slice(3)])
    yield made
    made.open.set()
    made.feed.stop()


def test_nothing_is_played_before_its_time(stage: Stage) -> None:
    stage.city.moment = FIRST - timedelta(microseconds=1)
    stage.feed.start(stage.take)
    sleep(0.1)
    assert stage.rows == []
    stage.city.moment = FIRST
    soon(lambda: stage.rows)
    assert {row["happened_at"] for row in stage.rows} == {FIRST}


def test_all_is_played_once_and_in_order_whatever_the_steps_of_the_clock(stage: Stage) -> None:
    stage.feed.start(stage.take)
    step = (LAST - FIRST) / 7
    while stage.city.moment < LAST:
        stage.city.move(step)
        due = sum(moment.as_py() <= stage.city.moment for moment in EVENTS.column("happened_at"))
        soon(lambda due=due: len(stage.rows) == due)  # type: ignore[misc]
    assert [row["id"] for row in stage.rows] == EVENTS.column("id").to_pylist()


def test_an_event_is_received_when_it_is_played(stage: Stage) -> None:
    stage.city.moment = LAST + timedelta(minutes=3)
    stage.feed.start(stage.take)
    soon(lambda: len(stage.rows) == EVENTS.num_rows)
    assert {row["received_at"] for row in stage.rows} == {stage.city.moment}


def test_it_ends_quickly_with_events_left(stage: Stage) -> None:
    stage.feed.start(stage.take)
    begun = monotonic()
    stage.feed.stop()
    assert monotonic() - begun < 1
    stage.city.moment = LAST
    sleep(0.1)
    assert stage.rows == []


def test_it_is_live_while_it_waits_for_what_comes_later(stage: Stage) -> None:
    stage.feed.start(stage.take)
    for _ in range(3):
        stage.wall.move(STOPPED_AFTER + timedelta(seconds=1))
        stage.city.move(timedelta(microseconds=1))
        soon(lambda: stage.feed.pulse().state == "live")
        soon(lambda: stage.feed.pulse().last_at == stage.city.moment)


def test_it_is_late_then_stopped_while_its_events_are_not_taken(stage: Stage) -> None:
    stage.open.clear()
    stage.city.moment = LAST
    stage.feed.start(stage.take)
    heard = stage.feed.pulse().last_at
    states = []
    for silence in (LATE_AFTER, timedelta(milliseconds=1), STOPPED_AFTER - LATE_AFTER):
        stage.wall.move(silence)
        states.append(stage.feed.pulse().state)
    assert states == ["live", "late", "stopped"]
    assert stage.feed.pulse().last_at == heard
    stage.open.set()
    soon(lambda: stage.feed.pulse().state == "live")


def test_it_has_stopped_when_all_is_played(stage: Stage) -> None:
    stage.city.moment = LAST
    stage.feed.start(stage.take)
    soon(lambda: "feed test" not in [thread.name for thread in threading.enumerate()])
    assert len(stage.rows) == EVENTS.num_rows
    stage.wall.move(STOPPED_AFTER + timedelta(milliseconds=1))
    pulse = stage.feed.pulse()
    assert (pulse.state, pulse.source, pulse.last_at) == ("stopped", "test", LAST)


def test_a_display_can_say_within_five_seconds_that_the_feed_stopped() -> None:
    tick = timedelta(seconds=1)
    assert STOPPED_AFTER + tick < timedelta(seconds=5)
