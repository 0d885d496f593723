"""问效: a case is checked, closed, rated, looked at again, reopened."""

from __future__ import annotations

from typing import Final

from ...errors import CommandRefused
from .. import commands as c
from .. import events as e
from ..case_file import CaseFile
from ..rules import RATING_WINDOW, Rules
from ..scope import Viewer
from .effect import Effect, alone, event, plain


def _close(command: c.Close, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    alone(case)
    if not case.is_checked:
        raise CommandRefused("not_checked")
    return [event(e.CaseClosed, command, case, by, rules)]


def _reopen(command: c.Reopen, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    due_at = rules.due(case.category, case.priority)
    return [event(e.CaseReopened, command, case, by, rules, due_at=due_at, reason=command.reason)]


def _rate(command: c.Rate, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    if case.closed_at is None or rules.now > case.closed_at + RATING_WINDOW:
        raise CommandRefused("rating_over", days=RATING_WINDOW.days)
    if case.rated_at and case.rated_at >= case.closed_at:
        raise CommandRefused("rated_already")
    return [event(e.CaseRated, command, case, by, rules, rating=command.rating)]


def _draw(command: c.DrawRecheck, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    if case.rechecks > case.rechecks_passed + case.rechecks_failed:
        raise CommandRefused("drawn_already")
    return [event(e.RecheckDrawn, command, case, by, rules, draw_id=command.draw_id, seed=command.seed)]


def _rechecked(kind: type[e.CaseEvent], *names: str) -> Effect:
    told = plain(kind, *names)

    def build(command: c.Command, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
        if case.rechecks <= case.rechecks_passed + case.rechecks_failed:
            raise CommandRefused("not_drawn")
        return told(command, case, by, rules)

    return build


EFFECTS: Final[dict[type[c.Command], Effect]] = {
    c.CheckPass: plain(e.CheckPassed),
    c.CheckFail: plain(e.CheckFailed, "reason"),
    c.Close: _close,
    c.RequestReopen: plain(e.ReopenRequested, "reason"),
    c.RefuseReopen: plain(e.ReopenRefused, "reason"),
    c.Reopen: _reopen,
    c.Rate: _rate,
    c.DrawRecheck: _draw,
    c.RecheckPass: _rechecked(e.RecheckPassed),
    c.RecheckFail: _rechecked(e.RecheckFailed, "reason"),
    c.Evaluate: plain(e.CaseEvaluated),
    c.Archive: plain(e.CaseArchived),
}
