"""Warnings from outside: weather, flood, whatever speaks CAP."""

from __future__ import annotations

from datetime import datetime

from .base import Event


class WarningIssued(Event, frozen=True, kw_only=True):
    """A warning (in the words of CAP) holds in the area ``area_id`` until ``expires_at``."""

    warning_id: str
    severity: str
    urgency: str
    certainty: str
    expires_at: datetime
    onset_at: datetime | None = None
    headline_zh: str | None = None
    headline_en: str | None = None


class WarningCancelled(Event, frozen=True, kw_only=True):
    """A warning was taken back, or another stands in its place; this may come before the warning itself."""

    warning_id: str
