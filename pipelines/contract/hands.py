"""Whose hand may do what to a case: every command in exactly one capability, every capability with roles and reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Reach = Literal["area", "centre", "lead", "unit", "order", "team", "reporter"]
"""How far a hand reaches: any case of its areas; only where it covers the centre of the case's level; only a case its
unit leads; or leads or assists; only an order given to it; only a dispute it
mediates or may take; only the case a reporter's link is bound to."""


@dataclass(frozen=True, slots=True)
class Capability:
    """Commands that are given to a hand together."""

    name: str
    commands: tuple[str, ...]
    roles: frozenset[str]
    reach: Reach


# capability | commands | roles | reach
EVERYBODY: Final = (
    "grid_worker duty_officer dispatcher shift_lead unit_handler unit_head checker inspector leader mediator"
)
_TABLE = f"""
report | report | grid_worker duty_officer shift_lead reporter | area
verify | verify | grid_worker | area
file | ask_verify accept reject merge recategorise | duty_officer shift_lead | centre
judge | uphold_appeal dismiss_appeal | shift_lead | centre
dispatch | dispatch | dispatcher | centre
take | sign return | unit_handler unit_head | lead
handle | finish reach_milestone | unit_handler unit_head | lead
receive | receive | unit_handler unit_head | unit
plead | request_approval ask_reporter | unit_handler unit_head | lead
grant | extend suspend recall refuse_request | shift_lead | centre
wake | resume | shift_lead system | centre
level | escalate send_down | duty_officer shift_lead | centre
check | check_pass check_fail | checker | area
close | close archive | duty_officer shift_lead system | centre
reopen | reopen refuse_reopen | shift_lead | centre
complain | appeal request_reopen | reporter duty_officer inspector leader | reporter
answer | answer | reporter duty_officer system | reporter
rate | rate | reporter | reporter
evaluate | evaluate | inspector system | area
recheck | draw_recheck recheck_pass recheck_fail | inspector | area
urge | urge | duty_officer inspector leader system | area
supervise | supervise lift | inspector | area
direct | direct settle lead | leader | area
reply | reply | unit_handler unit_head duty_officer | order
tell | comment attach | {EVERYBODY} | area
triage | triage route | duty_officer shift_lead mediator | centre
mediate | begin_mediation hold_round agree perform confirm fail_mediation guide_out follow_up relapse | mediator | team
void | void | grid_worker duty_officer shift_lead | area
keep_clock | lapse | system | area
record | record | system_of_record | area
"""


def _read(table: str) -> dict[str, Capability]:
    rows = ([cell.strip() for cell in line.split("|")] for line in table.strip().splitlines())
    return {
        name: Capability(name, tuple(commands.split()), frozenset(roles.split()), reach)  # type: ignore[arg-type]
        for name, commands, roles, reach in rows
    }


CAPABILITIES: Final = _read(_TABLE)
BY_COMMAND: Final[dict[str, Capability]] = {
    command: capability for capability in CAPABILITIES.values() for command in capability.commands
}


def capability_of(command: str) -> Capability:
    """Return the one capability a command belongs to; raise `KeyError` for an unknown command."""
    return BY_COMMAND[command]
