"""Carry out what hands do about the safety creation of villages, and tell how one stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from .config import Config
from .config.simulation import SimulatorSource
from .contract.areas import AreaTree
from .contract.creation import CreationCommand, Plan, Village, abilities, decide, folded
from .contract.effects.effect import SOURCE
from .contract.events import Event
from .contract.scope import Viewer
from .errors import CommandRefused
from .settling import Settling
from .warehouse import Warehouse, statement


@dataclass(frozen=True, slots=True)
class CreationReceipt:
    """What a command led to: the village's stage, the events, the log's position that holds them."""

    command_id: str
    area_id: str
    year: int
    stage: str
    last_seq: int
    happened_at: datetime
    events: tuple[str, ...]
    position: int


class Creations:
    """Decide one command after the other; run it where nothing else changes the marts."""

    def __init__(self, config: Config, warehouse: Warehouse, tree: AreaTree, settling: Settling) -> None:
        """Decide over a warehouse."""
        self._zone: ZoneInfo = config.city.zone
        self._simulated = config.city.data == "simulated"
        plans = (source.safety for source in config.sources.values() if isinstance(source, SimulatorSource))
        self._batches = tuple(batch for plan in plans for batch in plan.batches)
        self._warehouse = warehouse
        self._tree = tree
        self._settling = settling

    def plan(self, now: datetime) -> Plan:
        """Return what the city lays down, as of a moment."""
        return Plan(now, now.astimezone(self._zone).year, self._tree, self._batches, self._simulated)

    def submit(self, command: CreationCommand, by: Viewer, now: datetime) -> CreationReceipt:
        """Carry a command out, once however often it comes; raise `CommandRefused` with the reason."""

        def decided() -> list[Event]:
            return decide(command, self.village(command.area_id, command.year), by, self.plan(now))

        def telling(events: list[Event]) -> list[dict[str, Any]]:
            place = {"area_id": command.area_id, "year": command.year}
            return [place | {"kind": e.__struct_config__.tag, "happened_at": e.happened_at} for e in events]

        told = self._settling.settle(lambda: self._told(command), decided, telling)
        if any(row["area_id"] != command.area_id or row["year"] != command.year for row in told):
            raise CommandRefused("used_already", id=command.id)
        village = self.village(command.area_id, command.year)
        return CreationReceipt(
            command.id, command.area_id, command.year, village.stage, village.last_seq, told[0]["happened_at"],
            tuple(row["kind"] for row in told), self._settling.position(),
        )  # fmt: skip

    def village(self, area_id: str, year: int) -> Village:
        """Return how a village stands in a year."""
        return folded(area_id, year, self.story(area_id, year))

    def story(self, area_id: str, year: int) -> list[dict[str, Any]]:
        """Return what happened to a village in a year, oldest first."""
        rows = self._warehouse.rows(
            statement("decisions/village"), area_id=area_id, year=year, simulated=self._simulated
        )
        return list(rows.to_pylist())

    def abilities(self, village: Village, by: Viewer, now: datetime) -> list[dict[str, Any]]:
        """Return what a viewer may do about a village now, and why not the rest."""
        return abilities(village, by, self.plan(now))

    def _told(self, command: CreationCommand) -> list[dict[str, Any]] | None:
        rows = self._warehouse.rows(
            "select kind, area_id, year, happened_at from log where cause = $command and source = $source order by seq",
            command=command.id, source=SOURCE,
        )  # fmt: skip
        return rows.to_pylist() or None
