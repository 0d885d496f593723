"""化解: what happens in the mediation of a dispute; each tells the stage it leads to."""

from __future__ import annotations

from .base import CaseEvent


class DisputeEvent(CaseEvent, frozen=True, kw_only=True):
    """A step of a dispute."""

    dispute_stage: str


class DisputeTriaged(DisputeEvent, frozen=True, kw_only=True):
    """Its ``scale`` (individual, group, large_group) and ``warning_level`` (1 the worst, to 3) were judged."""

    scale: str
    warning_level: str


class DisputeRouted(DisputeEvent, frozen=True, kw_only=True):
    """A ``way`` was chosen: mediation by people, administration or court, arbitration, petition, ruling, lawsuit."""

    way: str


class MediationBegun(DisputeEvent, frozen=True, kw_only=True):
    """A mediator (``to_user``) accepted it."""

    to_user: str


class MediationHeld(DisputeEvent, frozen=True, kw_only=True):
    """One round was held."""


class DisputeAgreed(DisputeEvent, frozen=True, kw_only=True):
    """The parties agreed."""


class AgreementPerformed(DisputeEvent, frozen=True, kw_only=True):
    """What was agreed was done."""


class AgreementConfirmed(DisputeEvent, frozen=True, kw_only=True):
    """A court confirmed the agreement."""


class MediationFailed(DisputeEvent, frozen=True, kw_only=True):
    """No agreement, for a coded reason."""

    reason: str


class DisputeGuidedOut(DisputeEvent, frozen=True, kw_only=True):
    """It goes on by another ``way``."""

    way: str


class FollowUpMade(DisputeEvent, frozen=True, kw_only=True):
    """Somebody looked again after ``stage`` days: 7, 30 or 90."""

    stage: str


class DisputeRelapsed(DisputeEvent, frozen=True, kw_only=True):
    """It broke out again: the same case comes back to life."""

    reason: str
