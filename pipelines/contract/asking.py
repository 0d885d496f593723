"""What an analyst asks, as it was written: texts and moments, not looked at yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Asking:
    """A question; without ``start`` and ``end`` it is about the metric's usual period."""

    metric: str
    area: str
    start: datetime | None = None
    end: datetime | None = None
    by: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    compare: tuple[str, ...] = ()
