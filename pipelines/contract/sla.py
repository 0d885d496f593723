"""Deadlines: when a case is due, how pressing that is, and what a pause or more time does to it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final, Literal

from ..errors import ConfigError
from .calendar import WorkingCalendar

SlaState = Literal["normal", "due_soon", "overdue", "overdue_x3"]
FAR_OVERDUE: Final = 3


class Unit(StrEnum):
    """What a limit is counted in, by the name the regulations use."""

    EMERGENCY_HOUR = "紧急工作时"
    WORKING_HOUR = "工作时"
    WORKING_DAY = "工作日"
    NATURAL_DAY = "自然日"


DAYS: Final = frozenset({Unit.WORKING_DAY, Unit.NATURAL_DAY})


@dataclass(frozen=True, slots=True)
class Limit:
    """How much time there is: hours may be fractions, days are whole; the unit may be given by its Chinese name."""

    amount: float
    unit: Unit

    def __post_init__(self) -> None:
        """Refuse an amount that is no time, and a unit nobody knows."""
        if self.unit not in list(Unit):
            raise ConfigError(f"limit: the unit is {self.unit!r}; expected one of {', '.join(Unit)}")
        object.__setattr__(self, "unit", Unit(self.unit))
        if not (math.isfinite(self.amount) and self.amount > 0):
            raise ConfigError(f"limit: {self.amount!r} {self.unit}; expected more than nothing")
        if self.unit in DAYS and self.amount != int(self.amount):
            raise ConfigError(f"limit: {self.amount!r} {self.unit}; expected whole days, or give it in 工作时")


@dataclass(frozen=True, slots=True)
class DueSoonRule:
    """When an open case turns amber: the last ``share`` of its time or ``within``, whichever is shorter."""

    share: float = 0.25
    within: timedelta = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a case is due, beside the deadline it first had: on-time rates are published by both."""

    due_at: datetime
    original_due_at: datetime

    @classmethod
    def first(cls, due_at: datetime) -> Deadline:
        """Return the deadline a case gets when it is filed."""
        return cls(due_at, due_at)

    def extended(self, due_at: datetime) -> Deadline:
        """Return it with more time granted, the original kept; raise `ConfigError` where that is no more time."""
        if due_at <= self.due_at:
            raise ConfigError(f"extension to {due_at.isoformat()}: expected a time after {self.due_at.isoformat()}")
        return replace(self, due_at=due_at)


def due(start: datetime, limit: Limit, calendar: WorkingCalendar) -> datetime:
    """Return the moment (UTC) at which a limit that began at ``start`` ends."""
    match limit.unit:
        case Unit.EMERGENCY_HOUR:
            return start.astimezone(UTC) + timedelta(hours=limit.amount)
        case Unit.WORKING_HOUR:
            return calendar.after_working_time(start, timedelta(hours=limit.amount))
        case Unit.WORKING_DAY:
            return calendar.after_working_days(start, int(limit.amount))
        case Unit.NATURAL_DAY:
            return calendar.after_natural_days(start, int(limit.amount))


def resumed_due(due_at: datetime, suspended_at: datetime, resumed_at: datetime) -> datetime:
    """Return the deadline after a suspension: the clock stood still, so it moves by just that long."""
    return due_at + (resumed_at - suspended_at)


def sla_state(
    now: datetime, due_at: datetime | None, started_at: datetime, rule: DueSoonRule | None = None
) -> SlaState:
    """Tell how pressing an open case is at ``now``, as `sql/schema/case_urgency.sql` does for all of them."""
    if due_at is None:
        return "normal"
    rule = rule or DueSoonRule()
    limit = due_at - started_at
    if due_at < now:
        return "overdue_x3" if timedelta() < FAR_OVERDUE * limit <= now - started_at else "overdue"
    return "due_soon" if due_at - now <= min(rule.within, rule.share * limit) else "normal"
