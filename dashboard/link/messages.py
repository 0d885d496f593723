"""Every frame of the socket, up and down: the protocol in one place."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta

from .actions import wire
from .refusal import LinkRefused
from .scene import Box, Mark, Person, Playing, Scene
from .scene import Push as Pushed

PROTOCOL: Final = 2
MOST_BYTES: Final = 4096
MOST_BYTES_OF: Final = {"thumbnail": 49_152, "act": 32_768}
Name = Annotated[str, Meta(min_length=1, max_length=128)]
Text = Annotated[str, Meta(max_length=200)]
Count = Annotated[int, Meta(ge=0)]


class Up(msgspec.Struct, frozen=True, kw_only=True, tag=wire, tag_field="type"):
    """What a display says."""


class Subscribe(Up, frozen=True, kw_only=True):
    """Watch a view over an area."""

    view: Name
    area: Name


class Resync(Up, frozen=True, kw_only=True):
    """Ask for all rows of a channel again."""

    view: Name
    area: Name


class Unsubscribe(Up, frozen=True, kw_only=True):
    """Watch a channel no more."""

    view: Name
    area: Name


class Join(Up, frozen=True, kw_only=True):
    """Enter a room; ``member`` is the id of an earlier visit, taken again where nobody else has it."""

    room: Name
    screen: Name = "desk"
    name: Text = ""
    follow: bool = False
    layout: Text = ""
    width: Count = 0
    height: Count = 0
    member: Text = ""


class Leave(Up, frozen=True, kw_only=True):
    """Leave the room, stay connected."""


class Follow(Up, frozen=True, kw_only=True):
    """Follow the room, or look freely."""

    on: bool


class Watch(Up, frozen=True, kw_only=True):
    """Follow one member's map, or nobody's."""

    member: Name | None


class Act(Up, frozen=True, kw_only=True):
    """Ask something of the room."""

    id: Text
    action: Name
    values: dict[str, Any] = {}


class Pointer(Up, frozen=True, kw_only=True):
    """Point at a place."""

    lon: Annotated[float, Meta(ge=-180, le=180)]
    lat: Annotated[float, Meta(ge=-90, le=90)]


class Viewport(Up, frozen=True, kw_only=True):
    """Tell where one's own map is."""

    extent: Box
    area: Name


class Health(Up, frozen=True, kw_only=True):
    """Tell how the display fares, every five seconds."""

    build: Text = ""
    layout: Text = ""
    frames_per_second: float | None = None
    heap_mb: float | None = None
    last_tick_at: Text | None = None
    freshness: Text = ""
    errors: Count = 0


class Want(Up, frozen=True, kw_only=True):
    """Ask a member's display for a picture of itself."""

    member: Name
    what: Literal["thumbnail"] = "thumbnail"


class Thumbnail(Up, frozen=True, kw_only=True):
    """The picture that was wanted."""

    data: Annotated[str, Meta(pattern="^data:image/(webp|png|jpeg);base64,[A-Za-z0-9+/=]+$")]
    id: Text = ""


AnyUp = (
    Subscribe | Resync | Unsubscribe | Join | Leave | Follow | Watch | Act | Pointer | Viewport | Health | Want
    | Thumbnail
)  # fmt: skip
_READER: Final[msgspec.json.Decoder[AnyUp]] = msgspec.json.Decoder(AnyUp)


def read(text: str) -> AnyUp:
    """Understand a frame; raise `LinkRefused` for what is too large or not of the protocol."""
    if len(text) > MOST_BYTES and len(text) > _most(text):
        raise LinkRefused("wrong", f"{len(text)} bytes, expected a smaller frame")
    try:
        return _READER.decode(text)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise LinkRefused("wrong", f"expected a frame of docs/PROTOCOL.md as JSON: {error}") from None


def _most(text: str) -> int:
    head = text[:40].replace(" ", "")
    return next((most for kind, most in MOST_BYTES_OF.items() if f'"type":"{kind}"' in head), MOST_BYTES)


class Down(msgspec.Struct, frozen=True, kw_only=True, tag=wire, tag_field="type"):
    """What a display is told."""


class Hello(Down, frozen=True, kw_only=True):
    """The greeting."""

    build: str
    city: str
    now: datetime
    rounds: bool
    protocol: int
    layout: str = ""
    """what a wall lays itself out by; a wall of another one loads its page anew"""


class Snapshot(Down, frozen=True, kw_only=True):
    """All rows of a channel."""

    view: str
    area: str
    seq: int
    as_of: datetime
    key: str
    rows: list[dict[str, Any]]


class Delta(Down, frozen=True, kw_only=True):
    """What changed in a channel."""

    view: str
    area: str
    seq: int
    as_of: datetime
    set: list[dict[str, Any]]
    drop: list[str]


class Round(Down, frozen=True, kw_only=True):
    """All changes up to a moment were sent."""

    as_of: datetime


class Pulse(msgspec.Struct, frozen=True):
    """How a source is."""

    state: str
    source: str | None
    last_at: datetime | None


class Tick(Down, frozen=True, kw_only=True):
    """The heartbeat of each second."""

    now: datetime
    as_of: datetime
    clock: str
    speed: float
    feed: Pulse
    sources: list[Pulse]
    position: int


class Refused(Down, frozen=True, kw_only=True, omit_defaults=True):
    """A channel, or a frame, was refused."""

    reason: str
    view: str | None = None
    area: str | None = None


class Joined(Down, frozen=True, kw_only=True):
    """Who one is in the room."""

    room: str
    member: str
    name: str
    number: int
    screen: str
    capabilities: list[str]


class State(msgspec.Struct, frozen=True, kw_only=True):
    """The whole state of a room, without marks."""

    scene: Scene
    by: Person | None
    push: Pushed | None
    presenter: Person | None
    asking: Person | None
    leading: bool
    pointer: bool
    playing: Playing | None
    undo: int


class SceneFrame(Down, frozen=True, kw_only=True, tag="scene"):
    """The room's state; the highest ``seq`` counts."""

    room: str
    seq: int
    now: datetime
    state: State


class Marks(Down, frozen=True, kw_only=True):
    """All marks of the room; the highest ``seq`` counts."""

    room: str
    seq: int
    marks: tuple[Mark, ...]


class Vitals(msgspec.Struct, frozen=True, kw_only=True):
    """How a member's display fares, as it said itself."""

    at: datetime
    build: str
    layout: str
    frames_per_second: float | None
    heap_mb: float | None
    last_tick_at: str | None
    freshness: str
    errors: int


class Member(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One display in the room, as others see it."""

    member: str
    name: str
    number: int = 0
    user: str
    screen: str
    follow: bool
    area: str
    page: str
    since: datetime
    state: Literal["live", "silent", "late"]
    health: Vitals | None = None


class Presence(Down, frozen=True, kw_only=True):
    """Who is in the room."""

    room: str
    seq: int
    members: list[Member]


class Pointed(Down, frozen=True, kw_only=True, tag="pointer"):
    """The presenter points."""

    room: str
    by: str
    lon: float
    lat: float


class Viewed(Down, frozen=True, kw_only=True, tag="viewport"):
    """A member's map moved."""

    room: str
    member: str
    extent: Box
    area: str


class Wanted(Down, frozen=True, kw_only=True):
    """Somebody wants a picture of this display."""

    what: str
    id: str


class Pictured(Down, frozen=True, kw_only=True, tag="thumbnail"):
    """The picture of a member's display that was asked for."""

    room: str
    member: str
    at: datetime
    data: str


class Recycle(Down, frozen=True, kw_only=True):
    """Load the page anew."""

    reason: Literal["build", "layout", "planned"]


class Done(Down, frozen=True, kw_only=True):
    """The room did what was asked."""

    id: str
    room: str
    seq: int


class Denied(Down, frozen=True, kw_only=True):
    """The room did not do what was asked."""

    id: str
    reason: str
    code: str


AnyDown = (
    Hello | Snapshot | Delta | Round | Tick | Refused | Joined | SceneFrame | Marks | Presence | Pointed | Viewed
    | Wanted | Pictured | Recycle | Done | Denied
)  # fmt: skip


def written(frame: Down) -> str:
    """Write a frame for the socket."""
    return msgspec.json.encode(frame).decode()
