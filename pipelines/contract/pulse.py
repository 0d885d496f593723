"""How a source is: heard in time, late, or stopped."""

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
