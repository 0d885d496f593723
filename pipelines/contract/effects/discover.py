"""发现: a case is looked at, filed, turned down, merged."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from ...errors import CommandRefused
from .. import commands as c
from .. import events as e
from ..case_file import CaseFile
from ..permission import CREATOR_MAY_VOID
from ..rules import Rules
from ..scope import Viewer
from .effect import Effect, event, plain


def _accept(command: c.Accept, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    category = command.category or case.category
    _known_category(category, rules)
    priority = command.priority or case.priority or "normal"
    return [
        event(
            e.CaseFiled, command, case, by, rules, category=category, priority=priority,
            due_at=rules.due(category, priority), stages=rules.stages(category),
        )
    ]  # fmt: skip


def _recategorise(command: c.Recategorise, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    group = _known_category(command.category, rules)
    priority = command.priority or case.priority
    due_at = rules.due(command.category, priority) if case.filed_at else None
    return [
        event(
            e.CaseRecategorised, command, case, by, rules, category=command.category, category_group=group,
            priority=priority, due_at=due_at, reason=command.reason,
        )
    ]  # fmt: skip


def _known_category(category: str | None, rules: Rules) -> str | None:
    try:
        return rules.group(category or "")
    except KeyError:
        raise CommandRefused("unknown_category", category=category) from None


def _merge(command: c.Merge, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    if command.parent_id == case.case_id:
        raise CommandRefused("merges_into_itself")
    return [event(e.CaseMerged, command, case, by, rules, parent_id=command.parent_id, relation="merged")]


def _void(command: c.Void, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    untouched = case.last_kind == "case-reported" and case.reported_by == by.user
    fresh = rules.now - (case.reported_at or rules.now) <= CREATOR_MAY_VOID
    if "shift_lead" not in by.roles and not (untouched and fresh):
        raise CommandRefused("void_too_late", minutes=CREATOR_MAY_VOID // timedelta(minutes=1))
    return [event(e.CaseVoided, command, case, by, rules, reason=command.reason)]


EFFECTS: Final[dict[type[c.Command], Effect]] = {
    c.AskVerify: plain(e.VerificationAsked),
    c.Verify: plain(e.CaseVerified),
    c.Accept: _accept,
    c.Reject: plain(e.CaseRejected, "reason"),
    c.Appeal: plain(e.RejectionAppealed, "reason"),
    c.UpholdAppeal: plain(e.AppealUpheld),
    c.DismissAppeal: plain(e.AppealDismissed, "reason"),
    c.Merge: _merge,
    c.Recategorise: _recategorise,
    c.Void: _void,
}
