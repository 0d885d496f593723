"""The parties of disputes: registered by who takes a dispute in, opened by its case team alone, each time noted."""

from __future__ import annotations

from typing import Final

from pipelines.contract.case_file import CaseFile
from pipelines.contract.disputes import is_dispute
from pipelines.contract.parties import Parties, team
from pipelines.contract.scope import Viewer
from pipelines.errors import CommandRefused
from pipelines.node import Node
from pipelines.registry.parties import SealedParties

from .casework import Casework
from .guard import Guard

REGISTERING: Final = frozenset({"duty_officer", "mediator"})
SHORTEST_REASON: Final = 4


class Sealed:
    """Open and close what only a case team may know."""

    def __init__(self, node: Node, cases: Casework, guard: Guard) -> None:
        """Guard a node's parties; ``cases`` tells whether a viewer sees one, ``guard`` notes each opening."""
        self._node = node
        self._parties = SealedParties(node.registry)
        self._cases = cases
        self._guard = guard

    def register(self, case_id: str, parties: Parties, viewer: Viewer) -> int:
        """Keep the parties of a dispute; return how many; raise `CommandRefused` with the reason."""
        case = self._dispute(case_id, viewer)
        if not viewer.roles & REGISTERING and viewer.user not in team(case):
            raise CommandRefused("not_your_role", command="register", roles=sorted(REGISTERING))
        self._guard.record(viewer, "sealed", "parties registered", case_id, {"count": len(parties.parties)})
        self._parties.keep(case_id, parties)
        return len(parties.parties)

    def opened(self, case_id: str, reason: str, viewer: Viewer) -> Parties | None:
        """Return the parties of a dispute to its team, noted with their reason before anything is shown."""
        case = self._dispute(case_id, viewer)
        if viewer.user not in team(case) or viewer.lens.masked:
            self._guard.record(viewer, "refused_command", "parties", case_id, {"code": "not_of_team"})
            raise CommandRefused("not_of_team")
        if len(reason.strip()) < SHORTEST_REASON:
            raise CommandRefused("needs_reason")
        self._guard.record(viewer, "sealed", "parties", case_id, {"reason": reason.strip()})
        return self._parties.find(case_id)

    def _dispute(self, case_id: str, viewer: Viewer) -> CaseFile:
        case = self._node.decisions.file(case_id) if self._cases.sees(case_id, viewer) else None
        if case is None:
            raise CommandRefused("no_such_case", case=case_id)
        if not is_dispute(case):
            raise CommandRefused("no_dispute")
        return case
