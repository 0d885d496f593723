"""指挥: a case is given, signed for, paused, done."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from ...errors import CommandRefused
from .. import commands as c
from .. import events as e
from ..case_file import CaseFile
from ..rules import LONGEST_SUSPENSION, Rules
from ..scope import Viewer
from ..sla import resumed_due
from .effect import Effect, alone, event, later, plain


def _dispatch(command: c.Dispatch, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    for unit in (command.unit_id, *command.assisting):
        if rules.units and unit not in rules.units:
            raise CommandRefused("unknown_unit", unit=unit)
    if command.unit_id in command.assisting:
        raise CommandRefused("assists_itself", unit=command.unit_id)
    return [
        event(
            e.CaseDispatched, command, case, by, rules, unit_id=command.unit_id,
            sign_due_at=rules.stage_due("dispatched", case.priority), assisting=" ".join(command.assisting) or None,
            suggested_unit_id=command.suggested_unit_id, order_id=command.id,
        )
    ]  # fmt: skip


def _sign(command: c.Sign, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    return [event(e.CaseSigned, command, case, by, rules, order_id=case.order_id)]


def _request(command: c.RequestApproval, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    if case.asked:
        raise CommandRefused("asked_already", wish=case.asked)
    if command.wish != "return":
        later(command.until_at, rules.now)
    return [
        event(
            e.ApprovalAsked, command, case, by, rules, wish=command.wish, reason=command.reason,
            until_at=command.until_at,
        )
    ]  # fmt: skip


def _refuse_request(command: c.RefuseRequest, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    if not case.asked:
        raise CommandRefused("nothing_asked")
    return [event(e.ApprovalRefused, command, case, by, rules, reason=command.reason)]


def _suspend(command: c.Suspend, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    later(command.until_at, rules.now)
    if command.until_at > rules.now + LONGEST_SUSPENSION:
        raise CommandRefused("too_long", days=LONGEST_SUSPENSION.days)
    return [event(e.CaseSuspended, command, case, by, rules, reason=command.reason, resume_at=command.until_at)]


def _resume(command: c.Resume, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    return [event(e.CaseResumed, command, case, by, rules, due_at=_moved(case, rules))]


def _answer(command: c.Answer, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    if not (command.note or command.attachments or "system" in by.roles):
        raise CommandRefused("needs_words")
    return [event(e.ReporterAnswered, command, case, by, rules, due_at=_moved(case, rules))]


def _moved(case: CaseFile, rules: Rules) -> datetime | None:
    """Return the deadline after the clock stood still."""
    if case.due_at is None or case.suspended_at is None:
        return case.due_at
    return resumed_due(case.due_at, case.suspended_at, rules.now)


def _extend(command: c.Extend, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    later(command.until_at, max(case.due_at, rules.now) if case.due_at else rules.now)
    return [event(e.DeadlineExtended, command, case, by, rules, due_at=command.until_at, reason=command.reason)]


def _ask_reporter(command: c.AskReporter, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    return [event(e.ReporterAsked, command, case, by, rules, reason="more_wanted")]


def _finish(command: c.Finish, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    if not (command.note.strip() or command.attachments):
        raise CommandRefused("needs_result")
    alone(case)
    return [event(e.CaseHandled, command, case, by, rules)]


def _lapse(command: c.Lapse, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    return [
        event(e.ClockLapsed, command, case, by, rules, stage=command.stage, card=command.card, to_unit_id=case.unit_id)
    ]


EFFECTS: Final[dict[type[c.Command], Effect]] = {
    c.Dispatch: _dispatch,
    c.Sign: _sign,
    c.Return: plain(e.CaseReturned, "reason"),
    c.Recall: plain(e.CaseReturned, "reason"),
    c.ReachMilestone: plain(e.MilestoneReached, "stage"),
    c.RequestApproval: _request,
    c.RefuseRequest: _refuse_request,
    c.Suspend: _suspend,
    c.Resume: _resume,
    c.Extend: _extend,
    c.AskReporter: _ask_reporter,
    c.Answer: _answer,
    c.Finish: _finish,
    c.Comment: plain(e.CaseCommented),
    c.Attach: plain(e.AttachmentAdded, "stage"),
    c.Lapse: _lapse,
}
