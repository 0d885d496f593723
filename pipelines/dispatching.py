"""Whom to give a case to, and why; and which closed cases get a second look: both can be told again by anybody."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from .config import Config
from .contract.areas import AreaTree
from .contract.case_file import CaseFile
from .contract.draws import MOST_DRAWN, Draw
from .contract.scope import CLEAR, Lens
from .errors import QueryError
from .warehouse import Warehouse, statement

NEAREST_HANDS: Final = 5
SAME: Final = 50.0
"""metres within which an open case of the same kind is perhaps the same"""
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Duties:
    """Which units have the duty for a category, by the city's own lists."""

    of_category: dict[str, str]
    units: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, config: Config) -> Duties:
        """Read the lists; no duties where they name none."""
        categories, units = config.categories, config.units
        if not (categories and units and categories.duty and units.duty):
            return cls({}, {})
        held: dict[str, tuple[str, ...]] = {}
        with units.file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                held[row[units.duty]] = (*held.get(row[units.duty], ()), row[units.id])
        with categories.file.open(encoding="utf-8", newline="") as lines:
            return cls({row[categories.id]: row[categories.duty] for row in csv.DictReader(lines)}, held)

    def on_duty(self, category: str | None) -> list[str]:
        """Return the units whose duty a category is."""
        return list(self.units.get(self.of_category.get(category or "", ""), ()))


class Dispatching:
    """Answer a dispatcher's and an inspector's questions over the marts as they are now."""

    def __init__(self, warehouse: Warehouse, config: Config, tree: AreaTree, now: Callable[[], datetime]) -> None:
        """Read the city's duties once."""
        self._warehouse = warehouse
        self._tree = tree
        self._now = now
        self._simulated = config.city.data == "simulated"
        self._duties = Duties.of(config)

    def suggest(self, case: CaseFile, area: str, similar: list[Row], lens: Lens = CLEAR) -> Row:
        """Return the units that could take a case with why, all units, the nearest hands, and cases like it nearby.

        ``area`` is how far its viewer sees: loads are counted there.
        """
        path = self._tree.path(case.area_id)
        within = next((one.id for one in path if one.level == "county"), path[0].id)
        seen = within if area in {one.id for one in self._tree.path(within)} else area
        units = self._ask(
            "decisions/suggested", lens, place=case.area_id, within=seen, area=area, category=case.category,
            duty=self._duties.on_duty(case.category), root=self._tree.root.id,
        )  # fmt: skip
        named = self._tree.get(seen)
        values = {"area_zh": named.name_zh, "area_en": named.name_en}
        return {
            "units": [unit | {"why": _why(unit, values)} for unit in units],
            "all": self._ask("decisions/units_carrying", lens, area=area),
            "hands": self._hands(case, area, lens),
            "similar": [row for row in similar if row["case_id"] != case.case_id and row["metres"] <= SAME],
        }

    def population(self, draw: Draw, lens: Lens = CLEAR) -> list[Row]:
        """Return the cases a draw chooses from; raise `QueryError` for a draw that could not be made again."""
        if not 0 < draw.count <= MOST_DRAWN:
            raise QueryError(f"{draw.count} cases cannot be drawn at once: ask for 1 to {MOST_DRAWN}")
        if draw.since.tzinfo is None or draw.until.tzinfo is None or draw.since >= draw.until:
            raise QueryError("a draw needs `since` before `until`, each with its offset: 2026-11-01T00:00:00+08:00")
        return self._ask("decisions/recheck_population", lens, area=draw.area, since=draw.since, until=draw.until)

    def _hands(self, case: CaseFile, area: str, lens: Lens) -> list[Row]:
        if case.lon is None or case.lat is None:
            return []
        return self._ask("desk/hands", lens, area=area, lon=case.lon, lat=case.lat, count=NEAREST_HANDS)

    def _ask(self, name: str, lens: Lens, **parameters: object) -> list[Row]:
        sql = statement(name)
        always = {"now": self._now(), "simulated": self._simulated}
        asked = {key: value for key, value in (parameters | always).items() if f"${key}" in sql}
        return list(self._warehouse.through(lens).rows(sql, **asked).to_pylist())


def _why(unit: Row, area: Row) -> list[Row]:
    """Tell in codes what speaks for a unit, and what against."""
    told: list[tuple[str, Row]] = []
    if unit["has_duty"]:
        told.append(("duty", {}))
    if unit["serves_place"]:
        told.append(("serves_place", {}))
    elif unit["serves_city"]:
        told.append(("serves_city", {}))
    if unit["done"]:
        told.append(("on_time", area | {"done": unit["done"], "share": unit["on_time"] / unit["done"]}))
    if unit["overdue"]:
        told.append(("overdue", {"count": unit["overdue"]}))
    return [{"code": code, "values": values} for code, values in told]
