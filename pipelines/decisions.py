"""Carry commands out: decide on the case as it stands, append what follows, answer with a receipt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from .contract.areas import AreaTree
from .contract.case_file import CaseFile, opened
from .contract.commands import Command, Merge
from .contract.decide import SOURCE, decide
from .contract.disputes import COMMANDS as DISPUTES
from .contract.disputes import is_dispute
from .contract.events import CaseEvent
from .contract.hands import BY_COMMAND
from .contract.lifecycle import OPEN_STATES
from .contract.permission import BY_SYSTEMS, illegal, objection
from .contract.scope import Viewer
from .errors import CommandRefused
from .ruling import Ruling
from .settling import Settling
from .warehouse import Warehouse, statement


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a command led to: the case's new state, the events, the log's position that holds them."""

    command_id: str
    case_id: str
    state: str | None
    last_seq: int
    happened_at: datetime
    events: tuple[str, ...]
    position: int
    children: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ability:
    """Whether a hand may give a command about a case, else the code of why not and what its words need."""

    command: str
    allowed: bool
    reason: str | None
    values: dict[str, Any]
    roles: tuple[str, ...]


class Decisions:
    """Decide one command after the other; run it where nothing else changes the marts."""

    def __init__(
        self,
        warehouse: Warehouse,
        ruling: Ruling,
        settling: Settling,
        applied: Callable[[], int],
    ) -> None:
        """Decide over a warehouse; ``applied`` tells how far the log is applied."""
        self._warehouse = warehouse
        self._ruling = ruling
        self._settling = settling
        self._applied = applied
        self._commanded: set[str] = set()
        self._looked = 0

    def submit(self, command: Command, by: Viewer, now: datetime) -> Receipt:
        """Carry a command out, once however often it comes; raise `CommandRefused` with the reason."""
        told = self._settling.settle(lambda: self._told(command), lambda: self._decided(command, by, now), _telling)
        return self._receipt(command, told)

    def file(self, case_id: str) -> CaseFile | None:
        """Return a case as decisions see it; None if nobody heard of it."""
        found = self._warehouse.rows(statement("decisions/case"), case_id=case_id).to_pylist()
        if not found:
            return None
        row = {name: value for name, value in found[0].items() if value is not None}
        orders = self._warehouse.rows(statement("decisions/orders"), case_id=case_id).to_pylist()
        return opened(row, [_known(order) for order in orders], row.pop("open_children"))

    def abilities(self, case: CaseFile, by: Viewer) -> list[Ability]:
        """Return for every command of a hand whether the viewer may give it now, and why not."""
        asked = (name for name in BY_COMMAND if name != "report" and (is_dispute(case) or name not in DISPUTES))
        found = (self._ability(command, case, by, self._ruling.tree) for command in asked)
        return [ability for ability in found if ability.roles]

    def foreign(self, events: pa.Table) -> pa.Table:
        """Return the events of a feed without those of cases, and stages of villages, that hands command.

        They live by their hands alone. On any thread: it reads, and waits for nothing.
        """
        end = self._applied()
        if end > self._looked:
            found = self._warehouse.rows(statement("decisions/commanded"), after=self._looked, source=SOURCE)
            self._commanded |= set(found.column("moved").to_pylist())
            self._looked = end
        if not self._commanded:
            return events
        mine = pa.array(sorted(self._commanded), pa.string())
        return events.filter(pc.invert(pc.is_in(_moved(events), value_set=mine)))

    def _decided(self, command: Command, by: Viewer, now: datetime) -> list[CaseEvent]:
        case = self.file(command.case_id)
        if case is None:
            raise CommandRefused("no_such_case", case=command.case_id)
        events = decide(command, case, by, self._ruling.at(now))
        if isinstance(command, Merge):
            self._admit_parent(command)
        return events

    def _admit_parent(self, command: Merge) -> None:
        parent = self.file(command.parent_id)
        if parent is None or parent.state not in OPEN_STATES:
            raise CommandRefused("no_such_parent", case=command.parent_id)

    def _told(self, command: Command) -> list[tuple[str, str]]:
        """Return kinds and cases of the events a command led to before."""
        rows = self._warehouse.rows(statement("decisions/told"), command=command.id, source=SOURCE).to_pylist()
        return [(row["kind"], row["case_id"]) for row in rows]

    def _receipt(self, command: Command, told: list[tuple[str, str]]) -> Receipt:
        case = self.file(command.case_id)
        if case is None or not any(case_id == command.case_id for _, case_id in told):
            raise CommandRefused("used_already", id=command.id)
        return Receipt(
            command_id=command.id, case_id=command.case_id, state=case.state, last_seq=case.last_seq,
            happened_at=case.changed_at, events=tuple(kind for kind, _ in told), position=self._settling.position(),
            children=tuple(dict.fromkeys(other for _, other in told if other != command.case_id)),
        )  # fmt: skip

    @staticmethod
    def _ability(command: str, case: CaseFile, by: Viewer, tree: AreaTree) -> Ability:
        roles = tuple(sorted(BY_COMMAND[command].roles - BY_SYSTEMS))
        reason, values = objection(command, case, by, tree) or illegal(command, case) or (None, {})
        return Ability(command, reason is None, reason, values, roles)


def _known(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}


def _telling(events: list[CaseEvent]) -> list[tuple[str, str]]:
    return [(str(type(event).__struct_config__.tag), event.case_id) for event in events]


def _moved(events: pa.Table) -> pa.ChunkedArray:
    """Return what each event moves: its case, or the village and year whose stage it tells."""
    village = pc.binary_join_element_wise(events.column("area_id"), pc.cast(events.column("year"), pa.string()), ":")
    stages = pc.equal(events.column("kind"), "safety-stage-reached")
    return pc.if_else(stages, village, events.column("case_id"))
