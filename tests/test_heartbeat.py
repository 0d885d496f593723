"""Sources that should be heard: live, late, stopped by their own expected interval."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pipelines.contract.time import FrozenClock
from pipelines.heartbeat import STOPPED_AFTER, Heartbeats

START = datetime(2026, 11, 20, tzinfo=UTC)


class Hand:
    """A clock whose hand is moved."""

    at = START

    def now(self) -> datetime:
        return self.at


@given(expected=st.integers(1, 86_400), silence=st.integers(0, 400_000))
def test_a_source_is_judged_by_its_own_interval(expected: int, silence: int) -> None:
    hand = Hand()
    beats = Heartbeats({"hotline": timedelta(seconds=expected)}, hand)
    beats.beat("hotline", START)
    hand.at = START + timedelta(seconds=silence)
    (pulse,) = beats.pulses()
    order = ["live", "late", "stopped"]
    assert pulse.last_at == START
    assert order.index(pulse.state) == (silence > expected) + (silence > STOPPED_AFTER * expected)


def test_only_expected_sources_are_waited_for_and_one_never_heard_is_idle() -> None:
    beats = Heartbeats({"hotline": timedelta(seconds=60)}, FrozenClock(START))
    beats.beat("somebody", START)
    assert [(pulse.source, pulse.state, pulse.last_at) for pulse in beats.pulses()] == [("hotline", "idle", None)]
