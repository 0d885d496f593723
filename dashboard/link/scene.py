"""What the displays of a room share: the intent, never pixels. Pure values, JSON on the socket and in the registry."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

Box = tuple[float, float, float, float]
"""West, south, east, north in WGS84."""


class Person(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who did something in a room: the display's id in it, the user, the name others read.

    ``number`` is 0, or which of its kind of screen it is: then the name is made of kind and number.
    """

    member: str
    user: str
    name: str
    number: int = 0
    screen: str


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """The room's clock: live, or a replay that stood at ``at`` when the server's real clock showed ``since``.

    Replayed time is ``at + (now - since) * speed``; speed 0 stands still.
    """

    mode: Literal["live", "replay"] = "live"
    at: datetime | None = None
    since: datetime | None = None
    speed: float = 0.0


class Scene(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is looked at. None of ``extent`` means: the area's own bounds; of ``case``: no case is selected."""

    area: str
    page: str = "overview"
    layout: str | None = None
    case: str | None = None
    extent: Box | None = None
    filters: dict[str, str] = {}
    hidden_layers: tuple[str, ...] = ()
    time: Moment = Moment()


class Mark(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One annotation over the map: points in WGS84; a circle has its centre and a point of its rim."""

    id: str
    kind: Literal["ink", "arrow", "circle"]
    points: tuple[tuple[float, float], ...]
    case: str | None = None
    by: str = ""


class Push(msgspec.Struct, frozen=True, kw_only=True):
    """What was cast to the wall: by whom, when, what was there before, when it goes back by itself (None: by hand)."""

    by: Person
    at: datetime
    before: Scene
    return_at: datetime | None = None


class Playing(msgspec.Struct, frozen=True, kw_only=True):
    """A playlist that runs: its scenes with their dwell in seconds; it turns at ``next_at``."""

    name: str
    steps: tuple[tuple[Scene, float], ...]
    index: int
    next_at: datetime


class Room(msgspec.Struct, frozen=True, kw_only=True):
    """The whole shared state of a room after message ``seq``."""

    name: str
    scene: Scene
    seq: int = 0
    by: Person | None = None
    push: Push | None = None
    presenter: Person | None = None
    """who holds the lock: while there is one, only it changes the scene"""
    asking: Person | None = None
    """who asks the presenter to hand over"""
    leading: bool = False
    """everyone follows the presenter's map, desks and tablets too"""
    pointer: bool = False
    playing: Playing | None = None
    marks: tuple[Mark, ...] = ()
    undo: tuple[Scene, ...] = ()
    """scenes before, the latest last, at most twenty"""
