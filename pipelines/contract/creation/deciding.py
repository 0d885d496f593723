"""What a command about a village leads to: its events, or why it is refused. Pure: moment and plan are passed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from ...errors import CommandRefused
from ..areas import AreaTree
from ..effects.effect import SOURCE
from ..events import Event, SafetySigned, SafetyStageReached
from ..scope import Viewer
from . import commands as c
from .hands import BY_COMMAND, answers_for
from .stages import LEGAL
from .village import Village

Objection = tuple[str, dict[str, Any]]
"""A code with what its words need."""
SIGNED: Final = {"sign_naming": "naming", "sign_removal": "removal"}
FOUR_EYES: Final = frozenset({"review", "county_check"})
CLEAN: Final = frozenset({"publicise", "sign_naming", "keep"})
"""Commands that a red line touched and not put right stands against."""


@dataclass(frozen=True)
class Plan:
    """What the city lays down for its safety creation, at one moment."""

    now: datetime
    year: int
    tree: AreaTree
    batches: tuple[str, ...]
    simulated: bool = False


def decide(command: c.CreationCommand, village: Village, by: Viewer, plan: Plan) -> list[Event]:
    """Return the events of a command, in order; raise `CommandRefused` with a code and what its words need."""
    if refused := objection(command.name, village, by, plan):
        late = refused[0] == "wrong_step" and command.seen is not None and command.seen < village.last_seq
        told = {"command": command.name} | _last(village, by) | refused[1]
        raise CommandRefused("moved_meanwhile" if late else refused[0], **told)
    if isinstance(command, c.Nominate):
        _admit(command, plan)
    after = LEGAL[village.stage, command.name]
    wish = SIGNED.get(command.name)
    if wish is None:
        return [_reached(command, village, by, plan, after)]
    signature = SafetySigned(**_common(command, by, plan, "safety-signed"), wish=wish)
    # the second hand's signature carries the step
    return [signature, _reached(command, village, by, plan, after)] if village.signed(wish) else [signature]


def objection(command: str, village: Village, by: Viewer, plan: Plan) -> Objection | None:
    """Return why a viewer may not give a command about a village now, None if they may."""
    capability = BY_COMMAND[command]
    if not by.roles & capability.roles:
        return "not_your_role", {"roles": sorted(capability.roles)}
    if by.exercise:
        return "not_in_a_drill", {}
    if not answers_for(by, village.area_id, capability.level, plan.tree):
        return "not_your_level", {"level": capability.level}
    return next((refused for check in CHECKS if (refused := check(command, village, by, plan))), None)


def abilities(village: Village, by: Viewer, plan: Plan) -> list[dict[str, Any]]:
    """Return for every command about a village whether the viewer may give it now, and why not."""
    found = ((name, objection(name, village, by, plan)) for name in BY_COMMAND)
    return [
        {
            "command": name, "allowed": refused is None, "reason": refused[0] if refused else None,
            "values": refused[1] if refused else {}, "roles": sorted(BY_COMMAND[name].roles),
        }
        for name, refused in found
    ]  # fmt: skip


def _legal(command: str, village: Village, _by: Viewer, _plan: Plan) -> Objection | None:
    if (village.stage, command) in LEGAL:
        return None
    steps = [stage for stage, name in LEGAL if name == command]
    return "wrong_step", {"step": village.stage, "steps": steps}


def _own(command: str, village: Village, by: Viewer, _plan: Plan) -> Objection | None:
    """Let nobody confirm a step of their own."""
    own = command in FOUR_EYES and village.last is not None and village.last.by == by.user
    return ("own_step", {}) if own else None


def _clean(command: str, village: Village, _by: Viewer, _plan: Plan) -> Objection | None:
    return ("red_line_open", {"lines": village.open_lines}) if command in CLEAN and village.open_lines else None


def _public(command: str, village: Village, _by: Viewer, plan: Plan) -> Objection | None:
    """Let nobody sign a naming that is still to be objected to."""
    if command != "sign_naming" or village.public_until is None or village.public_until <= plan.now:
        return None
    return "in_publicity", {"until": village.public_until}


def _twice(command: str, village: Village, by: Viewer, _plan: Plan) -> Objection | None:
    signature = village.signed(SIGNED.get(command, ""))
    if signature is None or signature.by != by.user:
        return None
    return "signed_already", {"at": signature.at}


CHECKS: Final[tuple[Callable[[str, Village, Viewer, Plan], Objection | None], ...]] = (
    _legal, _own, _clean, _public, _twice,
)  # fmt: skip


def _admit(command: c.Nominate, plan: Plan) -> None:
    """Refuse a place that is no village, a batch the city does not have, a year that is over."""
    if plan.tree.get(command.area_id).level != "village":
        raise CommandRefused("no_village", area=command.area_id)
    if command.batch not in plan.batches:
        raise CommandRefused("no_such_batch", batch=command.batch, batches=list(plan.batches))
    if command.year not in (plan.year, plan.year + 1):
        raise CommandRefused("wrong_year", year=command.year, years=[plan.year, plan.year + 1])


def _reached(command: c.CreationCommand, village: Village, by: Viewer, plan: Plan, stage: str) -> SafetyStageReached:
    batch = command.batch if isinstance(command, c.Nominate) else village.batch or ""
    until = plan.now + timedelta(days=command.days) if isinstance(command, c.Publicise) else None
    return SafetyStageReached(
        **_common(command, by, plan, "safety-stage-reached"), batch=batch, stage=stage, until_at=until,
        reason=getattr(command, "reason", None),
    )  # fmt: skip


def _common(command: c.CreationCommand, by: Viewer, plan: Plan, kind: str) -> dict[str, Any]:
    return {
        "id": f"{command.id}:{kind}", "happened_at": plan.now, "received_at": plan.now, "source": SOURCE,
        "area_id": command.area_id, "cause": command.id, "actor": by.user, "simulated": plan.simulated,
        "year": command.year, "note": command.note or None,
    }  # fmt: skip


def _last(village: Village, by: Viewer) -> dict[str, Any]:
    """Tell who did what last; who sees no person is told that somebody did."""
    last = village.last
    return {"by": "***" if by.lens.masked else last.by, "at": last.at, "stage": last.stage} if last else {}
