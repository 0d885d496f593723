"""化解: judge a dispute, route it, mediate it, look again."""

from __future__ import annotations

from typing import Literal

from .base import Command, Reason, Said, Way


class Triage(Command, frozen=True, kw_only=True):
    """Judge a dispute's scale and warning level."""

    scale: Literal["individual", "group", "large_group"]
    warning_level: Literal["1", "2", "3"]


class Route(Command, frozen=True, kw_only=True):
    """Choose the way a dispute goes."""

    way: Way


class BeginMediation(Command, frozen=True, kw_only=True):
    """Accept a dispute as its mediator."""


class HoldRound(Command, frozen=True, kw_only=True):
    """Report a round of mediation."""

    note: Said


class Agree(Command, frozen=True, kw_only=True):
    """Report an agreement."""

    note: Said


class Perform(Command, frozen=True, kw_only=True):
    """Report that the agreement was performed: the case is handled."""


class Confirm(Command, frozen=True, kw_only=True):
    """Report that a court confirmed the agreement."""


class FailMediation(Command, frozen=True, kw_only=True):
    """Report that there is no agreement."""

    reason: Reason


class GuideOut(Command, frozen=True, kw_only=True):
    """Hand the parties over to another way: the case is handled."""

    way: Way


class FollowUp(Command, frozen=True, kw_only=True):
    """Report a visit after 7, 30 or 90 days."""

    days: Literal[7, 30, 90]


class Relapse(Command, frozen=True, kw_only=True):
    """Report that it broke out again: the same case comes back to life."""

    reason: Reason
