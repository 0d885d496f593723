"""The laws of a room's step."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.link import actions
from dashboard.link.actions import Action
from dashboard.link.refusal import LinkRefused
from dashboard.link.rights import NEEDS, PRESENTERS, allow
from dashboard.link.room import FREE, MOST_UNDO, step
from dashboard.link.scene import Room
from pipelines.contract.roles import ROLES
from pipelines.contract.scope import Scope, Viewer
from tests.link.asking import ACTIONS, AT, BEGUN, PEOPLE, SHOWN

HISTORY = st.lists(ACTIONS, max_size=25)


def played(history: list[Action], room: Room = BEGUN) -> Room:
    for number, action in enumerate(history):
        try:
            room = step(room, action, AT + timedelta(seconds=number))
        except LinkRefused:
            continue
    return room


def free(history: list[Action]) -> Room:
    return msgspec.structs.replace(played(history), presenter=None, asking=None)


@given(HISTORY, ACTIONS)
def test_a_step_is_pure_counts_by_one_and_survives_the_wire(history: list[Action], action: Action) -> None:
    room = played(history)
    before = msgspec.json.encode(room)
    try:
        after = step(room, action, AT)
    except LinkRefused:
        with pytest.raises(LinkRefused):
            step(room, action, AT)
        return
    assert msgspec.json.encode(room) == before
    wire = msgspec.json.decode(msgspec.json.encode(action), type=Action)
    assert step(msgspec.json.decode(before, type=Room), wire, AT) == after
    assert after == room or after.seq == room.seq + 1
    assert len(after.undo) <= MOST_UNDO
    assert msgspec.json.decode(msgspec.json.encode(after), type=Room) == after


@given(HISTORY, SHOWN)
def test_undo_brings_back_the_scene_before(history: list[Action], shown: dict[str, object]) -> None:
    room = free(history)
    # somebody else's hand is always a step of its own
    other = next(person for person in PEOPLE if not room.by or person.member != room.by.member)
    after = step(room, Action(actions.Show(**shown), other), AT)  # type: ignore[arg-type]
    if after.scene != room.scene:
        assert step(after, Action(actions.Undo(), other), AT).scene == room.scene


@given(HISTORY, st.lists(SHOWN, min_size=1, max_size=4))
def test_recall_brings_back_what_was_before_the_first_push(history: list[Action], pushed: list[dict]) -> None:
    room = msgspec.structs.replace(free(history), push=None)
    after = room
    for shown in pushed:
        after = step(after, Action(actions.Push(**shown, minutes=5), PEOPLE[0]), AT)
    assert after.push is not None
    assert after.push.return_at == AT + timedelta(minutes=5)
    back = step(after, Action(actions.Recall()), AT)
    assert (back.scene, back.push) == (room.scene, None)


@given(HISTORY, ACTIONS)
def test_a_lock_keeps_the_scene_from_all_but_the_presenter(history: list[Action], action: Action) -> None:
    room = msgspec.structs.replace(played(history), presenter=PEOPLE[0])
    stranger = Action(action.what, PEOPLE[1])
    try:
        after = step(room, stranger, AT)
    except LinkRefused:
        return
    assert isinstance(action.what, FREE)
    assert after.scene == room.scene
    assert after.presenter in {PEOPLE[0], None}


@pytest.mark.parametrize("role", sorted(ROLES))
@pytest.mark.parametrize("action", sorted(NEEDS))
def test_a_role_may_do_what_its_capabilities_say(role: str, action: str) -> None:
    viewer = Viewer("u", frozenset({role}), Scope(frozenset({"360500"})))
    may = NEEDS[action] in ROLES[role].capabilities
    presents = msgspec.structs.replace(BEGUN, presenter=PEOPLE[0])
    for room, allowed in ((BEGUN, may), (presents, may or action in PRESENTERS)):
        if allowed:
            allow(viewer, PEOPLE[0], action, room)
        else:
            with pytest.raises(LinkRefused):
                allow(viewer, PEOPLE[0], action, room)
    watching = Viewer("u", frozenset({role}), Scope(frozenset({"360500"})), seen_by="admin")
    with pytest.raises(LinkRefused):
        allow(watching, PEOPLE[0], action, presents)
