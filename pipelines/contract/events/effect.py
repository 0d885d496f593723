"""问效: what came of it."""

from __future__ import annotations

from datetime import datetime

from .base import CaseEvent


class CheckPassed(CaseEvent, frozen=True, kw_only=True):
    """A checker found it fixed."""


class CheckFailed(CaseEvent, frozen=True, kw_only=True):
    """A checker sent it to rework."""

    reason: str


class CaseClosed(CaseEvent, frozen=True, kw_only=True):
    """The case ended."""

    reason: str | None = None


class ReopenRequested(CaseEvent, frozen=True, kw_only=True):
    """Somebody says it is not fixed."""

    reason: str


class ReopenRefused(CaseEvent, frozen=True, kw_only=True):
    """It stays closed, for a reason."""

    reason: str


class CaseReopened(CaseEvent, frozen=True, kw_only=True):
    """The case came back to life with a new deadline."""

    due_at: datetime | None = None
    reason: str | None = None


class CaseRated(CaseEvent, frozen=True, kw_only=True):
    """The reporter's word: ``rating`` 1 (bad) to 5 (good); 4 and 5 count as satisfied."""

    rating: int


class RecheckDrawn(CaseEvent, frozen=True, kw_only=True):
    """The case was drawn for a second look, by the draw ``draw_id`` of ``seed``."""

    draw_id: str
    seed: str


class RecheckPassed(CaseEvent, frozen=True, kw_only=True):
    """A second look found it still fixed."""


class RecheckFailed(CaseEvent, frozen=True, kw_only=True):
    """A second look found it not fixed."""

    reason: str


class CaseEvaluated(CaseEvent, frozen=True, kw_only=True):
    """The effect was evaluated."""


class CaseArchived(CaseEvent, frozen=True, kw_only=True):
    """It was put on file."""
