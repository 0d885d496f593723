"""What a command leads to: its events, or why it is refused. Pure: the moment and the rules are passed in."""

from __future__ import annotations

from typing import Any, Final

from ..errors import CommandRefused
from . import commands as c
from . import events as e
from .case_file import CaseFile
from .effects import discover, evaluation, handling, levels, mediation, orders
from .effects.effect import SOURCE, Effect
from .permission import illegal, objection
from .rules import Rules
from .scope import Viewer

EFFECTS: Final[dict[type[c.Command], Effect]] = (
    discover.EFFECTS | handling.EFFECTS | levels.EFFECTS | mediation.EFFECTS | orders.EFFECTS | evaluation.EFFECTS
)
__all__ = ["EFFECTS", "SOURCE", "decide"]


def decide(command: c.Command, case: CaseFile, by: Viewer, rules: Rules) -> list[e.CaseEvent]:
    """Return the events of a command, in order; raise `CommandRefused` with a code and what its words need."""
    if refused := objection(command.name, case, by, rules.tree):
        raise CommandRefused(refused[0], command=command.name, **refused[1])
    if refused := illegal(command.name, case):
        late = command.seen is not None and command.seen < case.last_seq
        raise CommandRefused("acted_meanwhile" if late else refused[0], **(_last(case, by) | refused[1]))
    build = EFFECTS[type(command)]
    return build(command, case, by, rules)


def _last(case: CaseFile, by: Viewer) -> dict[str, Any]:
    """Tell who did what last, for whoever comes too late; who sees no person is told that somebody did."""
    return {
        "by": "***" if by.lens.masked else case.last_actor,
        "kind": case.last_kind,
        "at": case.changed_at,
        "state": case.state,
    }
