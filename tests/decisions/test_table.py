"""Every state × command × role, generated from the one table: who may do what, when, and nothing else."""

from __future__ import annotations

import pytest

from pipelines.contract.commands import COMMANDS
from pipelines.contract.decide import EFFECTS, decide
from pipelines.contract.events import CaseReported
from pipelines.contract.hands import BY_COMMAND, CAPABILITIES
from pipelines.contract.lifecycle import STATES, TRANSITIONS, next_state
from pipelines.contract.roles import ROLES
from pipelines.errors import CommandRefused

from .hands_at_work import command, hand, prepared, rules

HANDS = sorted(set(ROLES) | {"system", "system_of_record"})
LEGAL = {(t.state, t.command): t for t in TRANSITIONS}


def test_every_command_is_in_exactly_one_capability_and_has_one_effect() -> None:
    listed = [name for capability in CAPABILITIES.values() for name in capability.commands]
    assert sorted(listed) == sorted(set(listed))
    assert set(listed) == set(COMMANDS) | {"report", "record"} == {t.command for t in TRANSITIONS}
    assert {cls.__name__ for cls in EFFECTS} == {cls.__name__ for cls in COMMANDS.values()}
    with pytest.raises(KeyError):
        BY_COMMAND["abolish"]


def test_every_role_in_the_table_is_a_role() -> None:
    assert set().union(*(capability.roles for capability in CAPABILITIES.values())) <= set(HANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_is_carried_out_exactly_where_the_table_has_it(name: str) -> None:
    """16 states × 20 hands for each of the commands."""
    cells = 0
    for state in STATES:
        for role in HANDS:
            told = _outcome(name, state, role)
            if role not in BY_COMMAND[name].roles:
                assert told == "not_your_role", (state, name, role)
            elif (state, name) not in LEGAL:
                assert told == "wrong_state", (state, name, role)
            else:
                assert told == LEGAL[state, name].next_state, (state, name, role)
            cells += 1
    assert cells == len(STATES) * len(HANDS)


def _outcome(name: str, state: str, role: str) -> str:
    """Return the state a command led to, or the code of its refusal."""
    found = prepared(name, state, role)
    try:
        events = decide(command(name), found, hand(role), rules())
    except CommandRefused as refused:
        return refused.code
    told = [event for event in events if event.case_id == found.case_id]
    assert all(isinstance(event, CaseReported) for event in events if event not in told)
    assert [event.actor for event in events] == [role] * len(events)
    after = state
    for event in told:
        after = next_state(after, str(type(event).__struct_config__.tag))
    return after
