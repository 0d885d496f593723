"""Orders about a case: received, urged, supervised, directed, answered, settled."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import msgspec

from ...errors import CommandRefused
from .. import commands as c
from .. import events as e
from ..case_file import CaseFile, Order
from ..rules import Rules
from ..scope import Viewer
from .effect import Effect, event, later


def _receive(command: c.Receive, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    order_id = command.order_id or case.order_id
    if order_id is None or (command.order_id and not case.order(command.order_id)):
        raise CommandRefused("no_such_order", order=command.order_id)
    told = event(e.ReceiptGiven, command, case, by, rules, order_id=order_id, receipt=command.receipt)
    # each step of an order is told once, whoever says it first
    return [msgspec.structs.replace(told, id=f"{order_id}:{command.receipt}")]


def _urge(command: c.Urge, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    return [
        event(
            e.CaseUrged, command, case, by, rules, order_id=command.id, to_unit_id=case.unit_id,
            reply_due_at=rules.reply_due(),
        )
    ]  # fmt: skip


def _supervise(command: c.Supervise, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    return [
        event(
            e.CaseSupervised, command, case, by, rules, order_id=command.id, card=command.card,
            to_unit_id=case.unit_id, reply_due_at=_reply_due(command.reply_due_at, rules),
        )
    ]  # fmt: skip


def _direct(command: c.Direct, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    unit = command.to_unit_id or case.unit_id
    if unit and rules.units and unit not in rules.units:
        raise CommandRefused("unknown_unit", unit=unit)
    return [
        event(
            e.CaseDirected, command, case, by, rules, order_id=command.id, to_unit_id=unit,
            reply_due_at=_reply_due(command.reply_due_at, rules),
        )
    ]  # fmt: skip


def _reply_due(asked: datetime | None, rules: Rules) -> datetime:
    if asked is None:
        return rules.reply_due()
    later(asked, rules.now)
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
    return [event(e.OrderReplied, command, case, by, rules, order_id=command.order_id)]


def _lift(command: c.Lift, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    if not _standing(case, command.order_id, "supervised").replies:
        raise CommandRefused("no_reply")
    return [event(e.CardLifted, command, case, by, rules, order_id=command.order_id)]


def _settle(command: c.Settle, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    _standing(case, command.order_id, "directed")
    return [event(e.DirectiveSettled, command, case, by, rules, order_id=command.order_id)]


def _lead(command: c.Lead, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    if case.led_by == by.user:
        raise CommandRefused("led_already")
    return [event(e.CaseLed, command, case, by, rules, to_user=by.user)]


EFFECTS: Final[dict[type[c.Command], Effect]] = {
    c.Receive: _receive,
    c.Urge: _urge,
    c.Supervise: _supervise,
    c.Lift: _lift,
    c.Direct: _direct,
    c.Settle: _settle,
    c.Reply: _reply,
    c.Lead: _lead,
}
