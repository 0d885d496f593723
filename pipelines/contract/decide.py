"""What a command leads to: the events it becomes, or why it is refused. Pure: the moment and the rules are passed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec

from ..errors import CommandRefused
from . import commands as c
from . import events as e
from .areas import LEVELS
from .case_file import CaseFile, Order
from .lifecycle import next_state
from .permission import CREATOR_MAY_VOID, illegal, level_beside, objection
from .rules import LONGEST_SUSPENSION, RATING_WINDOW, Rules
from .scope import Viewer
from .sla import resumed_due

SOURCE: Final = "command"
Fields = dict[str, Any]


def decide(command: c.Command, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    """Return the events of a command, in order; raise `CommandRefused` with a code and what its words need."""
    if refused := objection(command.name, case, by, rules.tree):
        raise CommandRefused(refused[0], command=command.name, **refused[1])
    if refused := illegal(command.name, case):
        late = command.seen is not None and command.seen < case.last_seq
        raise CommandRefused("acted_meanwhile" if late else refused[0], **_last(case), **refused[1])
    build = EFFECTS[type(command)]
    return build(command, case, by, rules)


def _last(case: CaseFile) -> Fields:
    """Tell who did what last, for whoever comes too late."""
    return {"by": case.last_actor, "kind": case.last_kind, "at": case.changed_at}


def _event(
    kind: type[e.CaseEvent],
    command: c.Command,
    case: CaseFile,
    by: Viewer,
    rules: Rules,
    **fields: Any,  # noqa: ANN401
) -> e.CaseEvent:
    """Return an event of the case with all that every event carries; a stage's deadline where its state changes."""
    tag = str(kind.__struct_config__.tag)
    after = next_state(case.state, tag)
    priority = fields.get("priority") or case.priority
    return kind(
        id=f"{command.id}:{tag}", happened_at=rules.now, received_at=rules.now, source=SOURCE, area_id=case.area_id,
        cause=command.id, actor=by.user, simulated=case.simulated, exercise=case.exercise, case_id=case.case_id,
        note=command.note or None, attachments=" ".join(command.attachments) or None,
        stage_due_at=None if after == case.state else rules.stage_due(after, priority), **fields,
    )  # fmt: skip


Effect = Callable[[Any, CaseFile, Viewer, Rules], list[e.CaseEvent]]


def _plain(kind: type[e.CaseEvent], *names: str) -> Effect:
    """Return the effect that only tells, with some fields of the command as they are."""

    def build(command: c.Command, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
        return [_event(kind, command, case, by, rules, **{name: getattr(command, name) for name in names})]

    return build


def _accept(command: c.Accept, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    category = command.category or case.category
    _known_category(category, rules)
    priority = command.priority or case.priority or "normal"
    return [
        _event(
            e.CaseFiled, command, case, by, rules, category=category, priority=priority,
            due_at=rules.due(category, priority), stages=rules.stages(category),
        )
    ]  # fmt: skip


def _recategorise(command: c.Recategorise, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    group = _known_category(command.category, rules)
    priority = command.priority or case.priority
    due_at = rules.due(command.category, priority) if case.filed_at else None
    return [
        _event(
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
    return [_event(e.CaseMerged, command, case, by, rules, parent_id=command.parent_id, relation="merged")]


def _dispatch(command: c.Dispatch, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    for unit in (command.unit_id, *command.assisting):
        if rules.units and unit not in rules.units:
            raise CommandRefused("unknown_unit", unit=unit)
    if command.unit_id in command.assisting:
        raise CommandRefused("assists_itself", unit=command.unit_id)
    return [
        _event(
            e.CaseDispatched, command, case, by, rules, unit_id=command.unit_id,
            sign_due_at=rules.stage_due("dispatched", case.priority), assisting=" ".join(command.assisting) or None,
            suggested_unit_id=command.suggested_unit_id, order_id=command.id,
        )
    ]  # fmt: skip


def _sign(command: c.Sign, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    return [_event(e.CaseSigned, command, case, by, rules, order_id=case.order_id)]


def _receive(command: c.Receive, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    order_id = command.order_id or case.order_id
    if order_id is None or (command.order_id and not case.order(command.order_id)):
        raise CommandRefused("no_such_order", order=command.order_id)
    told = _event(e.ReceiptGiven, command, case, by, rules, order_id=order_id, receipt=command.receipt)
    # each step of an order is told once, whoever says it first
    return [msgspec.structs.replace(told, id=f"{order_id}:{command.receipt}")]


def _request(command: c.RequestApproval, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    if case.asked:
        raise CommandRefused("asked_already", wish=case.asked)
    if command.wish != "return":
        _later(command.until_at, rules.now)
    return [
        _event(
            e.ApprovalAsked, command, case, by, rules, wish=command.wish, reason=command.reason,
            until_at=command.until_at,
        )
    ]  # fmt: skip


def _refuse_request(command: c.RefuseRequest, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    if not case.asked:
        raise CommandRefused("nothing_asked")
    return [_event(e.ApprovalRefused, command, case, by, rules, reason=command.reason)]


def _suspend(command: c.Suspend, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    _later(command.until_at, rules.now)
    if command.until_at > rules.now + LONGEST_SUSPENSION:
        raise CommandRefused("too_long", days=LONGEST_SUSPENSION.days)
    return [_event(e.CaseSuspended, command, case, by, rules, reason=command.reason, resume_at=command.until_at)]


def _later(moment: datetime | None, than: datetime | None) -> None:
    if moment is None or moment.tzinfo is None:
        raise CommandRefused("needs_time")
    if than is not None and moment <= than:
        raise CommandRefused("not_later", than=than)


def _resume(command: c.Resume, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    return [_event(e.CaseResumed, command, case, by, rules, due_at=_moved(case, rules))]


def _answer(command: c.Answer, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    if not (command.note or command.attachments or "system" in by.roles):
        raise CommandRefused("needs_words")
    return [_event(e.ReporterAnswered, command, case, by, rules, due_at=_moved(case, rules))]


def _moved(case: CaseFile, rules: Rules) -> datetime | None:
    """Return the deadline after the clock stood still."""
    if case.due_at is None or case.suspended_at is None:
        return case.due_at
    return resumed_due(case.due_at, case.suspended_at, rules.now)


def _extend(command: c.Extend, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    _later(command.until_at, max(case.due_at, rules.now) if case.due_at else rules.now)
    return [_event(e.DeadlineExtended, command, case, by, rules, due_at=command.until_at, reason=command.reason)]


def _ask_reporter(command: c.AskReporter, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    return [_event(e.ReporterAsked, command, case, by, rules, reason="more_wanted")]


def _finish(command: c.Finish, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    if not (command.note.strip() or command.attachments):
        raise CommandRefused("needs_result")
    _alone(case)
    return [_event(e.CaseHandled, command, case, by, rules)]


def _close(command: c.Close, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    _alone(case)
    if not case.is_checked:
        raise CommandRefused("not_checked")
    return [_event(e.CaseClosed, command, case, by, rules)]


def _alone(case: CaseFile) -> None:
    if case.open_children:
        raise CommandRefused("child_open", count=case.open_children)


def _to_level(kind: type[e.CaseEvent], relation: str, step: int) -> Effect:
    """Return the effect of escalating or sending down: a child case, and a parent that waits for it."""

    def build(command: c.Escalate | c.SendDown, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
        here = case.level or rules.tree.get(case.area_id).level
        level = command.level or level_beside(case, rules.tree, step)
        if level is None or (LEVELS.index(level) - LEVELS.index(here)) * step <= 0:
            raise CommandRefused("no_such_level", level=level or here, here=here)
        if relation == "sent_down" and LEVELS.index(level) > LEVELS.index(rules.tree.get(case.area_id).level):
            raise CommandRefused("no_such_level", level=level, here=here)
        _alone(case)
        child = f"child:{command.id}"
        told = _event(kind, command, case, by, rules, child_id=child, level=level, reason=command.reason)
        return [_child(command, case, by, rules, child, relation, level), told]

    return build


def _child(
    command: c.Command, case: CaseFile, by: Viewer, rules: Rules, child: str, relation: str, level: str
) -> e.CaseEvent:  # fmt: skip
    return e.CaseReported(
        id=f"{command.id}:case-reported", happened_at=rules.now, received_at=rules.now, source=SOURCE,
        area_id=case.area_id, cause=command.id, actor=by.user, simulated=case.simulated, exercise=case.exercise,
        case_id=child, category=case.category or "", category_group=case.category_group,
        channel=case.channel or "superior", priority=case.priority, title=case.title, address=case.address,
        lon=case.lon, lat=case.lat, parent_id=case.case_id, relation=relation, level=level,
        note=command.note or None, stage_due_at=rules.stage_due("reported", case.priority),
    )  # fmt: skip


def _reopen(command: c.Reopen, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    due_at = rules.due(case.category, case.priority)
    return [_event(e.CaseReopened, command, case, by, rules, due_at=due_at, reason=command.reason)]


def _rate(command: c.Rate, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    if case.closed_at is None or rules.now > case.closed_at + RATING_WINDOW:
        raise CommandRefused("rating_over", days=RATING_WINDOW.days)
    if case.rated_at and case.rated_at >= case.closed_at:
        raise CommandRefused("rated_already")
    return [_event(e.CaseRated, command, case, by, rules, rating=command.rating)]


def _draw(command: c.DrawRecheck, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    if case.rechecks > case.rechecks_passed + case.rechecks_failed:
        raise CommandRefused("drawn_already")
    return [_event(e.RecheckDrawn, command, case, by, rules, draw_id=command.draw_id, seed=command.seed)]


def _rechecked(kind: type[e.CaseEvent], *names: str) -> Effect:
    plain = _plain(kind, *names)

    def build(command: c.Command, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
        if case.rechecks <= case.rechecks_passed + case.rechecks_failed:
            raise CommandRefused("not_drawn")
        return plain(command, case, by, rules)

    return build


def _urge(command: c.Urge, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    return [
        _event(
            e.CaseUrged, command, case, by, rules, order_id=command.id, to_unit_id=case.unit_id,
            reply_due_at=rules.reply_due(),
        )
    ]  # fmt: skip


def _supervise(command: c.Supervise, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    return [
        _event(
            e.CaseSupervised, command, case, by, rules, order_id=command.id, card=command.card,
            to_unit_id=case.unit_id, reply_due_at=_reply_due(command.reply_due_at, rules),
        )
    ]  # fmt: skip


def _direct(command: c.Direct, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    unit = command.to_unit_id or case.unit_id
    if unit and rules.units and unit not in rules.units:
        raise CommandRefused("unknown_unit", unit=unit)
    return [
        _event(
            e.CaseDirected, command, case, by, rules, order_id=command.id, to_unit_id=unit,
            reply_due_at=_reply_due(command.reply_due_at, rules),
        )
    ]  # fmt: skip


def _reply_due(asked: datetime | None, rules: Rules) -> datetime:
    if asked is None:
        return rules.reply_due()
    _later(asked, rules.now)
    return asked


def _standing(case: CaseFile, order_id: str, *kinds: str) -> Order:
    order = case.order(order_id)
    if order is None or order.kind not in kinds:
        raise CommandRefused("no_such_order", order=order_id)
    if order.settled_at:
        raise CommandRefused("settled_already", at=order.settled_at)
    return order


def _reply(command: c.Reply, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    order = _standing(case, command.order_id, "urged", "supervised", "directed")
    if order.to_unit_id and by.scope.unit not in (None, order.to_unit_id):
        raise CommandRefused("not_your_order", unit=order.to_unit_id)
    return [_event(e.OrderReplied, command, case, by, rules, order_id=command.order_id)]


def _lift(command: c.Lift, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    if not _standing(case, command.order_id, "supervised").replies:
        raise CommandRefused("no_reply")
    return [_event(e.CardLifted, command, case, by, rules, order_id=command.order_id)]


def _settle(command: c.Settle, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    _standing(case, command.order_id, "directed")
    return [_event(e.DirectiveSettled, command, case, by, rules, order_id=command.order_id)]


def _lead(command: c.Lead, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    if case.led_by == by.user:
        raise CommandRefused("led_already")
    return [_event(e.CaseLed, command, case, by, rules, to_user=by.user)]


def _lapse(command: c.Lapse, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    return [
        _event(e.ClockLapsed, command, case, by, rules, stage=command.stage, card=command.card, to_unit_id=case.unit_id)
    ]


def _void(command: c.Void, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    untouched = case.last_kind == "case-reported" and case.reported_by == by.user
    fresh = rules.now - (case.reported_at or rules.now) <= CREATOR_MAY_VOID
    if "shift_lead" not in by.roles and not (untouched and fresh):
        raise CommandRefused("void_too_late", minutes=CREATOR_MAY_VOID // timedelta(minutes=1))
    return [_event(e.CaseVoided, command, case, by, rules, reason=command.reason)]


EFFECTS: Final[dict[type[c.Command], Effect]] = {
    c.AskVerify: _plain(e.VerificationAsked),
    c.Verify: _plain(e.CaseVerified),
    c.Accept: _accept,
    c.Reject: _plain(e.CaseRejected, "reason"),
    c.Appeal: _plain(e.RejectionAppealed, "reason"),
    c.UpholdAppeal: _plain(e.AppealUpheld),
    c.DismissAppeal: _plain(e.AppealDismissed, "reason"),
    c.Merge: _merge,
    c.Dispatch: _dispatch,
    c.Sign: _sign,
    c.Return: _plain(e.CaseReturned, "reason"),
    c.Recall: _plain(e.CaseReturned, "reason"),
    c.Receive: _receive,
    c.ReachMilestone: _plain(e.MilestoneReached, "stage"),
    c.RequestApproval: _request,
    c.RefuseRequest: _refuse_request,
    c.Suspend: _suspend,
    c.Resume: _resume,
    c.Extend: _extend,
    c.AskReporter: _ask_reporter,
    c.Answer: _answer,
    c.Finish: _finish,
    c.CheckPass: _plain(e.CheckPassed),
    c.CheckFail: _plain(e.CheckFailed, "reason"),
    c.Close: _close,
    c.Escalate: _to_level(e.CaseEscalated, "escalated", -1),
    c.SendDown: _to_level(e.CaseSentDown, "sent_down", 1),
    c.Recategorise: _recategorise,
    c.RequestReopen: _plain(e.ReopenRequested, "reason"),
    c.RefuseReopen: _plain(e.ReopenRefused, "reason"),
    c.Reopen: _reopen,
    c.Rate: _rate,
    c.DrawRecheck: _draw,
    c.RecheckPass: _rechecked(e.RecheckPassed),
    c.RecheckFail: _rechecked(e.RecheckFailed, "reason"),
    c.Evaluate: _plain(e.CaseEvaluated),
    c.Archive: _plain(e.CaseArchived),
    c.Urge: _urge,
    c.Supervise: _supervise,
    c.Lift: _lift,
    c.Direct: _direct,
    c.Settle: _settle,
    c.Reply: _reply,
    c.Lead: _lead,
    c.Comment: _plain(e.CaseCommented),
    c.Attach: _plain(e.AttachmentAdded, "stage"),
    c.Lapse: _lapse,
    c.Void: _void,
}
