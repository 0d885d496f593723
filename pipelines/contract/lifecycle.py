"""The life of a case as one table: state → command → next state → event; the roles stand in `hands.py`.

States and flow after the working systems of Chinese grid governance; each state knows its phase of the loop
发现 discover → 指挥 command → 问效 evaluate, and the Open311 status outsiders see.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ..errors import IllegalTransition
from .hands import capability_of


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

ACTIVE: Final = "reported verifying filed dispatched handling suspended waiting_reporter handled rework"
GIVEN: Final = "dispatched handling rework"
ENDED: Final = "closed evaluated"
# state(s) | command | next state (= stays) | event; whose hands: `hands.py`
_TABLE = f"""
-                         | report           | reported         | case-reported
reported                  | ask_verify       | verifying        | verification-asked
verifying                 | verify           | reported         | case-verified
reported verifying        | accept           | filed            | case-filed
reported verifying        | reject           | rejected         | case-rejected
rejected                  | appeal           | =                | rejection-appealed
rejected                  | uphold_appeal    | reported         | appeal-upheld
rejected                  | dismiss_appeal   | =                | appeal-dismissed
reported verifying filed  | merge            | merged           | case-merged
filed handling rework     | dispatch         | dispatched       | case-dispatched
dispatched                | sign             | handling         | case-signed
dispatched                | return           | filed            | case-returned
{GIVEN}                   | recall           | filed            | case-returned
{GIVEN}                   | receive          | =                | receipt-given
{GIVEN}                   | reach_milestone  | =                | milestone-reached
{GIVEN}                   | request_approval | =                | approval-asked
{GIVEN}                   | refuse_request   | =                | approval-refused
handling rework           | suspend          | suspended        | case-suspended
suspended                 | resume           | handling         | case-resumed
{GIVEN}                   | extend           | =                | deadline-extended
handling rework           | ask_reporter     | waiting_reporter | reporter-asked
waiting_reporter          | answer           | handling         | reporter-answered
handling rework           | finish           | handled          | case-handled
handled                   | check_pass       | =                | check-passed
handled                   | check_fail       | rework           | check-failed
handled                   | close            | closed           | case-closed
filed {GIVEN}             | escalate         | =                | case-escalated
filed {GIVEN}             | send_down        | =                | case-sent-down
reported verifying filed {GIVEN} | recategorise | =             | case-recategorised
{ENDED}                   | request_reopen   | reopen_requested | reopen-requested
reopen_requested          | refuse_reopen    | closed           | reopen-refused
reopen_requested closed   | reopen           | filed            | case-reopened
{ENDED}                   | rate             | =                | case-rated
{ENDED}                   | draw_recheck     | =                | recheck-drawn
{ENDED}                   | recheck_pass     | =                | recheck-passed
{ENDED}                   | recheck_fail     | =                | recheck-failed
closed                    | evaluate         | evaluated        | case-evaluated
{ENDED}                   | archive          | archived         | case-archived
{ACTIVE}                  | urge             | =                | case-urged
{ACTIVE}                  | supervise        | =                | case-supervised
{ACTIVE}                  | direct           | =                | case-directed
{ACTIVE} {ENDED}          | reply            | =                | order-replied
{ACTIVE} {ENDED}          | lift             | =                | card-lifted
{ACTIVE} {ENDED}          | settle           | =                | directive-settled
{ACTIVE}                  | lead             | =                | case-led
{ACTIVE} {ENDED} rejected reopen_requested | comment | =         | case-commented
{ACTIVE} {ENDED} rejected reopen_requested | attach  | =         | attachment-added
{ACTIVE}                  | lapse            | =                | clock-lapsed
{ACTIVE}                  | triage           | =                | dispute-triaged
{ACTIVE}                  | route            | =                | dispute-routed
filed {GIVEN}             | begin_mediation  | handling         | mediation-begun
handling rework           | hold_round       | =                | mediation-held
handling rework           | agree            | =                | dispute-agreed
handling rework           | perform          | handled          | agreement-performed
{ACTIVE} {ENDED}          | confirm          | =                | agreement-confirmed
handling rework           | fail_mediation   | =                | mediation-failed
handling rework           | guide_out        | handled          | dispute-guided-out
{ENDED}                   | follow_up        | =                | follow-up-made
{ENDED}                   | relapse          | filed            | dispute-relapsed
reported verifying        | void             | void             | case-voided
{ACTIVE}                  | record           | closed           | case-closed
"""


def _read(table: str) -> tuple[Transition, ...]:
    rows = []
    for line in table.strip().splitlines():
        states, command, next_state, event = (cell.strip() for cell in line.split("|"))
        roles = capability_of(command).roles
        for state in states.split():
            goes_to = state if next_state == "=" else next_state
            rows.append(Transition(None if state == "-" else state, command, roles, goes_to, event))
    return tuple(rows)


TRANSITIONS: Final = _read(_TABLE)
_NEXT: Final = {(t.state, t.event): t.next_state for t in TRANSITIONS}
STAYS: Final = frozenset(
    line.split("|")[3].strip() for line in _TABLE.splitlines() if line.count("|") and line.split("|")[2].strip() == "="
)
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
