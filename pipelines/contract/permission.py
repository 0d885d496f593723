"""May this hand do this to that case, and if not, why: role first, then how far the hand reaches, then the state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from . import disputes
from .areas import LEVELS, AreaTree
from .case_file import CaseFile
from .hands import BY_COMMAND, Capability
from .lifecycle import STATES, TRANSITIONS
from .scope import Viewer

Objection = tuple[str, dict[str, Any]]
"""A code with what its words need."""
LEGAL: Final = {(t.state, t.command): t for t in TRANSITIONS}
BY_SYSTEMS: Final = frozenset({"system", "system_of_record"})
CREATOR_MAY_VOID: Final = timedelta(minutes=10)


def objection(command: str, case: CaseFile, viewer: Viewer, tree: AreaTree) -> Objection | None:
    """Return why a viewer may not give a command about a case, None if they may."""
    capability = BY_COMMAND[command]
    if not viewer.roles & capability.roles:
        return "not_your_role", {"roles": sorted(capability.roles - BY_SYSTEMS)}
    if viewer.exercise != case.exercise:
        return "other_world", {}
    if not (viewer.case == case.case_id if viewer.case else viewer.scope.covers(tree, case.area_id)):
        return "not_your_area", {}
    return REACHES[capability.reach](case, viewer, tree, capability) or own_work(command, case, viewer)


def illegal(command: str, case: CaseFile) -> Objection | None:
    """Return that a case's state does not allow a command, with what it does allow."""
    if command in disputes.COMMANDS and (refused := _off_stage(command, case)):
        return refused
    if (case.state, command) in LEGAL:
        return None
    states = [state for state, name in LEGAL if name == command and state in STATES]
    return "wrong_state", {"state": case.state, "states": states}


def _off_stage(command: str, case: CaseFile) -> Objection | None:
    """Return that a case is no dispute, or one whose stage does not allow a command."""
    if not disputes.is_dispute(case):
        return "no_dispute", {}
    stage = disputes.stage_of(case)
    if (stage, command) in disputes.NEXT:
        return disputes.leaderless(command, case)
    return "wrong_stage", {"stage": stage, "stages": [one for one, name in disputes.NEXT if name == command]}


def own_work(command: str, case: CaseFile, viewer: Viewer) -> Objection | None:
    """Return that nobody checks their own handling."""
    checks = command.startswith(("check_", "recheck_"))
    return ("own_handling", {}) if checks and case.handled_by == viewer.user else None


def _area(_case: CaseFile, _viewer: Viewer, _tree: AreaTree, _capability: Capability) -> Objection | None:
    return None


def _centre(case: CaseFile, viewer: Viewer, tree: AreaTree, _capability: Capability) -> Objection | None:
    """Let only who answers for the whole area of the case's level act for its centre."""
    if case.level is None or "system" in viewer.roles:
        return None
    centre = next((area for area in tree.path(case.area_id) if area.level == case.level), tree.root)
    return None if viewer.scope.covers(tree, centre.id) else ("not_your_centre", {"level": case.level})


def _lead(case: CaseFile, viewer: Viewer, _tree: AreaTree, _capability: Capability) -> Objection | None:
    return None if _is(viewer, case.unit_id) else ("not_your_unit", {"unit": case.unit_id})


def _unit(case: CaseFile, viewer: Viewer, tree: AreaTree, capability: Capability) -> Objection | None:
    if viewer.scope.unit in case.helpers:
        return None
    return _lead(case, viewer, tree, capability)


def _is(viewer: Viewer, unit: str | None) -> bool:
    """Tell whether a viewer works in a unit: on a machine where nobody signs in, the one viewer works in all."""
    return unit is not None and viewer.scope.unit in (None, unit)


def _order(case: CaseFile, viewer: Viewer, tree: AreaTree, capability: Capability) -> Objection | None:
    if any(_given_to(viewer, order.to_unit_id, order.to_user) for order in case.orders):
        return None
    return _unit(case, viewer, tree, capability)


def _given_to(viewer: Viewer, unit: str | None, user: str | None) -> bool:
    return user == viewer.user or _is(viewer, unit) or (unit is None and "duty_officer" in viewer.roles)


def _reporter(case: CaseFile, viewer: Viewer, _tree: AreaTree, capability: Capability) -> Objection | None:
    if viewer.case == case.case_id or viewer.user == case.reported_by:
        return None
    others = viewer.roles & capability.roles - {"reporter"}
    return None if others else ("not_your_case", {})


def _team(case: CaseFile, viewer: Viewer, _tree: AreaTree, _capability: Capability) -> Objection | None:
    """Let the mediator who took a dispute go on with it; one that nobody took is anybody's of its area."""
    return None if case.mediator in (None, viewer.user) else ("not_your_dispute", {})


Reaching = Callable[[CaseFile, Viewer, AreaTree, Capability], Objection | None]
REACHES: Final[dict[str, Reaching]] = {
    "area": _area, "centre": _centre, "lead": _lead, "unit": _unit, "order": _order, "team": _team,
    "reporter": _reporter,
}  # fmt: skip


def level_of(case: CaseFile, viewer: Viewer, tree: AreaTree) -> str:
    """Return the level whose centre runs a case: its own, else that of the centre the viewer works at."""
    if case.level:
        return case.level
    return next(area.level for area in tree.path(case.area_id) if area.id in viewer.scope.areas)


def level_beside(level: str, step: int) -> str | None:
    """Return the level one up (-1) or down (1), None at the end."""
    there = LEVELS.index(level) + step
    return LEVELS[there] if 0 <= there < len(LEVELS) else None
