"""Every stage × command × role of the safety creation, from the one table; and that no hand names a village alone."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.contract.areas import Area, AreaTree
from pipelines.contract.creation import (
    BY_COMMAND,
    CAPABILITIES,
    COMMANDS,
    LEGAL,
    NONE,
    STAGES,
    CreationCommand,
    Plan,
    Signature,
    Step,
    Village,
    decide,
    folded,
)
from pipelines.contract.events import Event
from pipelines.contract.hands import BY_COMMAND as CASE_COMMANDS
from pipelines.contract.roles import ROLES
from pipelines.contract.scope import Scope, Viewer
from pipelines.errors import CommandRefused

NOW = datetime(2026, 3, 4, 6, 0, tzinfo=UTC)
TREE = AreaTree.of(
    [
        Area("city", "city", "市", "City"),
        Area("county", "county", "县", "County", "city"),
        Area("town", "township", "镇", "Town", "county"),
        Area("village", "village", "村", "Village", "town"),
        Area("other", "village", "别村", "Other", "town"),
    ]
)
PLAN = Plan(NOW, 2026, TREE, ("new", "foster"))
FIELDS: dict[str, dict[str, Any]] = {
    "nominate": {"batch": "new"}, "send_back": {"reason": "photos missing"}, "withdraw": {"reason": "merged"},
    "warn": {"reason": "homicide"}, "sign_removal": {"reason": "not put right"},
}  # fmt: skip
HANDS = sorted(ROLES)


def command(name: str, **fields: Any) -> CreationCommand:
    return COMMANDS[name](id=str(uuid.uuid4()), area_id="village", year=2026, **FIELDS.get(name, {}) | fields)


def hand(role: str, user: str = "", area: str = "city", *, exercise: bool = False) -> Viewer:
    return Viewer(user or role, frozenset({role}), Scope(frozenset({area})), exercise=exercise)


def standing(stage: str, *signed: str) -> Village:
    """A village that somebody else brought to a stage, its publicity over, signed by these for either wish."""
    signatures = tuple(Signature(wish, user, NOW) for wish in ("naming", "removal") for user in signed)
    steps = () if stage == NONE else (Step(stage, "somebody", NOW),)
    return Village("village", 2026, stage, "new", NOW - timedelta(days=1), steps, signatures)


def outcome(name: str, village: Village, by: Viewer) -> str:
    """Return the stage a command led to, or the code of its refusal."""
    try:
        events = decide(command(name), village, by, PLAN)
    except CommandRefused as refused:
        return refused.code
    return grown(village, events).stage


def grown(village: Village, events: list[Event]) -> Village:
    for event in events:
        told = {name: getattr(event, name, None) for name in ("stage", "batch", "reason", "wish", "until_at")}
        tag = event.__struct_config__.tag
        village = village.after(
            told | {"kind": tag, "actor": event.actor, "happened_at": event.happened_at, "seq": village.last_seq + 1}
        )
    return village


def test_every_command_is_in_one_capability_and_none_is_a_case_s() -> None:
    listed = [name for capability in CAPABILITIES.values() for name in capability.commands]
    assert sorted(listed) == sorted(COMMANDS)
    assert {name for _, name in LEGAL} == set(COMMANDS)
    assert not set(COMMANDS) & set(CASE_COMMANDS)
    assert set().union(*(one.roles for one in CAPABILITIES.values())) <= set(ROLES)
    assert {stage for stage, _ in LEGAL} | set(LEGAL.values()) == {NONE, *STAGES}


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_is_carried_out_exactly_where_the_table_has_it(name: str) -> None:
    """12 stages × 15 roles for each of the commands; a first signature is there already."""
    for stage in (NONE, *STAGES):
        for role in HANDS:
            told = outcome(name, standing(stage, "first"), hand(role))
            if role not in BY_COMMAND[name].roles:
                assert told == "not_your_role", (stage, name, role)
            else:
                assert told == LEGAL.get((stage, name), "wrong_step"), (stage, name, role)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_hand_reaches_as_far_as_its_level(name: str) -> None:
    capability = BY_COMMAND[name]
    stage = next(stage for stage, legal in LEGAL if legal == name)
    reached = {"village": "village", "township": "town", "county": "county"}
    for role in sorted(capability.roles):
        for area in ("village", "town", "county", "city", "other"):
            told = outcome(name, standing(stage, "first"), hand(role, area=area))
            may = area == "city" or TREE.within(reached[capability.level], area)
            assert (told != "not_your_level") == may, (name, role, area)


@pytest.mark.parametrize(
    ("name", "stage", "after"), [("sign_naming", "publicity", "named"), ("sign_removal", "warned", "removed")]
)
def test_it_takes_the_signatures_of_two_people(name: str, stage: str, after: str) -> None:
    leader, lead = hand("leader", "wang"), hand("shift_lead", "li")
    first = grown(standing(stage), decide(command(name), standing(stage), leader, PLAN))
    assert first.stage == stage
    assert outcome(name, first, leader) == "signed_already"
    assert outcome(name, first, lead) == after


def test_a_step_back_takes_signatures_back() -> None:
    first = grown(standing("publicity"), decide(command("sign_naming"), standing("publicity"), hand("leader"), PLAN))
    back = grown(first, decide(command("send_back"), first, hand("inspector"), PLAN))
    assert (back.stage, back.signatures) == ("county_check", ())


def test_what_stands_against_a_step_is_said() -> None:
    breached = folded("village", 2026, [])
    breached = Village("village", 2026, "county_check", "new", breaches={"homicide": 1})
    assert outcome("publicise", breached, hand("shift_lead")) == "red_line_open"
    public = Village("village", 2026, "publicity", "new", NOW + timedelta(hours=1))
    assert outcome("sign_naming", public, hand("leader")) == "in_publicity"
    own = Village("village", 2026, "self_check", "new", steps=(Step("self_check", "zhao", NOW),))
    assert outcome("review", own, hand("duty_officer", "zhao")) == "own_step"
    assert outcome("review", own, hand("duty_officer", "qian")) == "township_review"
    assert outcome("nominate", standing(NONE), hand("duty_officer", exercise=True)) == "not_in_a_drill"


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"area_id": "town"}, "no_village"), ({"batch": "none"}, "no_such_batch"), ({"year": 2024}, "wrong_year")],
)
def test_a_candidate_is_a_village_of_this_year_s_plan(fields: dict[str, Any], code: str) -> None:
    given = {"id": str(uuid.uuid4()), "area_id": "village", "year": 2026, "batch": "new"} | fields
    with pytest.raises(CommandRefused) as refused:
        decide(COMMANDS["nominate"](**given), Village(given["area_id"], given["year"]), hand("duty_officer"), PLAN)
    assert refused.value.code == code


def test_who_comes_late_hears_who_was_first_unless_masked() -> None:
    late = command("review", seen=0)
    moved = Village("village", 2026, "county_check", "new", steps=(Step("county_check", "sun", NOW),), last_seq=7)
    with pytest.raises(CommandRefused) as refused:
        decide(late, moved, hand("duty_officer"), PLAN)
    assert (refused.value.code, refused.value.values["by"]) == ("moved_meanwhile", "sun")


@given(
    st.lists(st.tuples(st.sampled_from(sorted(COMMANDS)), st.sampled_from(HANDS), st.sampled_from("abc")), max_size=40)
)
@settings(max_examples=150, deadline=None)
def test_whatever_hands_do_a_life_is_legal_and_two_people_named_it(tries: list[tuple[str, str, str]]) -> None:
    village = Village("village", 2026)
    for day, (name, role, user) in enumerate(tries):
        plan = replace(PLAN, now=NOW + timedelta(days=8 * day))
        try:
            events = decide(command(name), village, hand(role, user), plan)
        except CommandRefused:
            continue
        signed = {one.by for one in village.signatures} | {user}
        after = grown(village, events)
        if after.stage != village.stage:
            assert LEGAL[village.stage, name] == after.stage
            assert after.stage not in {"named", "removed"} or len(signed) > 1
            assert after.signatures == ()
        village = after
