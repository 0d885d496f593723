"""What a display hears of the city's life: how a source is, and the second's heartbeat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Pulse:
    """How a source is: ``state`` is live, late, stopped, or idle where it was never heard.

    ``last_at`` is the city's time when it was last heard.
    """

    state: str
    source: str | None
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class Tick:
    """What every display hears once a second; all views are true as of ``as_of``, changed since or not."""

    now: datetime
    as_of: datetime
    clock: str
    speed: float
    feed: Pulse
    sources: tuple[Pulse, ...]
    position: int
