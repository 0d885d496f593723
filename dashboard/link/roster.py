"""Who is in which room: this node's displays, and those that other nodes tell of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Final, Literal, Protocol

from pipelines.contract.scope import Viewer

from .messages import Health, Member, Vitals
from .scene import Person, Room

SILENT_AFTER: Final = timedelta(seconds=10)
NODE_AWAY_AFTER: Final = timedelta(seconds=15)
MISSED_FOR: Final = timedelta(minutes=10)
GOOD: Final = frozenset({"", "live", "idle", "connecting", "replay", "simulation"})


class Outbox(Protocol):
    """Where a display's frames are put."""

    def put(self, frame: str) -> None:
        """Queue a frame."""
        ...


@dataclass(eq=False, slots=True)
class Seat:
    """One display in a room."""

    room: str
    member: str
    name: str
    number: int
    """which of its kind it is, where the name is made of kind and number; else 0"""
    viewer: Viewer
    screen: str
    follow: bool
    outbox: Outbox
    since: datetime
    heard: datetime
    """when it last told how it fares, or came"""
    layout: str = ""
    area: str | None = None
    watches: str | None = None
    vitals: Vitals | None = None
    recycled: bool = field(default=False)

    @property
    def person(self) -> Person:
        """Return who acts from here."""
        return Person(member=self.member, user=self.viewer.user, name=self.name, number=self.number, screen=self.screen)

    def take(self, health: Health, at: datetime) -> None:
        """Remember how the display fares."""
        self.heard = at
        self.vitals = Vitals(
            at=at, build=health.build, layout=health.layout, frames_per_second=health.frames_per_second,
            heap_mb=health.heap_mb, last_tick_at=health.last_tick_at, freshness=health.freshness, errors=health.errors,
        )  # fmt: skip

    def seen(self, room: Room, now: datetime) -> Member:
        """Return the display as others see it."""
        follows = self.follow or room.leading
        area = room.scene.area if follows or not self.area else self.area
        return Member(
            member=self.member, name=self.name, number=self.number, user=self.viewer.user, screen=self.screen,
            follow=self.follow, area=area, page=room.scene.page if follows else "", since=self.since,
            state=self.state(now), health=self.vitals,
        )  # fmt: skip

    def state(self, now: datetime) -> Literal["live", "silent", "late"]:
        """Tell whether it is heard, and whether what it shows is of now."""
        if now - self.heard > SILENT_AFTER:
            return "silent"
        return "live" if self.vitals is None or self.vitals.freshness in GOOD else "late"


class Roster:
    """The members of all rooms."""

    def __init__(self) -> None:
        self._seats: dict[str, dict[str, Seat]] = {}
        self._others: dict[tuple[str, str], tuple[datetime, tuple[Member, ...]]] = {}
        self._missed: dict[tuple[str, str], tuple[datetime, Member]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._seats.values()))

    def seats(self, room: str) -> list[Seat]:
        """Return this node's displays of a room."""
        return list(self._seats.get(room, {}).values())

    def find(self, room: str, member: str) -> Seat | None:
        """Return a display of this node."""
        return self._seats.get(room, {}).get(member)

    def add(self, seat: Seat) -> None:
        """Let a display in."""
        self._seats.setdefault(seat.room, {})[seat.member] = seat
        self._missed.pop((seat.room, seat.member), None)

    def drop(self, seat: Seat, room: Room, now: datetime) -> None:
        """Let a display go; a paired wall that went is missed for some minutes."""
        if self.find(seat.room, seat.member) is not seat:
            return
        del self._seats[seat.room][seat.member]
        if "wall" in seat.viewer.roles:
            gone = seat.seen(room, now + SILENT_AFTER * 2)
            self._missed[seat.room, seat.member] = (now + MISSED_FOR, gone)

    def told(self, room: str, node: str, members: tuple[Member, ...], now: datetime) -> bool:
        """Take what another node says; tell whether it is new."""
        before = self._others.get((room, node))
        self._others[room, node] = (now + NODE_AWAY_AFTER, members)
        return before is None or before[1] != members

    def forget(self, now: datetime) -> set[str]:
        """Forget nodes that said nothing for long and walls missed for long; return the rooms that changed."""
        late = [key for key, (until, _) in self._others.items() if until <= now]
        gone = [key for key, (until, _) in self._missed.items() if until <= now]
        for key in late:
            del self._others[key]
        for key in gone:
            del self._missed[key]
        return {room for room, _ in (*late, *gone)}

    def here(self, room: Room, now: datetime) -> tuple[Member, ...]:
        """Return this node's displays of a room as others see them."""
        return tuple(seat.seen(room, now) for seat in self.seats(room.name))

    def members(self, room: Room, now: datetime) -> list[Member]:
        """Return everybody in a room, who came first first."""
        found = {member.member: member for _, member in self._missed_in(room.name)}
        found |= {m.member: m for (name, _), (_, some) in self._others.items() if name == room.name for m in some}
        found |= {member.member: member for member in self.here(room, now)}
        return sorted(found.values(), key=lambda member: (member.since, member.member))

    def named(self, room: Room, viewer: Viewer, kind: str, wished: str, now: datetime) -> tuple[str, int]:
        """Return what a newcomer is called: the viewer's name, else what it wished for, else its kind's next number."""
        if viewer.name:
            return viewer.name, 0
        taken = {member.name for member in self.members(room, now) if member.state != "silent" or not viewer.session}
        if wished and wished not in taken:
            return wished, 0
        return next((name, n) for n in count(1) if (name := f"{kind}{n}") not in taken)

    def _missed_in(self, room: str) -> Iterator[tuple[str, Member]]:
        return ((name, member) for (name, _), (_, member) in self._missed.items() if name == room)
