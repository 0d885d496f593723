"""发现: look at it, file it, turn it down, merge it."""

from __future__ import annotations

from .base import Command, Name, Priority, Reason


class AskVerify(Command, frozen=True, kw_only=True):
    """Let somebody look on site first."""


class Verify(Command, frozen=True, kw_only=True):
    """Confirm on site."""


class Accept(Command, frozen=True, kw_only=True):
    """File it: fix the category, compute and store the deadlines."""

    category: Name | None = None
    priority: Priority | None = None


class Reject(Command, frozen=True, kw_only=True):
    """Open no case, for a coded reason."""

    reason: Reason


class Appeal(Command, frozen=True, kw_only=True):
    """Disagree with a rejection."""

    reason: Reason


class UpholdAppeal(Command, frozen=True, kw_only=True):
    """Agree that the rejection was wrong."""


class DismissAppeal(Command, frozen=True, kw_only=True):
    """Let the rejection stand."""

    reason: Reason


class Merge(Command, frozen=True, kw_only=True):
    """Let it follow another open case."""

    parent_id: Name


class Recategorise(Command, frozen=True, kw_only=True):
    """Say what it is really about: deadlines are computed anew, the old one is kept."""

    category: Name
    reason: Reason
    priority: Priority | None = None


class Void(Command, frozen=True, kw_only=True):
    """Take back what was entered by mistake."""

    reason: Reason
