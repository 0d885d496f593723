"""发现: a case is found, looked at, taken or not."""

from __future__ import annotations

from datetime import datetime

from .base import CaseEvent


class CaseReported(CaseEvent, frozen=True, kw_only=True):
    """A problem was found: ``due_at`` only where the source sets its own deadline."""

    category: str
    channel: str
    category_group: str | None = None
    priority: str | None = None
    title: str | None = None
    address: str | None = None
    unit_id: str | None = None
    lon: float | None = None
    lat: float | None = None
    due_at: datetime | None = None
    parent_id: str | None = None
    relation: str | None = None
    """why it has a parent: `escalated` or `sent_down`"""
    level: str | None = None
    """the level whose centre runs it; null: any that covers the place"""


class VerificationAsked(CaseEvent, frozen=True, kw_only=True):
    """Someone is to look on site first."""


class CaseVerified(CaseEvent, frozen=True, kw_only=True):
    """Someone on site confirmed it."""


class CaseRejected(CaseEvent, frozen=True, kw_only=True):
    """No case is opened, for a coded reason."""

    reason: str


class RejectionAppealed(CaseEvent, frozen=True, kw_only=True):
    """Somebody disagrees with a rejection."""

    reason: str


class AppealUpheld(CaseEvent, frozen=True, kw_only=True):
    """The rejection was wrong: the case waits to be accepted again."""


class AppealDismissed(CaseEvent, frozen=True, kw_only=True):
    """The rejection stands."""

    reason: str


class CaseMerged(CaseEvent, frozen=True, kw_only=True):
    """The case follows ``parent_id`` from now on."""

    parent_id: str
    relation: str | None = None


class CaseFiled(CaseEvent, frozen=True, kw_only=True):
    """The centre accepted it; its deadline is stored here, once."""

    due_at: datetime
    category: str | None = None
    priority: str | None = None
    stages: str | None = None
    """limits of the stages of its handling, as ``stage=time`` separated by spaces"""


class CaseRecategorised(CaseEvent, frozen=True, kw_only=True):
    """It is about something else: its deadline was computed anew, the first one is kept."""

    category: str
    reason: str
    category_group: str | None = None
    priority: str | None = None
    due_at: datetime | None = None


class CaseVoided(CaseEvent, frozen=True, kw_only=True):
    """Entered by mistake; kept and counted."""

    reason: str
