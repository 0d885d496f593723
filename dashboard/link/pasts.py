"""The rooms that replay: each has its own city as of a moment, which its following displays watch."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING

from pipelines.contract.channels import Snapshot
from pipelines.contract.scope import Viewer
from pipelines.errors import CitybrainError
from pipelines.node import Node

from ..gateway import Gateway
from .display import Display
from .frames import refused_frame
from .rooms import Rooms
from .roster import Seat
from .scene import Moment, Room
from .source import Source

if TYPE_CHECKING:
    from pipelines.rewind import Rewind

Move = Callable[[Display, Source], Awaitable[None]]


class Past:
    """One room's replay."""

    def __init__(self, rewind: Rewind, gateway: Gateway, time: Moment) -> None:
        self.rewind = rewind
        self.time = time

        def watch(view: str, area: str, viewer: Viewer) -> Snapshot:
            return gateway.watch(view, area, viewer, rewind)

        self.source = Source(rewind, watch, rewind.as_of())
        self.source.start()


class Pasts:
    """Open, move and close replays as the rooms' clocks and displays want; one thing at a time a room."""

    def __init__(self, node: Node, gateway: Gateway, rooms: Rooms, live: Source, move: Move) -> None:
        self._node, self._gateway, self._rooms = node, gateway, rooms
        self._live, self._move = live, move
        self._pasts: dict[str, Past] = {}
        self._due: set[str] = set()
        self._tuning: dict[str, asyncio.Task[None]] = {}

    def __len__(self) -> int:
        return len(self._pasts)

    def tick(self) -> None:
        """Send the heartbeat of each replay to its displays."""
        for past in self._pasts.values():
            past.source.tick()

    def tune(self, name: str) -> None:
        """Bring a room's displays to the clock they should show, soon."""
        room = self._rooms.hub.rooms[name]
        if room.scene.time.mode == "live" and name not in self._pasts and name not in self._tuning:
            return
        self._due.add(name)
        if name not in self._tuning:
            self._tuning[name] = asyncio.create_task(self._tune(name))

    async def stop(self) -> None:
        """Close all replays."""
        for task in list(self._tuning.values()):
            task.cancel()
        await asyncio.gather(*self._tuning.values(), return_exceptions=True)
        for past in self._pasts.values():
            await asyncio.to_thread(past.rewind.close)
        self._pasts.clear()

    async def _tune(self, name: str) -> None:
        try:
            while name in self._due:
                self._due.discard(name)
                await self._settle(self._rooms.hub.rooms[name])
        finally:
            del self._tuning[name]

    async def _settle(self, room: Room) -> None:
        displays = self._displays(room)
        back = {display for display, follows in displays if follows and room.scene.time.mode == "replay"}
        past = self._pasts.get(room.name)
        try:
            past = await self._wound(room, past) if back else past
        except CitybrainError as error:
            for display in back:
                display.put(refused_frame(str(error)))
            return
        for display, _ in displays:
            await self._move(display, past.source if past and display in back else self._live)
        if past and not back:
            del self._pasts[room.name]
            await asyncio.to_thread(past.rewind.close)

    async def _wound(self, room: Room, past: Past | None) -> Past:
        time = room.scene.time
        if past and past.time == time:
            return past
        moment = moment_of(time, self._rooms.house.clock())
        if past is None:
            rewind = await asyncio.to_thread(self._node.rewind, moment, time.speed)
            past = self._pasts[room.name] = Past(rewind, self._gateway, time)
            return past
        past.time = time
        past.rewind.play(time.speed)
        await asyncio.to_thread(past.rewind.seek, moment)
        past.source.tick()
        return past

    def _displays(self, room: Room) -> list[tuple[Display, bool]]:
        seats: list[Seat] = self._rooms.roster.seats(room.name)
        return [(s.outbox, s.follow or room.leading) for s in seats if isinstance(s.outbox, Display)]


def moment_of(time: Moment, now: datetime) -> datetime:
    """Return the moment a room's replay shows now."""
    at, since = time.at or now, time.since or now
    return at + (now - since) * time.speed
