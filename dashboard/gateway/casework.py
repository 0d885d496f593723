"""Cases, opened and commanded by whoever sees them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from pipelines.contract.civic import Contact
from pipelines.contract.commands import Command, Merge
from pipelines.contract.hands import BY_COMMAND
from pipelines.contract.personal import PERSONAL
from pipelines.contract.scope import Lens, Viewer
from pipelines.errors import CommandRefused, ScopeError
from pipelines.node import Node

from .files import Files
from .guard import Guard
from .seals import Seals

Answer = dict[str, Any]
LINKING: Final = frozenset({"duty_officer", "shift_lead", "dispatcher"})


class Casework:
    """Open a case, tell what may be done to it, carry commands out."""

    def __init__(self, node: Node, guard: Guard) -> None:
        """Work on a node's cases."""
        self._node = node
        self._guard = guard
        self._seals = Seals()
        self.files = Files(node, guard)

    def open(self, case_id: str, viewer: Viewer) -> Answer | None:
        """Return one case with its timeline, or None if there is none in the viewer's scope."""
        found = self.found(case_id, viewer, viewer.lens) if self._may_ask(case_id, viewer) else None
        # that somebody sees in clear what others see masked is noted, once a look
        if found and not viewer.lens.masked and self._seals.breaks(viewer, case_id):
            clear = sorted(name for name in PERSONAL["cases"] if found["case"].get(name))
            self._guard.record(viewer, "sealed", "case", case_id, {"fields": clear})
        return found

    def sees(self, case_id: str, viewer: Viewer) -> bool:
        """Tell whether a viewer sees a case; a reporter's link shows the one it is bound to."""
        return self._may_ask(case_id, viewer) and bool(self._of_case("case", case_id, viewer, viewer.lens))

    def _may_ask(self, case_id: str, viewer: Viewer) -> bool:
        if viewer.case is not None:
            return viewer.case == case_id
        self._guard.need(viewer, "see", "case", case_id)
        return True

    def found(self, case_id: str, viewer: Viewer, lens: Lens) -> Answer | None:
        """Return a case of a viewer's areas with its timeline, through a lens."""
        case = self._of_case("case", case_id, viewer, lens)
        return {"case": case[0], "timeline": self._of_case("timeline", case_id, viewer, lens)} if case else None

    def file(self, case_id: str, viewer: Viewer) -> Answer | None:
        """Return a case with its timeline, its orders, its family, and what the viewer may do to it and why not."""
        found = self.open(case_id, viewer)
        case = self._node.decisions.file(case_id) if found else None
        if found is None or case is None:
            return None
        found["case"]["last_seq"] = case.last_seq
        orders, family = (self._of_case(name, case_id, viewer, viewer.lens) for name in ("case_orders", "case_family"))
        commands = [asdict(ability) for ability in self._node.decisions.abilities(case, viewer)]
        return found | {"orders": orders, "family": family, "commands": commands}

    def command(self, command: Command, viewer: Viewer) -> Answer:
        """Carry a command out; raise `CommandRefused` with the reason; an unseen case is one unheard of."""
        try:
            self._check(command, viewer)
            receipt = asdict(self._node.command(command, viewer))
        except CommandRefused as refused:
            self._guard.record(viewer, "refused_command", command.name, command.case_id, {"code": refused.code})
            raise
        told = {"id": command.id, "events": receipt["events"]}
        self._guard.record(viewer, "command", command.name, command.case_id, told)
        return receipt

    def _check(self, command: Command, viewer: Viewer) -> None:
        """Raise `CommandRefused` for what a command names and its hand does not see."""
        if not self.sees(command.case_id, viewer):
            raise CommandRefused("no_such_case", case=command.case_id)
        if isinstance(command, Merge) and not self.sees(command.parent_id, viewer):
            raise CommandRefused("no_such_parent", case=command.parent_id)
        if lost := self.files.lost(command.attachments, viewer):
            raise CommandRefused("no_such_file", files=lost)

    def contact(self, case_id: str, viewer: Viewer) -> Contact | None:
        """Return how to reach who reported a case, for whoever may accept it; that it was read is noted."""
        if not self.sees(case_id, viewer):
            return None
        with self._guard.noted(viewer, "reporter", case_id):
            if viewer.lens.masked or not viewer.roles & BY_COMMAND["accept"].roles:
                raise ScopeError(f"how to reach a reporter is for duty officers; you are {', '.join(viewer.roles)}")
        # noted first: what cannot be written down is not shown
        self._guard.record(viewer, "sealed", "reporter", case_id, {})
        return self._node.contacts.find(case_id)

    def may_link(self, case_id: str, viewer: Viewer) -> None:
        """Raise `CommandRefused` unless a viewer may hand out the link of a case's reporter; note that they did."""
        if viewer.case is not None or not self.sees(case_id, viewer):
            raise CommandRefused("no_such_case", case=case_id)
        if viewer.lens.masked or not viewer.roles & LINKING:
            raise CommandRefused("not_your_role", command="reporter_link", roles=sorted(LINKING))
        self._guard.record(viewer, "deed", "reporter link", case_id, {})

    def may_rotate_links(self, viewer: Viewer) -> None:
        """Raise `ScopeError` unless a viewer may make all links of reporters worthless; note that they did."""
        self._guard.need(viewer, "manage_keys", "reporter links")
        self._guard.record(viewer, "deed", "reporter links rotated", "registry", {})

    def _of_case(self, view: str, case_id: str, viewer: Viewer, lens: Lens) -> list[Answer]:
        found = (self._node.ask_case(view, area, case_id, lens) for area in sorted(viewer.scope.areas))
        return next((table.to_pylist() for table in found if table.num_rows), [])
