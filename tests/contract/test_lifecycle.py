"""The lifecycle is one table; everything else about it follows."""

from __future__ import annotations

import pytest

from pipelines.contract.events import KINDS, CaseEvent
from pipelines.contract.lifecycle import (
    CLOSED_STATES,
    OPEN_STATES,
    STATE_OF_KIND,
    STATES,
    TRANSITIONS,
    allowed,
    next_state,
)
from pipelines.errors import IllegalTransition

CASE_KINDS = {kind for kind, cls in KINDS.items() if issubclass(cls, CaseEvent)}


def test_every_kind_of_case_event_stands_in_the_table() -> None:
    assert {t.event for t in TRANSITIONS} == CASE_KINDS


@pytest.mark.parametrize("kind", sorted(CASE_KINDS))
@pytest.mark.parametrize("state", [None, *STATES])
def test_a_step_is_legal_exactly_where_the_table_has_it(state: str | None, kind: str) -> None:
    rows = [t for t in TRANSITIONS if (t.state, t.event) == (state, kind)]
    if rows:
        assert {next_state(state, kind)} == {t.next_state for t in rows}
    else:
        with pytest.raises(IllegalTransition, match=kind):
            next_state(state, kind)


def test_a_kind_leads_to_one_state_or_keeps_the_present_one() -> None:
    for transition in TRANSITIONS:
        stays = STATE_OF_KIND[transition.event] is None
        assert transition.next_state == (transition.state if stays else STATE_OF_KIND[transition.event])


def test_every_state_can_be_reached_and_every_open_one_left() -> None:
    assert {t.next_state for t in TRANSITIONS} == set(STATES)
    assert all(any(t.state == state and t.next_state != state for t in TRANSITIONS) for state in OPEN_STATES)
    assert not OPEN_STATES & CLOSED_STATES


def test_only_the_checker_checks_and_only_the_unit_finishes() -> None:
    assert allowed("handled", "checker") == ["check_pass", "check_fail", "comment", "attach"]
    assert "finish" not in allowed("handling", "checker")
    assert "finish" in allowed("handling", "unit_handler")


def test_a_system_of_record_may_close_what_is_open_and_nothing_else() -> None:
    assert all(allowed(state, "system_of_record") == ["record"] for state in OPEN_STATES)
    assert all(allowed(state, "system_of_record") == [] for state in CLOSED_STATES)
