"""问效: check it, close it, rate it, look again, reopen it."""

from __future__ import annotations

from typing import Annotated

import msgspec

from .base import Command, Name, Reason


class CheckPass(Command, frozen=True, kw_only=True):
    """Find it fixed."""


class CheckFail(Command, frozen=True, kw_only=True):
    """Send it to rework."""

    reason: Reason


class Close(Command, frozen=True, kw_only=True):
    """End the case."""


class RequestReopen(Command, frozen=True, kw_only=True):
    """Say that it is not fixed."""

    reason: Reason


class RefuseReopen(Command, frozen=True, kw_only=True):
    """Leave it closed."""

    reason: Reason


class Reopen(Command, frozen=True, kw_only=True):
    """Bring it back to life with a new deadline."""

    reason: Reason


class Rate(Command, frozen=True, kw_only=True):
    """Say how content the reporter is, 1 to 5; within seven days of the closing."""

    rating: Annotated[int, msgspec.Meta(ge=1, le=5)]


class DrawRecheck(Command, frozen=True, kw_only=True):
    """Note that a seeded draw chose it for a second look."""

    draw_id: Name
    seed: Name


class RecheckPass(Command, frozen=True, kw_only=True):
    """Find it still fixed at a second look."""


class RecheckFail(Command, frozen=True, kw_only=True):
    """Find it not fixed at a second look."""

    reason: Reason


class Evaluate(Command, frozen=True, kw_only=True):
    """Say that its effect was evaluated."""


class Archive(Command, frozen=True, kw_only=True):
    """Put it on file."""
