"""The life of a dispute, an overlay of its case: stage → command → next stage; what may follow what in mediation."""

from __future__ import annotations

from typing import Final

from .case_file import CaseFile

GROUP: Final = "MD"
"""The root of the categories that are disputes."""
STAGES: Final = (
    "registered", "triaged", "routed", "mediating", "agreed", "performed", "confirmed", "failed", "guided_out",
)  # fmt: skip
FOLLOW_UP_DAYS: Final = (7, 30, 90)
LED_FROM: Final = 1
"""Warning level 1 needs a leader who takes the case upon themselves."""

# stage(s) | command | next stage (= stays)
_TABLE = """
registered triaged          | triage           | triaged
triaged routed              | route            | routed
routed                      | begin_mediation  | mediating
mediating                   | hold_round       | =
mediating                   | agree            | agreed
agreed                      | perform          | performed
performed                   | confirm          | confirmed
mediating agreed            | fail_mediation   | failed
failed                      | guide_out        | guided_out
performed confirmed         | follow_up        | =
performed confirmed         | relapse          | routed
"""
NEXT: Final[dict[tuple[str, str], str]] = {
    (stage, command.strip()): stage if after.strip() == "=" else after.strip()
    for stages, command, after in (line.split("|") for line in _TABLE.strip().splitlines())
    for stage in stages.split()
}
COMMANDS: Final = frozenset(command for _, command in NEXT)


def is_dispute(case: CaseFile) -> bool:
    """Tell whether a case is a dispute."""
    return (case.category_group or case.category or "").startswith(GROUP)


def stage_of(case: CaseFile) -> str:
    """Return the stage of a dispute: registered until somebody triaged it."""
    return case.dispute_stage or "registered"


def leaderless(command: str, case: CaseFile) -> tuple[str, dict[str, str]] | None:
    """Return that a grave dispute waits for a leader before its mediation begins."""
    grave = command == "begin_mediation" and case.warning_level == str(LED_FROM) and not case.led_by
    return ("needs_leader", {"level": str(LED_FROM)}) if grave else None
