"""指挥: give it, sign for it, pause it, do it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from .base import MOST_ATTACHMENTS, Card, Command, Hash, Name, Reason, Said, Wish


class Dispatch(Command, frozen=True, kw_only=True):
    """Give it to a lead unit and to units that assist; name what was suggested."""

    unit_id: Name
    assisting: Annotated[tuple[Name, ...], msgspec.Meta(max_length=8)] = ()
    suggested_unit_id: Name | None = None


class Sign(Command, frozen=True, kw_only=True):
    """Sign for it."""


class Return(Command, frozen=True, kw_only=True):
    """Send it back before signing: one hop."""

    reason: Reason


class Recall(Command, frozen=True, kw_only=True):
    """Take it back from the unit, or grant a return."""

    reason: Reason


class ReachMilestone(Command, frozen=True, kw_only=True):
    """Report a stage of the handling as done."""

    stage: Reason


class RequestApproval(Command, frozen=True, kw_only=True):
    """Ask the shift lead for more time, a pause or a return."""

    wish: Wish
    reason: Reason
    until_at: datetime | None = None


class RefuseRequest(Command, frozen=True, kw_only=True):
    """Refuse what the unit asked for."""

    reason: Reason


class Suspend(Command, frozen=True, kw_only=True):
    """Stop the clock until a date, at most 90 days."""

    reason: Reason
    until_at: datetime


class Resume(Command, frozen=True, kw_only=True):
    """Let the clock run again."""


class Extend(Command, frozen=True, kw_only=True):
    """Grant a later deadline; the original one is kept."""

    reason: Reason
    until_at: datetime


class AskReporter(Command, frozen=True, kw_only=True):
    """Ask the reporter for more; the clock pauses up to three days."""

    note: Said


class Answer(Command, frozen=True, kw_only=True):
    """Add what was asked for; the clock runs again."""


class Finish(Command, frozen=True, kw_only=True):
    """Report it done, with a result in words or a photo of after."""


class Comment(Command, frozen=True, kw_only=True):
    """Note something."""

    note: Said


class Attach(Command, frozen=True, kw_only=True):
    """Add files, and say whether they show it before or after."""

    stage: Literal["before", "after"] | None = None
    attachments: Annotated[tuple[Hash, ...], msgspec.Meta(min_length=1, max_length=MOST_ATTACHMENTS)]


class Lapse(Command, frozen=True, kw_only=True):
    """Note a step of the ladder."""

    stage: Reason
    card: Card | None = None
