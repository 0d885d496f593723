"""What the city lays down for decisions: limits, the working calendar, who the units are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from .areas import AreaTree
from .calendar import WorkingCalendar
from .sla import Limit, Unit, due

LONGEST_SUSPENSION: Final = timedelta(days=90)
RATING_WINDOW: Final = timedelta(days=7)
REPLY_LIMIT: Final = Limit(8, Unit.WORKING_HOUR)
BY_THE_CLOCK: Final = frozenset({"reported", "verifying", "filed"})
"""Stages of centres, which are manned day and night; the others count in working time unless the case is urgent."""


@dataclass(frozen=True, slots=True)
class Staged:
    """One stage of a handling with a limit of its own, such as fencing off a burst main."""

    stage: str
    name_zh: str
    name_en: str
    limit: Limit


@dataclass(frozen=True)
class Rules:
    """How this city decides, at one moment."""

    now: datetime
    tree: AreaTree
    calendar: WorkingCalendar
    limit: Callable[[str | None, str | None], Limit]
    """the time a case of a category and priority may take"""
    group: Callable[[str], str | None]
    """the group of a known category; raises KeyError for an unknown one"""
    units: frozenset[str]
    """every unit; empty where the city lists none"""
    stage_minutes: Mapping[str, int]
    staged: Mapping[str, tuple[Staged, ...]]
    simulated: bool = False

    def due(self, category: str | None, priority: str | None) -> datetime:
        """Return when a case that is filed now must be done."""
        return due(self.now, self.limit(category, priority), self.calendar)

    def reply_due(self) -> datetime:
        """Return when an order that is given now must be answered."""
        return due(self.now, REPLY_LIMIT, self.calendar)

    def stage_due(self, state: str, priority: str | None) -> datetime | None:
        """Return when a stage that begins now should be over; None where the city sets no limit."""
        minutes = self.stage_minutes.get(state)
        if minutes is None:
            return None
        by_the_clock = state in BY_THE_CLOCK or priority == "urgent"
        unit = Unit.EMERGENCY_HOUR if by_the_clock else Unit.WORKING_HOUR
        return due(self.now, Limit(minutes / 60, unit), self.calendar)

    def stages(self, category: str | None) -> str | None:
        """Return the milestones of a case that is filed now, as ``stage=time`` separated by spaces."""
        found = self.staged.get(category or "", ())
        ends = (f"{one.stage}={due(self.now, one.limit, self.calendar).isoformat()}" for one in found)
        return " ".join(ends) or None
