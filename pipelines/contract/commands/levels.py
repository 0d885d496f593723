"""上报 and 下派: pass it up or down."""

from __future__ import annotations

from .base import Command, Level, Reason


class Escalate(Command, frozen=True, kw_only=True):
    """Open a child case a level up."""

    reason: Reason
    level: Level | None = None
    """null: one level up"""


class SendDown(Command, frozen=True, kw_only=True):
    """Open a child case a level down."""

    reason: Reason
    level: Level | None = None
