"""What the configuration lays down for decisions, as the contract's rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from .categories import Categories
from .config import Config
from .contract.areas import AreaTree
from .contract.calendar import WorkingCalendar
from .contract.rules import Rules, Staged
from .contract.sla import Limit, Unit

DAY_HOURS = 24


@dataclass(frozen=True)
class Ruling:
    """The rules of a city; those of a moment by `at`."""

    config: Config
    tree: AreaTree
    kinds: Callable[[], Categories]
    units: frozenset[str]

    def at(self, now: datetime) -> Rules:
        """Return the rules as of a moment."""
        kinds = self.kinds()
        known = {kind.id: kind for kind in kinds.categories}
        return Rules(
            now=now,
            tree=self.tree,
            calendar=self._calendar,
            limit=lambda category, priority: self._limit(kinds, category, priority),
            group=lambda category: known[category].group,
            units=self.units,
            stage_minutes={str(stage): minutes for stage, minutes in self.config.sla.stage_minutes.items()},
            staged=self._staged,
            simulated=self.config.city.data == "simulated",
        )

    @cached_property
    def _calendar(self) -> WorkingCalendar:
        return self.config.calendar.working(self.config.city.zone)

    @cached_property
    def _staged(self) -> dict[str, tuple[Staged, ...]]:
        found = self.config.sla.staged.items()
        return {
            category: tuple(Staged(one.stage, one.name_zh, one.name_en, one.limit) for one in stages)
            for category, stages in found
        }

    def _limit(self, kinds: Categories, category: str | None, priority: str | None) -> Limit:
        """Return the time a case has: urgent by the clock, whole days in working days, the rest in working hours."""
        kind = kinds.find(category or "")
        hours = (kind.limits.get(priority or "normal") if kind else None) or self.config.sla.case_hours
        if priority == "urgent":
            return Limit(hours, Unit.EMERGENCY_HOUR)
        if hours % DAY_HOURS:
            return Limit(hours, Unit.WORKING_HOUR)
        natural = kind is not None and self._root(kind.group) in self.config.sla.natural_days
        return Limit(hours // DAY_HOURS, Unit.NATURAL_DAY if natural else Unit.WORKING_DAY)

    @staticmethod
    def _root(group: str | None) -> str | None:
        """Return a group's own root: the letters its code begins with."""
        return "".join(letter for letter in group or "" if letter.isalpha()) or group
