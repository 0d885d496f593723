"""What happens to places, without a case."""

from __future__ import annotations

from datetime import datetime

from .base import Event


class GridVisited(Event, frozen=True, kw_only=True):
    """A grid worker patrolled the grid ``area_id``."""


class SafetyStageReached(Event, frozen=True, kw_only=True):
    """The village ``area_id`` reached a ``stage`` of the safety creation of ``year``, in its ``batch``."""

    year: int
    batch: str
    stage: str
    reason: str | None = None
    note: str | None = None
    until_at: datetime | None = None
    """until when the naming is public"""


class SafetySigned(Event, frozen=True, kw_only=True):
    """A hand signed the ``naming`` or the ``removal`` (``wish``) of the village ``area_id``; it takes two."""

    year: int
    wish: str
    note: str | None = None


class SafetyBreached(Event, frozen=True, kw_only=True):
    """A red line (``reason``) was touched in the village ``area_id``."""

    year: int
    reason: str


class SafetyRectified(Event, frozen=True, kw_only=True):
    """The breach of a red line (``reason``) was put right."""

    year: int
    reason: str
