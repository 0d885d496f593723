"""The live feed: events that happen later are played into the node when the city's clock reaches them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

import pyarrow as pa
import pyarrow.compute as pc

from .contract.pulse import Pulse
from .contract.time import Clock

PAUSE = 0.02
LATE_AFTER = timedelta(seconds=2)
STOPPED_AFTER = timedelta(seconds=3.5)  # a tick a second tells it: within 5 s on every screen


class Feed:
    """Play tables of events (`EVENT_SCHEMA`, ordered by ``happened_at``) as the city's clock reaches them."""

    def __init__(self, source: str, events: Iterable[pa.Table], city_clock: Clock, wall_clock: Clock) -> None:
        self.source = source
        self._events = iter(events)
        self._city_clock = city_clock
        self._wall_clock = wall_clock
        self._heard = wall_clock.now()
        self._heard_city = city_clock.now()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, submit: Callable[[pa.Table], None]) -> None:
        """Begin to play on a thread of its own; ``submit`` may block to slow the feed down."""
        self._thread = threading.Thread(target=self._run, args=(submit,), name=f"feed {self.source}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the play."""
        self._stop.set()
        if self._thread:
            self._thread.join(timeout=5)

    def pulse(self) -> Pulse:
        """Tell whether the feed still beats."""
        silence = self._wall_clock.now() - self._heard
        state = "stopped" if silence > STOPPED_AFTER else "late" if silence > LATE_AFTER else "live"
        return Pulse(state, self.source, self._heard_city)

    def _beat(self) -> None:
        self._heard, self._heard_city = self._wall_clock.now(), self._city_clock.now()

    def _run(self, submit: Callable[[pa.Table], None]) -> None:
        for events in self._due():
            submit(events)
            self._beat()

    def _due(self) -> Iterator[pa.Table]:
        """Yield what has come due, as it comes due."""
        for table in self._events:
            rest = table
            while rest.num_rows and not self._stop.is_set():
                ready = pc.sum(pc.less_equal(rest.column("happened_at"), self._present())).as_py()
                if ready:
                    yield self._received(rest.slice(0, ready))
                    rest = rest.slice(ready)
                else:
                    self._beat()
                    self._stop.wait(PAUSE)
            if self._stop.is_set():
                return

    def _present(self) -> pa.Scalar:
        return pa.scalar(self._city_clock.now(), type=pa.timestamp("us", tz="UTC"))

    def _received(self, events: pa.Table) -> pa.Table:
        at = events.schema.get_field_index("received_at")
        stamp = pa.repeat(self._present(), events.num_rows)
        return events.set_column(at, events.schema.field(at), stamp)
