"""How an event is made of a command, and what many commands ask first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from ...errors import CommandRefused
from .. import commands as c
from .. import events as e
from ..case_file import CaseFile
from ..lifecycle import next_state
from ..rules import Rules
from ..scope import Viewer

SOURCE: Final = "command"
Effect = Callable[[Any, CaseFile, Viewer, Rules], list[e.CaseEvent]]


def event(
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


def plain(kind: type[e.CaseEvent], *names: str) -> Effect:
    """Return the effect that only tells, with some fields of the command as they are."""

    def build(command: c.Command, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
        return [event(kind, command, case, by, rules, **{name: getattr(command, name) for name in names})]

    return build


def later(moment: datetime | None, than: datetime | None) -> None:
    """Refuse a moment that is missing, without an offset, or not after another."""
    if moment is None or moment.tzinfo is None:
        raise CommandRefused("needs_time")
    if than is not None and moment <= than:
        raise CommandRefused("not_later", than=than)


def alone(case: CaseFile) -> None:
    """Refuse while a child case is open."""
    if case.open_children:
        raise CommandRefused("child_open", count=case.open_children)
