"""化解: a dispute is judged, routed, mediated, performed, looked at again."""

from __future__ import annotations

from typing import Any, Final

from .. import commands as c
from .. import events as e
from ..case_file import CaseFile
from ..disputes import NEXT, stage_of
from ..rules import Rules
from ..scope import Viewer
from .effect import Effect, event


def _step(kind: type[e.CaseEvent], *names: str) -> Effect:
    """Return the effect that leads a dispute to its next stage."""

    def build(command: c.Command, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
        return [_staged(kind, command, case, by, rules, **{name: getattr(command, name) for name in names})]

    return build


def _staged(
    kind: type[e.CaseEvent], command: c.Command, case: CaseFile, by: Viewer, rules: Rules, **fields: Any  # noqa: ANN401
) -> e.CaseEvent:  # fmt: skip
    stage = NEXT[stage_of(case), command.name]
    return event(kind, command, case, by, rules, dispute_stage=stage, **fields)


def _begin(command: c.BeginMediation, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    return [_staged(e.MediationBegun, command, case, by, rules, to_user=by.user)]


def _follow_up(command: c.FollowUp, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    return [_staged(e.FollowUpMade, command, case, by, rules, stage=str(command.days))]


EFFECTS: Final[dict[type[c.Command], Effect]] = {
    c.Triage: _step(e.DisputeTriaged, "scale", "warning_level"),
    c.Route: _step(e.DisputeRouted, "way"),
    c.BeginMediation: _begin,
    c.HoldRound: _step(e.MediationHeld),
    c.Agree: _step(e.DisputeAgreed),
    c.Perform: _step(e.AgreementPerformed),
    c.Confirm: _step(e.AgreementConfirmed),
    c.FailMediation: _step(e.MediationFailed, "reason"),
    c.GuideOut: _step(e.DisputeGuidedOut, "way"),
    c.FollowUp: _follow_up,
    c.Relapse: _step(e.DisputeRelapsed, "reason"),
}
