"""Orders about a case, and how far each came: urges, cards, directives."""

from __future__ import annotations

from datetime import datetime

from .base import CaseEvent


class ReceiptGiven(CaseEvent, frozen=True, kw_only=True):
    """An order (``order_id``) came a step further: ``receipt`` is delivered, read, en_route or on_site."""

    order_id: str
    receipt: str


class CaseUrged(CaseEvent, frozen=True, kw_only=True):
    """Somebody pressed for it: an order to ``to_unit_id`` to answer by ``reply_due_at``."""

    order_id: str | None = None
    to_unit_id: str | None = None
    reply_due_at: datetime | None = None


class CaseSupervised(CaseEvent, frozen=True, kw_only=True):
    """An inspector issued a ``card`` (plain, yellow or red) that wants a reply and a lift."""

    order_id: str
    card: str
    to_unit_id: str | None = None
    reply_due_at: datetime | None = None


class CaseDirected(CaseEvent, frozen=True, kw_only=True):
    """A leader's directive, with an owner and a clock of its own."""

    order_id: str
    to_unit_id: str | None = None
    to_user: str | None = None
    reply_due_at: datetime | None = None


class OrderReplied(CaseEvent, frozen=True, kw_only=True):
    """Who was ordered answered."""

    order_id: str


class CardLifted(CaseEvent, frozen=True, kw_only=True):
    """The inspector took a card back."""

    order_id: str


class DirectiveSettled(CaseEvent, frozen=True, kw_only=True):
    """The leader is content with what came of a directive."""

    order_id: str


class CaseLed(CaseEvent, frozen=True, kw_only=True):
    """A leader (``to_user``) took the case upon themselves."""

    to_user: str
