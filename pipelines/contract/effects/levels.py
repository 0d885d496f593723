"""上报 and 下派: a child case a level up or down, and a parent that waits for it."""

from __future__ import annotations

from typing import Final

from ...errors import CommandRefused
from .. import commands as c
from .. import events as e
from ..areas import LEVELS
from ..case_file import CaseFile
from ..permission import level_beside, level_of
from ..rules import Rules
from ..scope import Viewer
from .effect import SOURCE, Effect, alone, event


def _to_level(kind: type[e.CaseEvent], relation: str, step: int) -> Effect:
    """Return the effect of escalating or sending down: a child case, and a parent that waits for it."""

    def build(command: c.Escalate | c.SendDown, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
        here = level_of(case, by, rules.tree)
        level = command.level or level_beside(here, step)
        if level is None or (LEVELS.index(level) - LEVELS.index(here)) * step <= 0:
            raise CommandRefused("no_such_level", level=level or here, here=here)
        if relation == "sent_down" and LEVELS.index(level) > LEVELS.index(rules.tree.get(case.area_id).level):
            raise CommandRefused("no_such_level", level=level, here=here)
        alone(case)
        child = f"child:{command.id}"
        told = event(kind, command, case, by, rules, child_id=child, level=level, reason=command.reason)
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


EFFECTS: Final[dict[type[c.Command], Effect]] = {
    c.Escalate: _to_level(e.CaseEscalated, "escalated", -1),
    c.SendDown: _to_level(e.CaseSentDown, "sent_down", 1),
}
