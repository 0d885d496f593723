"""What can be asked of a room, and by whom it was."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any, get_args

import msgspec
from msgspec import UNSET, Meta, UnsetType

from .refusal import LinkRefused
from .scene import Box, Mark, Person, Scene

Word = Annotated[str, Meta(min_length=1, max_length=64)]
CaseId = Annotated[str, Meta(min_length=1, max_length=200)]
Words = Annotated[tuple[Word, ...], Meta(max_length=32)]
Filters = Annotated[dict[Word, Annotated[str, Meta(max_length=200)]], Meta(max_length=16)]
MOST_POINTS = 500


def wire(name: str) -> str:
    """Write a class's name as it is on the wire: ``ClearMarks`` is ``clear_marks``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


class Asked(msgspec.Struct, frozen=True, kw_only=True, tag=wire, tag_field="action", forbid_unknown_fields=True):
    """One thing that a room can be asked for."""


class Show(Asked, frozen=True, kw_only=True, omit_defaults=True):
    """Look at something else; what is not named stays, null clears."""

    area: Word | UnsetType = UNSET
    page: Word | UnsetType | None = UNSET
    layout: Word | UnsetType | None = UNSET
    case: CaseId | UnsetType | None = UNSET
    extent: Box | UnsetType | None = UNSET
    filters: Filters | UnsetType | None = UNSET
    hidden_layers: Words | UnsetType | None = UNSET


class Push(Show, frozen=True, kw_only=True, omit_defaults=True):
    """Cast to the wall; it goes back after some minutes, by hand if null, as the room is used to if not named."""

    minutes: Annotated[float, Meta(gt=0, le=1440)] | UnsetType | None = UNSET


class Recall(Asked, frozen=True, kw_only=True):
    """Bring back what was there before the push."""


class Undo(Asked, frozen=True, kw_only=True):
    """Go back to the scene before."""


class Lock(Asked, frozen=True, kw_only=True):
    """Become the presenter: only this one changes the scene."""


class Unlock(Asked, frozen=True, kw_only=True):
    """Free the scene for all."""


class Ask(Asked, frozen=True, kw_only=True):
    """Ask the presenter to hand over."""


class HandOver(Asked, frozen=True, kw_only=True):
    """Let who asks present."""


class Decline(Asked, frozen=True, kw_only=True):
    """Let who asks wait; or withdraw."""


class Lead(Asked, frozen=True, kw_only=True):
    """Let everyone follow the presenter's map, or look freely again."""

    on: bool


class Point(Asked, frozen=True, kw_only=True):
    """Show the presenter's pointer on the wall, or hide it."""

    on: bool


class Replay(Asked, frozen=True, kw_only=True):
    """Look at the city as of a moment, standing still or running."""

    at: Annotated[datetime, Meta(tz=True)]
    speed: Annotated[float, Meta(ge=0, le=3600)] = 0.0


class Live(Asked, frozen=True, kw_only=True):
    """Look at the city's present."""


class Draw(Asked, frozen=True, kw_only=True, tag="mark"):
    """Draw a mark over the map, in place of the one of its id."""

    mark: Mark


class Erase(Asked, frozen=True, kw_only=True):
    """Take a mark away."""

    id: Word


class ClearMarks(Asked, frozen=True, kw_only=True):
    """Take all marks away."""


class Play(Asked, frozen=True, kw_only=True, omit_defaults=True):
    """Show the scenes of a playlist, each for its time; the server fills in the steps."""

    playlist: Word
    steps: tuple[tuple[Scene, float], ...] = ()


class Stop(Asked, frozen=True, kw_only=True):
    """Stay at this scene of the playlist."""


class Turn(Asked, frozen=True, kw_only=True):
    """Go on, or back, in the playlist."""

    step: Annotated[int, Meta(ge=-1, le=1)] = 1


AnyAsked = (
    Show | Push | Recall | Undo | Lock | Unlock | Ask | HandOver | Decline | Lead | Point | Replay | Live
    | Draw | Erase | ClearMarks | Play | Stop | Turn
)  # fmt: skip
KINDS: dict[str, type[Asked]] = {str(kind.__struct_config__.tag): kind for kind in get_args(AnyAsked)}


class Action(msgspec.Struct, frozen=True):
    """What was asked, and by whom; by nobody where the room itself goes on."""

    what: AnyAsked
    by: Person | None = None


def understood(name: str, values: dict[str, Any]) -> AnyAsked:
    """Return what a client asks for; raise `LinkRefused` for anything that is not of the protocol."""
    try:
        asked: AnyAsked = msgspec.convert({**values, "action": name}, AnyAsked)
    except (msgspec.ValidationError, TypeError) as error:
        raise LinkRefused("wrong", str(error)) from None
    if isinstance(asked, Draw) and not 1 <= len(asked.mark.points) <= MOST_POINTS:
        raise LinkRefused("wrong", f"a mark has 1 to {MOST_POINTS} points - at `$.mark.points`")
    if isinstance(asked, Draw) and max(len(asked.mark.id), len(asked.mark.case or "")) > MOST_POINTS:
        raise LinkRefused("wrong", "a mark's id and case are short - at `$.mark.id`")
    return msgspec.structs.replace(asked, steps=()) if isinstance(asked, Play) else asked
