"""The points of a trend: hours, days or weeks of a span, each with the moment it begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from ..errors import QueryError
from ..metrics.compile import Span

STEPS = ("hour", "day", "week")
MOST_POINTS, MOST_DAYS = 1_500, 400
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
SIZES = {"hour": HOUR, "day": DAY, "week": WEEK}


@dataclass(frozen=True, slots=True)
class Axis:
    """Bins counted from an origin; the value of a point is that of ``window`` bins, its own the last."""

    step: str
    bin: str
    window: int
    span: Span
    zone: ZoneInfo

    @classmethod
    def of(cls, span: Span, step: str, days: int | None, zone: ZoneInfo) -> Self:
        """Lay the points of a span; raise `QueryError` if there would be too many or the step is none."""
        if step not in STEPS:
            raise QueryError(f"step {step!r} is not known; there are {', '.join(STEPS)}")
        if days is not None and not 1 <= days <= MOST_DAYS:
            raise QueryError(f"window {days} is not between 1 and {MOST_DAYS} days; leave it out for none")
        if (span[1] - span[0]) / SIZES[step] > MOST_POINTS:
            raise QueryError(f"a step of one {step} gives over {MOST_POINTS} points; take a longer step or less time")
        if not days or (step == "day" and days == 1):
            return cls(step, step, 1, span, zone)
        return cls(step, "hour" if step == "hour" else "day", 24 * days if step == "hour" else days, span, zone)

    @property
    def origin(self) -> datetime:
        """Return when the first bin begins."""
        return self.floor(self.span[0])

    @property
    def counted(self) -> Span:
        """Return the span whose rows are counted: with the windows of the first points whole."""
        if self.window == 1:
            return self.span
        return self.at(1 - self.window), self.span[1]

    def shown(self) -> list[int]:
        """Return the bins that are points: all of them, or the last day of every week."""
        every = range(self.number(self.span[1] - timedelta(microseconds=1)) + 1)
        if self.step == self.bin:
            return list(every)
        return [number for number in every if number == every[-1] or self.at(number).isoweekday() == 7]

    def at(self, number: int) -> datetime:
        """Return when a bin begins."""
        if self.bin == "hour":
            return (self.origin.astimezone(UTC) + number * HOUR).astimezone(self.zone)
        return _midnight(self.origin.date() + number * SIZES[self.bin], self.zone)

    def ends(self) -> dict[int, datetime]:
        """Return when each point's bin ends, the last with the span."""
        return {number: min(self.at(number + 1), self.span[1]) for number in self.shown()}

    def number(self, moment: datetime) -> int:
        """Return which bin a moment lies in."""
        if self.bin == "hour":
            # of two times in one zone Python takes the wall clock's difference, not the hours that passed
            return int((moment.astimezone(UTC) - self.origin.astimezone(UTC)) // HOUR)
        return int((self.floor(moment).date() - self.origin.date()) // SIZES[self.bin])

    def floor(self, moment: datetime) -> datetime:
        """Return when the bin that holds a moment begins."""
        local = moment.astimezone(self.zone)
        if self.bin == "hour":
            return local.replace(minute=0, second=0, microsecond=0)
        day = local.date() - (local.weekday() * DAY if self.bin == "week" else timedelta())
        return _midnight(day, self.zone)

    def label(self, number: int) -> datetime:
        """Return the moment a point is shown at: when its hour, day or week begins."""
        begins = self.at(number)
        if self.step == self.bin:
            return begins
        return _midnight(begins.date() - begins.weekday() * DAY, self.zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone)
