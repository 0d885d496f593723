"""Orders about it: receive, urge, supervise, direct, answer, settle."""

from __future__ import annotations

from datetime import datetime

from .base import Card, Command, Name, Receipt, Said


class Receive(Command, frozen=True, kw_only=True):
    """Say how far the order came: delivered, read, en route, on site."""

    receipt: Receipt
    order_id: Name | None = None
    """null: the present dispatch"""


class Urge(Command, frozen=True, kw_only=True):
    """Press for it."""


class Supervise(Command, frozen=True, kw_only=True):
    """Issue a card that wants a reply and a lift."""

    card: Card
    note: Said
    reply_due_at: datetime | None = None


class Lift(Command, frozen=True, kw_only=True):
    """Take a card back."""

    order_id: Name


class Direct(Command, frozen=True, kw_only=True):
    """Write a directive with an owner and a clock."""

    note: Said
    to_unit_id: Name | None = None
    """null: the lead unit of the case, else the centre that runs it"""
    reply_due_at: datetime | None = None


class Settle(Command, frozen=True, kw_only=True):
    """Be content with what came of a directive."""

    order_id: Name


class Reply(Command, frozen=True, kw_only=True):
    """Answer an urge, a card or a directive."""

    order_id: Name
    note: Said


class Lead(Command, frozen=True, kw_only=True):
    """Take the case upon oneself as its leader."""
