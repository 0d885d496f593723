"""What displays are told of a room, encoded once for all."""

from __future__ import annotations

from datetime import datetime

import msgspec

from . import messages
from .messages import Member, State, written
from .scene import Room


def scene_frame(room: Room, now: datetime) -> str:
    """Tell a room's whole state."""
    state = State(
        scene=room.scene, by=room.by, push=room.push, presenter=room.presenter, asking=room.asking,
        leading=room.leading, pointer=room.pointer, playing=room.playing, undo=len(room.undo),
    )  # fmt: skip
    return written(messages.SceneFrame(room=room.name, seq=room.seq, now=now, state=state))


def marks_frame(room: Room) -> str:
    """Tell all marks of a room."""
    return written(messages.Marks(room=room.name, seq=room.seq, marks=room.marks))


def presence_frame(room: Room, seq: int, members: list[Member], *, health: bool) -> str:
    """Tell who is in a room; how their displays fare only to who may know."""
    shown = members if health else [msgspec.structs.replace(member, health=None) for member in members]
    return written(messages.Presence(room=room.name, seq=seq, members=shown))
