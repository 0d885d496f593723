"""Clocks: one stands still, one runs at its own pace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pipelines.contract.time import FrozenClock, ReplayClock, SystemClock

BEGAN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
START = datetime(2015, 11, 30, tzinfo=UTC)
passing = st.timedeltas(timedelta(0), timedelta(days=2))


@dataclass
class Hand:
    """A clock whose hand the test turns."""

    at: datetime = BEGAN

    def now(self) -> datetime:
        return self.at


@given(st.integers(1, 5000), st.lists(passing, max_size=5))
def test_a_replay_runs_at_its_speed_from_its_start(speed: int, steps: list[timedelta]) -> None:
    wall = Hand()
    clock = ReplayClock(START, BEGAN, speed, wall)
    assert clock.now() == START
    for step in steps:
        before = clock.now()
        wall.at += step
        assert clock.now() - before == speed * step


def test_ten_minutes_pass_in_a_second_at_600() -> None:
    clock = ReplayClock(START, BEGAN, 600, FrozenClock(BEGAN + timedelta(seconds=1)))
    assert clock.now() == START + timedelta(minutes=10)


def test_a_replay_of_a_replay_multiplies_the_speeds() -> None:
    wall = Hand()
    inner = ReplayClock(START, BEGAN, 60, wall)
    outer = ReplayClock(START, START, 10, inner)
    wall.at += timedelta(seconds=6)
    assert outer.now() == START + timedelta(hours=1)


def test_a_frozen_clock_stands_still_and_the_system_clock_tells_utc() -> None:
    frozen, system = FrozenClock(START), SystemClock()
    first = system.now()
    assert frozen.now() == frozen.now() == START
    assert first <= system.now()
    assert first.utcoffset() == timedelta(0)
