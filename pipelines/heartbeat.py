"""When each source was last heard, judged against how often it should be."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import datetime, timedelta

from .contract.pulse import Pulse
from .contract.time import Clock

STOPPED_AFTER = 3
"""How many times its expected interval a source may be silent before it counts as stopped, not late."""


class Heartbeats:
    """Remember the last sign of life of every source that has an expected interval."""

    def __init__(self, expected: Mapping[str, timedelta], wall_clock: Clock) -> None:
        """Expect sources by name; one that was never heard is idle, not stopped."""
        self._expected = dict(expected)
        self._wall_clock = wall_clock
        self._heard: dict[str, tuple[datetime, datetime]] = {}
        self._lock = threading.Lock()

    def beat(self, source: str, city_now: datetime) -> None:
        """Note that a source was heard; one without an expected interval is not waited for."""
        if source in self._expected:
            with self._lock:
                self._heard[source] = (self._wall_clock.now(), city_now)

    def pulses(self) -> list[Pulse]:
        """Tell how each expected source is, by name."""
        with self._lock:
            heard = dict(self._heard)
        return [self._pulse(source, heard.get(source)) for source in sorted(self._expected)]

    def _pulse(self, source: str, heard: tuple[datetime, datetime] | None) -> Pulse:
        if heard is None:
            return Pulse("idle", source, None)
        at, city_at = heard
        silence, expected = self._wall_clock.now() - at, self._expected[source]
        state = "live" if silence <= expected else "late" if silence <= STOPPED_AFTER * expected else "stopped"
        return Pulse(state, source, city_at)
