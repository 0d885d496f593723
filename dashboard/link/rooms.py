"""The rooms of a site as this node serves them: who comes and goes, what is asked, what everybody is told."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Final

from msgspec import UNSET
from msgspec.structs import replace

from pipelines.contract.roles import may
from pipelines.contract.scope import Viewer
from pipelines.errors import CitybrainError

from . import actions, messages, rights
from .actions import Action, AnyAsked
from .apart import is_for, room_for
from .hub import Fleeting, Here, Hub, Message, Note, Picture, Wish
from .messages import written
from .refusal import LinkRefused
from .roster import Outbox, Roster, Seat
from .scene import Person, Room
from .shelf import Shelf
from .telling import marks_frame, presence_frame, scene_frame

PATIENCE: Final = 8.0
MEMBER: Final = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class House:
    """What the rooms know of where they are: the machine's time, the city's present, whom to admit."""

    clock: Callable[[], datetime]
    latest: Callable[[], datetime]
    admit: Callable[[str, Viewer], None]
    build: str = ""
    minutes: dict[str, float | None] = field(default_factory=dict)
    """after how many minutes a push goes back, by room, where nobody says"""
    kinds: dict[str, str] = field(default_factory=dict)
    """what a class of screen is called in the city's language"""


class Rooms:
    """All rooms: order by the hub, presence by the roster, frames to the displays."""

    def __init__(self, hub: Hub, shelf: Shelf, house: House) -> None:
        self.hub = hub
        self.shelf = shelf
        self.house = house
        self.roster = Roster()
        self.node = secrets.token_hex(4)
        self.pictures: dict[tuple[str, str], Picture] = {}
        self.changed: set[str] = set()
        """rooms whose presence must be told"""
        self.unkept: set[str] = set()
        """rooms that changed since they were kept"""
        self.on_scene: Callable[[Room], None] = lambda _room: None
        self.on_seat: Callable[[Seat], None] = lambda _seat: None
        self._numbers = count(1)
        self._waiting: dict[int, asyncio.Future[int]] = {}
        self._wishes: dict[tuple[str, str], set[Seat]] = {}
        self._told = count(1)

    async def start(self) -> None:
        """Take the rooms up where they were left."""
        if not self.hub.durable:
            kept = await asyncio.to_thread(self.shelf.rooms)
            self.hub.rooms |= {name: room for name, room in kept.items() if name in self.hub.rooms}
        await self.hub.start(self._applied, self._heard, self._renewed)

    async def stop(self) -> None:
        """End."""
        await self.hub.stop()

    def of(self, name: str, viewer: Viewer) -> Room:
        """Return a room; raise `LinkRefused` if there is none of that name or the viewer may not enter it."""
        bound = viewer.room and room_for(viewer.room, viewer)
        if name not in self.hub.rooms or bound not in (None, name) or not is_for(name, viewer):
            raise LinkRefused("no_such_room", name)
        if not may(viewer.roles, "join") and not may(viewer.roles, "presence"):
            raise LinkRefused("not_allowed", "a room needs join")
        return self.hub.rooms[name]

    def join(self, outbox: Outbox, viewer: Viewer, wanted: messages.Join) -> Seat:
        """Let a display in and tell it all there is; raise `LinkRefused` if there is no such room for it."""
        room = self.hub.rooms.get(room_for(viewer.room or wanted.room, viewer))
        if room is None:
            raise LinkRefused("no_such_room", wanted.room)
        if not may(viewer.roles, "join"):
            raise LinkRefused("not_allowed", "join")
        now = self.house.clock()
        kind = self.house.kinds.get(wanted.screen, wanted.screen)
        name, number = self.roster.named(room, viewer, kind, wanted.name, now)
        seat = Seat(
            room=room.name, member=self._member(room, wanted.member, viewer, now), viewer=viewer,
            name=name, number=number, screen=wanted.screen,
            follow=wanted.follow or wanted.screen == "wall", outbox=outbox, since=now, heard=now, layout=wanted.layout,
        )  # fmt: skip
        self.roster.add(seat)
        joined = messages.Joined(
            room=room.name, member=seat.member, name=seat.name, number=seat.number, screen=seat.screen,
            capabilities=rights.capabilities(viewer),
        )  # fmt: skip
        for frame in (written(joined), *self.present(seat)):
            outbox.put(frame)
        self.changed.add(room.name)
        self.on_seat(seat)
        return seat

    def present(self, seat: Seat) -> list[str]:
        """Return all that a display must know of its room as it is now."""
        room, now = self.hub.rooms[seat.room], self.house.clock()
        members = self.roster.members(room, now)
        health = may(seat.viewer.roles, "presence")
        told = presence_frame(room, next(self._told), members, health=health)
        return [scene_frame(room, now), marks_frame(room), told]

    def leave(self, seat: Seat) -> None:
        """Let a display go."""
        self.roster.drop(seat, self.hub.rooms[seat.room], self.house.clock())
        for wishers in self._wishes.values():
            wishers.discard(seat)
        self.changed.add(seat.room)

    async def act(self, seat: Seat, frame: messages.Act) -> None:
        """Do what a display asks of its room, and answer it."""
        try:
            seq = await self.ask(seat, actions.understood(frame.action, frame.values), frame.action)
        except LinkRefused as refused:
            answer = messages.Denied(id=frame.id, reason=str(refused), code=refused.code)
            seat.outbox.put(written(answer))
        else:
            seat.outbox.put(written(messages.Done(id=frame.id, room=seat.room, seq=seq)))

    async def ask(self, seat: Seat, what: AnyAsked, name: str) -> int:
        """Ask something of a room for a display; return the room's number then, or raise `LinkRefused`."""
        room = self.hub.rooms[seat.room]
        rights.allow(seat.viewer, seat.person, name, room)
        what = await self._completed(what, seat)
        return await self._sent(room.name, what, seat.person)

    async def _completed(self, what: AnyAsked, seat: Seat) -> AnyAsked:
        """Fill in what only the server knows, and refuse what only it can."""
        if isinstance(what, actions.Show) and isinstance(what.area, str):
            self.admit([what.area], seat.viewer)
        if isinstance(what, actions.Push) and what.minutes is UNSET:
            what = replace(what, minutes=self.house.minutes.get(seat.room))
        if isinstance(what, actions.Replay) and what.at > self.house.latest():
            raise LinkRefused("future")
        if isinstance(what, actions.Play):
            steps = await asyncio.to_thread(self.shelf.steps, seat.room, what.playlist)
            self.admit({scene.area for scene, _ in steps}, seat.viewer)
            what = replace(what, steps=steps)
        return what

    def admit(self, areas: list[str] | set[str], viewer: Viewer) -> None:
        """Raise `LinkRefused` unless a viewer may show these areas."""
        try:
            for area in areas:
                self.house.admit(area, viewer)
        except CitybrainError as error:
            raise LinkRefused("outside", str(error)) from None

    async def _sent(self, room: str, what: AnyAsked, by: Person) -> int:
        number = next(self._numbers)
        answer: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._waiting[number] = answer
        message = Message(room=room, action=Action(what, by), at=self.house.clock(), node=self.node, ask=number)
        try:
            async with asyncio.timeout(PATIENCE):
                await self.hub.send(message)
                return await answer
        except TimeoutError:
            raise LinkRefused("away") from None
        finally:
            del self._waiting[number]

    def follow(self, seat: Seat, on: bool) -> None:
        """Let a display follow, or look freely; a wall always follows."""
        seat.follow = on or seat.screen == "wall"
        self.changed.add(seat.room)
        self.on_seat(seat)

    def point(self, seat: Seat, frame: messages.Pointer) -> None:
        """Show where the presenter points, if the pointer is on."""
        room = self.hub.rooms[seat.room]
        presents = room.presenter.member == seat.member if room.presenter else may(seat.viewer.roles, "push")
        if room.pointer and presents and not seat.viewer.seen_by:
            told = messages.Pointed(room=seat.room, by=seat.name, lon=frame.lon, lat=frame.lat)
            self._flash(seat, written(told))

    def view(self, seat: Seat, frame: messages.Viewport) -> None:
        """Tell where a display's map is."""
        if seat.area != frame.area:
            self.admit([frame.area], seat.viewer)
            seat.area = frame.area
            self.changed.add(seat.room)
        told = messages.Viewed(room=seat.room, member=seat.member, extent=frame.extent, area=frame.area)
        self._flash(seat, written(told))

    def fare(self, seat: Seat, frame: messages.Health) -> None:
        """Hear how a display fares; one of another build loads itself anew."""
        seat.take(frame, self.house.clock())
        self.changed.add(seat.room)
        if frame.build and self.house.build and frame.build != self.house.build and not seat.recycled:
            seat.recycled = True
            seat.outbox.put(written(messages.Recycle(reason="build")))

    def want(self, seat: Seat, frame: messages.Want) -> None:
        """Ask a member's display for its picture, for who may know how displays fare."""
        if not may(seat.viewer.roles, "presence"):
            raise LinkRefused("not_allowed", "want needs presence")
        self._wishes.setdefault((seat.room, frame.member), set()).add(seat)
        self.wish(seat.room, frame.member)

    def wish(self, room: str, member: str) -> None:
        """Ask a member's display for its picture."""
        if target := self.roster.find(room, member):
            target.outbox.put(written(messages.Wanted(what="thumbnail", id=secrets.token_hex(4))))
        else:
            self.hub.shout(Wish(room=room, node=self.node, member=member))

    def picture(self, seat: Seat, frame: messages.Thumbnail) -> None:
        """Keep a display's picture and show it to who asked."""
        picture = Picture(room=seat.room, node=self.node, member=seat.member, at=self.house.clock(), data=frame.data)
        self._pictured(picture)
        self.hub.shout(picture)

    def _pictured(self, picture: Picture) -> None:
        where = picture.room, picture.member
        self.pictures[where] = picture
        told = messages.Pictured(room=picture.room, member=picture.member, at=picture.at, data=picture.data)
        for seat in self._wishes.pop(where, ()):
            seat.outbox.put(written(told))

    def _flash(self, seat: Seat, frame: str) -> None:
        self._pass_on(seat.room, seat.member, frame)
        self.hub.shout(Fleeting(room=seat.room, node=self.node, member=seat.member, frame=frame))

    def _pass_on(self, room: str, sender: str, frame: str) -> None:
        for other in self.roster.seats(room):
            if other.member != sender:
                other.outbox.put(frame)

    def _applied(self, message: Message, refused: LinkRefused | None) -> None:
        if refused is None:
            self._tell(self.hub.rooms[message.room], message)
        answer = self._waiting.get(message.ask) if message.node == self.node else None
        if answer and not answer.done():
            if refused:
                answer.set_exception(refused)
            else:
                answer.set_result(self.hub.rooms[message.room].seq)

    def _tell(self, room: Room, message: Message) -> None:
        self.unkept.add(room.name)
        marks = isinstance(message.action.what, actions.Draw | actions.Erase | actions.ClearMarks)
        frame = marks_frame(room) if marks else scene_frame(room, self.house.clock())
        for seat in self.roster.seats(room.name):
            seat.outbox.put(frame)
        if not marks:
            self.changed.add(room.name)
            self.on_scene(room)

    def _renewed(self) -> None:
        """Tell everything again: the hub was away, and what it brought back may be another state."""
        for room in self.hub.rooms.values():
            for seat in self.roster.seats(room.name):
                for frame in self.present(seat):
                    seat.outbox.put(frame)
            self.on_scene(room)

    def _heard(self, note: Note) -> None:
        if note.node == self.node or note.room not in self.hub.rooms:
            return
        if isinstance(note, Here):
            if self.roster.told(note.room, note.node, note.members, self.house.clock()):
                self.changed.add(note.room)
        elif isinstance(note, Fleeting):
            self._pass_on(note.room, note.member, note.frame)
        elif isinstance(note, Wish):
            if self.roster.find(note.room, note.member):
                self.wish(note.room, note.member)
        else:
            self._pictured(note)

    def tell_presence(self, name: str) -> None:
        """Tell a room's displays who is in it."""
        room, now = self.hub.rooms[name], self.house.clock()
        members, seq = self.roster.members(room, now), next(self._told)
        frames = {health: presence_frame(room, seq, members, health=health) for health in (True, False)}
        for seat in self.roster.seats(name):
            seat.outbox.put(frames[may(seat.viewer.roles, "presence")])

    def tell_nodes(self, name: str) -> None:
        """Tell the other nodes which displays of a room are here."""
        here = self.roster.here(self.hub.rooms[name], self.house.clock())
        self.hub.shout(Here(room=name, node=self.node, members=here))

    def _member(self, room: Room, wished: str, viewer: Viewer, now: datetime) -> str:
        """Give a newcomer an id: the one it had, unless somebody else has it."""
        if not MEMBER.fullmatch(wished):
            return secrets.token_hex(6)
        same = next((one for one in self.roster.members(room, now) if one.member == wished), None)
        people = (room.presenter, room.asking, room.by, room.push.by if room.push else None)
        another = any(person and person.member == wished and person.user != viewer.user for person in people)
        # a page that was duplicated has the id of one that still lives: it becomes another member
        lives = same and (same.user != viewer.user or self._lives(room.name, wished, now))
        return secrets.token_hex(6) if another or lives else wished

    def _lives(self, room: str, member: str, now: datetime) -> bool:
        seat = self.roster.find(room, member)
        return bool(seat and now - seat.heard < timedelta(seconds=6))
