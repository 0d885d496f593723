"""What a room does by itself: goes back after a push, turns its playlist, frees a lock, tells who is there, is kept."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from pipelines.errors import CitybrainError

from . import actions
from .actions import Action, AnyAsked
from .hub import Message
from .rooms import Rooms
from .scene import Room

BEAT: Final = 0.5
KEPT_WITHIN: Final = 0.1
PRESENTER_AWAY: Final = timedelta(seconds=60)
NODES_HEAR_EVERY: Final = timedelta(seconds=5)
EVER: Final = timedelta(days=1)


class Keeper:
    """Look after the rooms twice a second."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._tasks: list[asyncio.Task[None]] = []
        self._away: dict[tuple[str, str], datetime] = {}
        self._told_nodes: dict[str, datetime] = {}
        self._silent: dict[str, set[str]] = {}

    async def start(self) -> None:
        """Open the rooms and begin."""
        await self._rooms.start()
        self._tasks = [asyncio.create_task(self._beat()), asyncio.create_task(self._keep())]

    async def stop(self) -> None:
        """End, with all rooms kept."""
        for task in self._tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        self._tasks = []
        await self._keep_changed()
        await self._rooms.stop()

    async def look(self) -> None:
        """Do what is due now."""
        rooms, now = self._rooms, self._rooms.house.clock()
        rooms.changed |= rooms.roster.forget(now)
        for room in list(rooms.hub.rooms.values()):
            await self._by_itself(room, now)
            self._notice_silence(room, now)
            fresh = now - self._told_nodes.get(room.name, now - EVER) < NODES_HEAR_EVERY
            if room.name in rooms.changed or not fresh:
                self._told_nodes[room.name] = now
                rooms.tell_nodes(room.name)
            if room.name in rooms.changed:
                rooms.changed.discard(room.name)
                rooms.tell_presence(room.name)

    async def _by_itself(self, room: Room, now: datetime) -> None:
        due: list[AnyAsked] = []
        if room.push and room.push.return_at and room.push.return_at <= now:
            due.append(actions.Recall())
        elif room.playing and not room.push and room.playing.next_at <= now:
            due.append(actions.Turn())
        elif self._presenter_left(room, now):
            due.append(actions.Unlock())
        for what in due:
            with suppress(CitybrainError):
                await self._rooms.hub.send(Message(room=room.name, action=Action(what), at=now, only_at=room.seq))

    def _presenter_left(self, room: Room, now: datetime) -> bool:
        if room.presenter is None:
            return False
        who = room.name, room.presenter.member
        if any(member.member == who[1] for member in self._rooms.roster.members(room, now)):
            self._away.pop(who, None)
            return False
        return now - self._away.setdefault(who, now) > PRESENTER_AWAY

    def _notice_silence(self, room: Room, now: datetime) -> None:
        silent = {seat.member for seat in self._rooms.roster.seats(room.name) if seat.state(now) == "silent"}
        if silent != self._silent.get(room.name, set()):
            self._silent[room.name] = silent
            self._rooms.changed.add(room.name)

    async def _beat(self) -> None:
        while True:
            await self.look()
            await asyncio.sleep(BEAT)

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(KEPT_WITHIN)
            await self._keep_changed()

    async def _keep_changed(self) -> None:
        rooms = self._rooms
        names, rooms.unkept = rooms.unkept, set()
        if rooms.hub.durable:
            return
        for name in names:
            await asyncio.to_thread(rooms.shelf.keep_room, rooms.hub.rooms[name])
