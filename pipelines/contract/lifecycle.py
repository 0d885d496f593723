"""The life of a case as one table: state → command → roles → next state → event.

States and flow after the working systems of Chinese grid governance; each state knows its phase of the loop
发现 discover → 指挥 command → 问效 evaluate, and the Open311 status outsiders see.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ..errors import IllegalTransition


@dataclass(frozen=True, slots=True)
class State:
    """Where a case can stand."""

    name: str
    zh: str
    en: str
    phase: str
    open311: str


@dataclass(frozen=True, slots=True)
class Transition:
    """One legal step: in ``state`` (None: no case yet) a role's command leads to ``next_state``, told as ``event``."""

    state: str | None
    command: str
    roles: frozenset[str]
    next_state: str
    event: str


_STATES = (
    ("reported", "已上报 待受理", "Reported", "discover", "open"),
    ("verifying", "核实中", "Verifying", "discover", "open"),
    ("rejected", "不予立案", "Rejected", "discover", "closed"),
    ("merged", "并案", "Merged", "discover", "closed"),
    ("filed", "已立案", "Filed", "command", "open"),
    ("dispatched", "已派遣 待签收", "Dispatched", "command", "open"),
    ("handling", "处置中", "Handling", "command", "open"),
    ("suspended", "挂账", "Suspended", "command", "open"),
    ("waiting_reporter", "待补充", "Waiting for the reporter", "command", "open"),
    ("handled", "已处置 待核查", "Handled", "evaluate", "open"),
    ("rework", "返工", "Rework", "evaluate", "open"),
    ("closed", "结案 待评", "Closed", "evaluate", "closed"),
    ("reopen_requested", "申请重启", "Reopen requested", "evaluate", "closed"),
    ("evaluated", "已问效", "Evaluated", "evaluate", "closed"),
    ("archived", "归档", "Archived", "evaluate", "closed"),
    ("void", "作废", "Void", "discover", "closed"),
)
STATES: Final[dict[str, State]] = {row[0]: State(*row) for row in _STATES}
OPEN_STATES: Final = frozenset(name for name, state in STATES.items() if state.open311 == "open")
CLOSED_STATES: Final = frozenset(STATES) - OPEN_STATES

CENTRE = "duty_officer"
ANYONE_ACTIVE = "reported verifying filed dispatched handling suspended waiting_reporter handled rework"
# state(s) | command | roles | next state (= stays) | event
_TABLE = f"""
-                        | report         | grid_worker duty_officer reporter   | reported         | case-reported
reported                 | ask_verify     | duty_officer                        | verifying        | verification-asked
verifying                | verify         | grid_worker                         | reported         | case-verified
reported verifying       | accept         | duty_officer                        | filed            | case-filed
reported verifying       | reject         | duty_officer                        | rejected         | case-rejected
reported verifying filed | merge          | duty_officer                        | merged           | case-merged
filed handling rework    | dispatch       | dispatcher                          | dispatched       | case-dispatched
dispatched               | sign           | unit_handler unit_head              | handling         | case-signed
dispatched handling      | return         | unit_handler unit_head duty_officer | filed            | case-returned
handling rework          | suspend        | shift_lead                          | suspended        | case-suspended
suspended                | resume         | shift_lead unit_head system         | handling         | case-resumed
handling rework          | extend         | shift_lead                          | =                | deadline-extended
handling rework          | ask_reporter   | unit_handler unit_head              | waiting_reporter | reporter-asked
waiting_reporter         | answer         | reporter duty_officer system        | handling         | reporter-answered
handling rework          | finish         | unit_handler unit_head              | handled          | case-handled
handled                  | check_pass     | checker                             | =                | check-passed
handled                  | check_fail     | checker                             | rework           | check-failed
handled                  | close          | duty_officer shift_lead system      | closed           | case-closed
closed evaluated         | request_reopen | reporter inspector leader           | reopen_requested | reopen-requested
reopen_requested         | refuse_reopen  | shift_lead                          | closed           | reopen-refused
reopen_requested closed  | reopen         | shift_lead                          | filed            | case-reopened
closed evaluated         | rate           | reporter                            | =                | case-rated
closed                   | evaluate       | inspector system                    | evaluated        | case-evaluated
closed evaluated         | archive        | duty_officer system                 | archived         | case-archived
{ANYONE_ACTIVE}          | urge           | duty_officer inspector leader       | =                | case-urged
reported verifying       | void           | grid_worker duty_officer admin      | void             | case-voided
{ANYONE_ACTIVE}          | record         | system_of_record                    | closed           | case-closed
"""


def _read(table: str) -> tuple[Transition, ...]:
    rows = []
    for line in table.strip().splitlines():
        states, command, roles, next_state, event = (cell.strip() for cell in line.split("|"))
        for state in states.split():
            goes_to = state if next_state == "=" else next_state
            rows.append(Transition(None if state == "-" else state, command, frozenset(roles.split()), goes_to, event))
    return tuple(rows)


TRANSITIONS: Final = _read(_TABLE)
_NEXT: Final = {(t.state, t.event): t.next_state for t in TRANSITIONS}
STAYS: Final = frozenset({"deadline-extended", "check-passed", "case-rated", "case-urged"})
STATE_OF_KIND: Final[dict[str, str | None]] = {t.event: None if t.event in STAYS else t.next_state for t in TRANSITIONS}
"""The state each kind of event leads to, None where it changes none: by the kind alone, so that marts can fold it."""


def next_state(state: str | None, kind: str) -> str:
    """Return the state after an event; raise `IllegalTransition` naming what the state allows."""
    try:
        return _NEXT[state, kind]
    except KeyError:
        legal = ", ".join(sorted({t.event for t in TRANSITIONS if t.state == state})) or "nothing"
        raise IllegalTransition(
            f"a case that is {state or 'not reported'} cannot take {kind!r}; it allows {legal}"
        ) from None


def allowed(state: str | None, role: str | None = None) -> list[str]:
    """Return the commands a state allows, to anyone or to one role, in the table's order."""
    return [t.command for t in TRANSITIONS if t.state == state and (role is None or role in t.roles)]
