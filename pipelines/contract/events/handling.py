"""指挥: a case is given, signed for, paused, passed on, done."""

from __future__ import annotations

from datetime import datetime

from .base import CaseEvent


class CaseDispatched(CaseEvent, frozen=True, kw_only=True):
    """A lead unit was given the case and must sign by ``sign_due_at``; what was suggested stands beside the choice."""

    unit_id: str
    sign_due_at: datetime | None = None
    assisting: str | None = None
    """other units that help, separated by spaces"""
    suggested_unit_id: str | None = None
    order_id: str | None = None


class CaseSigned(CaseEvent, frozen=True, kw_only=True):
    """The unit signed for it: for the order ``order_id``."""

    order_id: str | None = None


class CaseReturned(CaseEvent, frozen=True, kw_only=True):
    """The unit sent it back: one hop."""

    reason: str


class MilestoneReached(CaseEvent, frozen=True, kw_only=True):
    """A stage of the handling with a limit of its own is done."""

    stage: str


class ApprovalAsked(CaseEvent, frozen=True, kw_only=True):
    """The unit asks to ``extend``, ``suspend`` or ``return`` (``wish``)."""

    wish: str
    reason: str
    until_at: datetime | None = None


class ApprovalRefused(CaseEvent, frozen=True, kw_only=True):
    """The shift lead refused what the unit asked for."""

    reason: str


class CaseSuspended(CaseEvent, frozen=True, kw_only=True):
    """The clock stops until ``resume_at``."""

    reason: str
    resume_at: datetime


class CaseResumed(CaseEvent, frozen=True, kw_only=True):
    """The clock runs again towards ``due_at``."""

    due_at: datetime | None = None


class DeadlineExtended(CaseEvent, frozen=True, kw_only=True):
    """More time was granted; the original deadline is kept beside."""

    due_at: datetime
    reason: str


class ReporterAsked(CaseEvent, frozen=True, kw_only=True):
    """The reporter is asked to add something (``reason``); the clock pauses."""

    reason: str


class ReporterAnswered(CaseEvent, frozen=True, kw_only=True):
    """The reporter added it; the clock runs again towards ``due_at``."""

    due_at: datetime | None = None


class CaseEscalated(CaseEvent, frozen=True, kw_only=True):
    """A child case (``child_id``) was opened at a higher ``level``; this one waits for it."""

    child_id: str
    level: str
    reason: str


class CaseSentDown(CaseEvent, frozen=True, kw_only=True):
    """A child case (``child_id``) was opened at a lower ``level``; this one waits for it."""

    child_id: str
    level: str
    reason: str


class CaseHandled(CaseEvent, frozen=True, kw_only=True):
    """The unit reports it done."""


class CaseCommented(CaseEvent, frozen=True, kw_only=True):
    """Somebody noted something."""


class AttachmentAdded(CaseEvent, frozen=True, kw_only=True):
    """Files were added; ``stage`` says whether they show it before or after."""

    stage: str | None = None


class ClockLapsed(CaseEvent, frozen=True, kw_only=True):
    """A step of the ladder was reached: due_soon, overdue, overdue_half, overdue_x3, unanswered or ping_pong."""

    stage: str
    card: str | None = None
    """the card the ladder proposes; only a human issues one"""
    to_unit_id: str | None = None
