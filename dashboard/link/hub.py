"""What brings every change of a room to every node in one order."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol

import msgspec

from .actions import Action
from .messages import Member
from .refusal import LinkRefused
from .room import step
from .scene import Room


class Message(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing asked of a room, as all nodes hear it; ``ask`` is the asking node's own number."""

    room: str
    action: Action
    at: datetime
    node: str = ""
    ask: int = 0
    only_at: int | None = None
    """what the room itself does is meant for the state it saw: for no other"""


class Here(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A node tells which displays of a room it holds."""

    room: str
    node: str
    members: tuple[Member, ...]


class Fleeting(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A frame for the displays of a room that only its moment gives a meaning: a pointer, a viewport."""

    room: str
    node: str
    member: str
    frame: str


class Wish(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Somebody wants a picture of a member's display."""

    room: str
    node: str
    member: str


class Picture(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A picture of a member's display."""

    room: str
    node: str
    member: str
    at: datetime
    data: str


Note = Here | Fleeting | Wish | Picture
"""What nodes tell each other besides: may be lost, is said again or forgotten."""
Applied = Callable[[Message, LinkRefused | None], None]


class Hub(Protocol):
    """The rooms as this node knows them, changed by the same messages in the same order on every node."""

    rooms: dict[str, Room]
    durable: bool
    """whether the hub itself keeps the rooms over a restart"""

    async def start(self, applied: Applied, heard: Callable[[Note], None], renewed: Callable[[], None]) -> None:
        """Begin; ``applied`` hears every message once done or refused, ``renewed`` that all rooms may be others."""
        ...

    def send(self, message: Message) -> Awaitable[None]:
        """Hand in a message; raise `LinkRefused` while the hub is away."""
        ...

    def shout(self, note: Note) -> None:
        """Tell the other nodes something that may be lost."""
        ...

    async def stop(self) -> None:
        """End."""
        ...


def applied(rooms: dict[str, Room], message: Message) -> LinkRefused | None:
    """Change the room a message is for; return why not."""
    room = rooms.get(message.room)
    if room is None:
        return LinkRefused("no_such_room", message.room)
    if message.only_at is not None and message.only_at != room.seq:
        return LinkRefused("locked", "the room went on")
    try:
        rooms[message.room] = step(room, message.action, message.at)
    except LinkRefused as refused:
        return refused
    return None
