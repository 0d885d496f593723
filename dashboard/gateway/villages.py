"""Villages in their safety creation, looked at and commanded by whoever sees them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pipelines.contract.creation import CreationCommand
from pipelines.contract.scope import Viewer
from pipelines.errors import AreaError, CommandRefused, ScopeError
from pipelines.node import Node

from .guard import Guard

Answer = dict[str, Any]
MASKED = "***"


class Villages:
    """Tell how a village stands, carry out what hands do about it."""

    def __init__(self, node: Node, guard: Guard) -> None:
        """Work on a node's villages."""
        self._node = node
        self._guard = guard

    def file(self, area_id: str, year: int, viewer: Viewer) -> Answer:
        """Return a village's stage, steps, signatures, and what the viewer may do and why not; or `CommandRefused`."""
        self._admit(area_id, viewer)
        if viewer.exercise:
            raise CommandRefused("not_in_a_drill")
        creations = self._node.creations
        village = creations.village(area_id, year)
        told = asdict(village) | {"open_lines": village.open_lines, "batches": creations.plan(self._node.now()).batches}
        if viewer.lens.masked:
            for one in (*told["steps"], *told["signatures"]):
                one["by"] = one["by"] and MASKED
        return told | {"commands": creations.abilities(village, viewer, self._node.now())}

    def command(self, command: CreationCommand, viewer: Viewer) -> Answer:
        """Carry a command out; raise `CommandRefused` with the reason; an unseen village is one unheard of."""
        where = f"{command.area_id}:{command.year}"
        try:
            self._admit(command.area_id, viewer)
            receipt = asdict(self._node.create_safety(command, viewer))
        except CommandRefused as refused:
            self._guard.record(viewer, "refused_command", command.name, where, {"code": refused.code})
            raise
        told = {"id": command.id, "events": receipt["events"]}
        self._guard.record(viewer, "command", command.name, where, told)
        return receipt

    def _admit(self, area_id: str, viewer: Viewer) -> None:
        try:
            self._guard.see(viewer, "village", area_id)
            if self._node.areas.get(area_id).level != "village":
                raise CommandRefused("no_such_village", area=area_id)
        except (ScopeError, AreaError) as error:
            raise CommandRefused("no_such_village", area=area_id) from error
