"""A city whose views displays watch: the node's present, or the past that a room replays."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any, Protocol

from pipelines.contract.channels import Change, Snapshot
from pipelines.contract.pulse import Tick
from pipelines.contract.scope import Lens, Viewer

from .display import Display, Identity
from .frames import delta_frame, round_frame, tick_frame


class City(Protocol):
    """What a node and a rewind have in common."""

    def unwatch(self, view: str, area: str, lens: Lens = ...) -> None:
        """End a watch."""
        ...

    def snapshot(self, view: str, area: str, lens: Lens = ...) -> Snapshot:
        """Return a watched channel's present rows."""
        ...

    def listen(self, listener: Callable[[list[Change]], None]) -> None:
        """Call back with changes, on any thread."""
        ...

    def listen_to_rounds(self, listener: Callable[[datetime], None]) -> None:
        """Call back after every round, on any thread."""
        ...

    def tick(self) -> Tick:
        """Return the second's heartbeat."""
        ...


Watch = Callable[[str, str, Viewer], Snapshot]


class Source:
    """Who watches which channel of one city; frames are encoded once and go to all of them."""

    def __init__(self, city: City, watch: Watch, as_of: datetime) -> None:
        self.city = city
        self.watch = watch
        self.as_of = as_of
        self.displays: set[Display] = set()
        self.watchers: dict[Identity, set[Display]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self) -> None:
        """Listen to the city, on the running loop."""
        self._loop = asyncio.get_running_loop()
        self.city.listen(self._hear)
        self.city.listen_to_rounds(self._hear_round)

    def tick(self) -> None:
        """Send the second's heartbeat to all displays."""
        frame = self.tick_frame()
        for display in list(self.displays):
            display.put(frame)

    def tick_frame(self) -> str:
        """Return the heartbeat of now."""
        return tick_frame(self.city.tick(), self.as_of)

    def add(self, display: Display, channel: Identity) -> None:
        """Let a display hear a channel that was watched for it."""
        display.channels.add(channel)
        self.watchers.setdefault(channel, set()).add(display)

    def drop(self, display: Display, channel: Identity) -> None:
        """Let a display hear a channel no more."""
        display.channels.discard(channel)
        watchers = self.watchers.get(channel, set())
        watchers.discard(display)
        if not watchers:
            self.watchers.pop(channel, None)
        self.city.unwatch(*channel)

    def _hear(self, changes: list[Change]) -> None:
        """Encode on the thread that tells, deliver on the loop."""
        self._soon(self._deliver, [((c.view, c.area, c.lens), delta_frame(c)) for c in changes])

    def _hear_round(self, as_of: datetime) -> None:
        self._soon(self._end_round, as_of)

    def _soon(self, call: Callable[[Any], None], value: object) -> None:
        if self._loop and not self._loop.is_closed():
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(call, value)

    def _deliver(self, frames: list[tuple[Identity, str]]) -> None:
        for channel, frame in frames:
            for display in self.watchers.get(channel, ()):
                display.put(frame, channel)

    def _end_round(self, as_of: datetime) -> None:
        """Tell every display that what it heard belongs together: it paints all of it at once."""
        self.as_of = as_of
        frame = round_frame(as_of)
        for display in self.displays:
            if display.channels:
                display.put(frame)
