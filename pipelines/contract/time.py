"""Clocks that are passed in, never read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tell the city's present moment, always in UTC."""

    def now(self) -> datetime:
        """Return the present moment."""
        ...


class SystemClock:
    """Follow the machine's clock."""

    def now(self) -> datetime:
        """Return the machine's time in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True)
class FrozenClock:
    """Stand still at one moment."""

    at: datetime

    def now(self) -> datetime:
        """Return the moment it was frozen at."""
        return self.at


@dataclass(frozen=True)
class ReplayClock:
    """Run from ``start`` at ``speed`` times the pace of another clock, which showed ``began`` then."""

    start: datetime
    began: datetime
    speed: float
    clock: Clock

    def now(self) -> datetime:
        """Return the replayed moment."""
        return self.start + (self.clock.now() - self.began) * self.speed
