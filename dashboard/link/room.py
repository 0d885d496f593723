"""How a room changes: one pure step for all that can be asked of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from msgspec import UNSET
from msgspec.structs import asdict, replace

from . import actions
from .actions import Action
from .refusal import LinkRefused
from .scene import Moment, Person, Playing, Push, Room, Scene

MOST_UNDO: Final = 20
MOST_MARKS: Final = 100
GOING_ON: Final = {"extent", "time"}
"""what changes while somebody pans or scrubs: not worth a step of undo each"""
FREE: Final = (actions.Ask, actions.Decline, actions.Lock, actions.Unlock, actions.Draw, actions.Erase)
"""what a presenter's lock does not forbid to others; each has its own law"""
EMPTY: Final[dict[str, Any]] = {"page": "overview", "filters": {}, "hidden_layers": ()}


def step(room: Room, action: Action, at: datetime) -> Room:
    """Return the room after an action; raise `LinkRefused` where it cannot be. Pure: same in, same out."""
    if action.by and room.presenter and not _same(room.presenter, action.by) and not isinstance(action.what, FREE):
        raise LinkRefused("locked", room.presenter.name)
    after = STEPS[type(action.what)](room, action.what, action.by, at)
    return room if after == room else replace(after, seq=room.seq + 1)


def _same(one: Person | None, other: Person | None) -> bool:
    return one is not None and other is not None and one.member == other.member


def _shown(scene: Scene, show: actions.Show) -> Scene:
    named = {name: value for name, value in asdict(show).items() if name != "minutes" and value is not UNSET}
    if "area" in named and named["area"] != scene.area:
        named.setdefault("extent", None)
    return replace(scene, **{name: EMPTY.get(name) if value is None else value for name, value in named.items()})


def _to(room: Room, scene: Scene, by: Person | None, **other: Any) -> Room:  # noqa: ANN401
    """Look at another scene and remember the one before, unless the same person only goes on panning or scrubbing."""
    before, after = asdict(room.scene), asdict(scene)
    changed = {name for name in after if after[name] != before[name]}
    if not changed:
        return replace(room, **other)
    going_on = changed <= GOING_ON and bool(room.undo) and _same(room.by, by)
    undo = room.undo if going_on else (*room.undo, room.scene)[-MOST_UNDO:]
    return replace(room, scene=scene, by=by, undo=undo, **other)


def _show(room: Room, what: actions.Show, by: Person | None, _at: datetime) -> Room:
    return _to(room, _shown(room.scene, what), by, playing=room.playing if room.push else None)


def _push(room: Room, what: actions.Push, by: Person | None, at: datetime) -> Room:
    minutes = what.minutes or None
    return_at = at + timedelta(minutes=minutes) if minutes else None
    before = room.push.before if room.push else room.scene
    who = by or Person(member="", user="", name="", screen="")
    push = Push(by=who, at=at, before=before, return_at=return_at)
    return _to(room, _shown(room.scene, what), by, push=push)


def _recall(room: Room, _what: actions.Recall, by: Person | None, _at: datetime) -> Room:
    if room.push is None:
        raise LinkRefused("nothing_pushed")
    return _to(room, room.push.before, by, push=None)


def _undo(room: Room, _what: actions.Undo, by: Person | None, _at: datetime) -> Room:
    if not room.undo:
        raise LinkRefused("nothing_to_undo")
    scene = room.undo[-1]
    push = None if room.push and room.push.before == scene else room.push
    return replace(room, scene=scene, undo=room.undo[:-1], by=by, push=push, playing=None)


def _lock(room: Room, _what: actions.Lock, by: Person | None, _at: datetime) -> Room:
    if room.presenter and not _same(room.presenter, by):
        raise LinkRefused("locked", room.presenter.name)
    return replace(room, presenter=by)


def _unlock(room: Room, _what: actions.Unlock, _by: Person | None, _at: datetime) -> Room:
    return replace(room, presenter=None, asking=None, leading=False, pointer=False)


def _ask(room: Room, _what: actions.Ask, by: Person | None, _at: datetime) -> Room:
    if room.presenter is None:
        raise LinkRefused("nobody_presents")
    if _same(room.presenter, by):
        raise LinkRefused("you_present")
    if room.asking and not _same(room.asking, by):
        raise LinkRefused("somebody_asks", room.asking.name)
    return replace(room, asking=by)


def _hand_over(room: Room, _what: actions.HandOver, _by: Person | None, _at: datetime) -> Room:
    if room.asking is None:
        raise LinkRefused("nobody_asks")
    return replace(room, presenter=room.asking, asking=None, leading=False, pointer=False)


def _decline(room: Room, _what: actions.Decline, by: Person | None, _at: datetime) -> Room:
    if room.asking is None:
        raise LinkRefused("nobody_asks")
    if by and not _same(room.presenter, by) and not _same(room.asking, by):
        raise LinkRefused("locked", room.presenter.name if room.presenter else "")
    return replace(room, asking=None)


def _lead(room: Room, what: actions.Lead, by: Person | None, _at: datetime) -> Room:
    return replace(room, leading=what.on, presenter=(room.presenter or by) if what.on else room.presenter)


def _point(room: Room, what: actions.Point, _by: Person | None, _at: datetime) -> Room:
    return replace(room, pointer=what.on)


def _replay(room: Room, what: actions.Replay, by: Person | None, at: datetime) -> Room:
    return _to(room, replace(room.scene, time=Moment(mode="replay", at=what.at, since=at, speed=what.speed)), by)


def _live(room: Room, _what: actions.Live, by: Person | None, _at: datetime) -> Room:
    return _to(room, replace(room.scene, time=Moment()), by)


def _mark(room: Room, what: actions.Draw, by: Person | None, _at: datetime) -> Room:
    others = tuple(mark for mark in room.marks if mark.id != what.mark.id)
    if len(others) >= MOST_MARKS:
        raise LinkRefused("too_many_marks")
    return replace(room, marks=(*others, replace(what.mark, by=by.name if by else "")))


def _erase(room: Room, what: actions.Erase, _by: Person | None, _at: datetime) -> Room:
    others = tuple(mark for mark in room.marks if mark.id != what.id)
    if len(others) == len(room.marks):
        raise LinkRefused("no_such_mark", what.id)
    return replace(room, marks=others)


def _clear_marks(room: Room, _what: actions.ClearMarks, _by: Person | None, _at: datetime) -> Room:
    return replace(room, marks=())


def _play(room: Room, what: actions.Play, by: Person | None, at: datetime) -> Room:
    if not what.steps:
        raise LinkRefused("nothing_to_play", what.playlist)
    return _turned(room, Playing(name=what.playlist, steps=what.steps, index=0, next_at=at), 0, by, at)


def _stop(room: Room, _what: actions.Stop, _by: Person | None, _at: datetime) -> Room:
    if room.playing is None:
        raise LinkRefused("nothing_plays")
    return replace(room, playing=None)


def _turn(room: Room, what: actions.Turn, by: Person | None, at: datetime) -> Room:
    if room.playing is None:
        raise LinkRefused("nothing_plays")
    return _turned(room, room.playing, what.step, by, at)


def _turned(room: Room, playing: Playing, by_steps: int, by: Person | None, at: datetime) -> Room:
    index = (playing.index + by_steps) % len(playing.steps)
    scene, seconds = playing.steps[index]
    playing = replace(playing, index=index, next_at=at + timedelta(seconds=seconds))
    if room.playing and not by:
        # a playlist that runs by itself fills no undo
        return replace(room, scene=scene, playing=playing, by=None)
    return _to(room, scene, by, playing=playing)


STEPS: Final[dict[type, Callable[[Room, Any, Person | None, datetime], Room]]] = {
    actions.Show: _show, actions.Push: _push, actions.Recall: _recall, actions.Undo: _undo, actions.Lock: _lock,
    actions.Unlock: _unlock, actions.Ask: _ask, actions.HandOver: _hand_over, actions.Decline: _decline,
    actions.Lead: _lead, actions.Point: _point, actions.Replay: _replay, actions.Live: _live, actions.Draw: _mark,
    actions.Erase: _erase, actions.ClearMarks: _clear_marks, actions.Play: _play, actions.Stop: _stop,
    actions.Turn: _turn,
}  # fmt: skip
