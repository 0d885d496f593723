"""What a decision must know of a case: its present state, whose hands it went through, what was ordered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """A dispatch, urge, card or directive (``kind``: dispatch, urged, supervised, directed)."""

    order_id: str
    kind: str
    issued_by: str | None = None
    to_unit_id: str | None = None
    to_user: str | None = None
    card: str | None = None
    due_at: datetime | None = None
    replies: int = 0
    settled_at: datetime | None = None


class CaseFile(msgspec.Struct, frozen=True, kw_only=True):
    """A case as it stands now: the columns of the mart ``cases``, its orders, and how many children are open."""

    case_id: str
    state: str | None
    area_id: str
    simulated: bool
    exercise: bool
    last_seq: int
    changed_at: datetime
    last_kind: str | None = None
    last_actor: str | None = None
    category: str | None = None
    category_group: str | None = None
    channel: str | None = None
    priority: str | None = None
    title: str | None = None
    address: str | None = None
    lon: float | None = None
    lat: float | None = None
    unit_id: str | None = None
    assisting: str | None = None
    level: str | None = None
    parent_id: str | None = None
    relation: str | None = None
    reported_by: str | None = None
    handled_by: str | None = None
    led_by: str | None = None
    reported_at: datetime | None = None
    filed_at: datetime | None = None
    is_checked: bool = False
    """whether a check passed after the last handling"""
    closed_at: datetime | None = None
    rated_at: datetime | None = None
    due_at: datetime | None = None
    suspended_at: datetime | None = None
    resume_at: datetime | None = None
    order_id: str | None = None
    wish: str | None = None
    wish_at: datetime | None = None
    wish_until_at: datetime | None = None
    granted_at: datetime | None = None
    dispute_stage: str | None = None
    warning_level: str | None = None
    mediator: str | None = None
    rechecks: int = 0
    rechecks_passed: int = 0
    rechecks_failed: int = 0
    orders: tuple[Order, ...] = ()
    open_children: int = 0

    @property
    def helpers(self) -> frozenset[str]:
        """Return the units that assist."""
        return frozenset((self.assisting or "").split())

    @property
    def asked(self) -> str | None:
        """Return what the unit asked for and nobody decided yet."""
        if self.wish_at is None or (self.granted_at is not None and self.granted_at >= self.wish_at):
            return None
        return self.wish

    def order(self, order_id: str) -> Order | None:
        """Return one of its orders."""
        return next((order for order in self.orders if order.order_id == order_id), None)


def opened(row: dict[str, Any], orders: list[dict[str, Any]], open_children: int) -> CaseFile:
    """Read a case from a row of the mart, its orders from the rows of theirs."""
    given = tuple(msgspec.convert(order, Order, strict=False) for order in orders)
    return msgspec.convert(row | {"orders": given, "open_children": open_children}, CaseFile, strict=False)
