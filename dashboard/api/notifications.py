"""The door to what a person wants to be told beyond their screens."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response
from msgspec import to_builtins

from pipelines.contract.notices import HEARD
from pipelines.contract.scope import Viewer
from pipelines.errors import ScopeError
from pipelines.node import Node

from ..identity.accounts import OF_DEVICES, Accounts
from ..identity.denials import Denials
from ..outgoing import wishes
from ..outgoing.wishes import Wishes, WishRefused
from ..refusal import refuse
from .answer import Looking, answer


def router(node: Node, accounts: Accounts, denials: Denials) -> APIRouter:
    """Return the doors; each opens to a person for their own wishes."""
    doors = APIRouter(prefix="/api/me/notifications")

    @doors.get("")
    def mine(viewer: Looking, lang: str = "zh") -> Response:
        def found() -> dict[str, Any]:
            _person(viewer, accounts)
            rules = node.config.notifications
            return _told(node, viewer, wishes.find(node.registry, viewer.user) or wishes.first(rules, lang))

        return answer(found)

    @doors.put("")
    def keep(viewer: Looking, wished: dict[str, Any]) -> Response:
        def done() -> object:
            _person(viewer, accounts)
            try:
                kept = wishes.save(node.registry, viewer.user, wished, node.config.notifications)
            except WishRefused as refused:
                return refuse(refused.field or "unreadable", 422, str(refused))
            denials.deed(viewer, "notifications", "own wishes")
            return _told(node, viewer, kept)

        return answer(done)

    return doors


def _person(viewer: Viewer, accounts: Accounts) -> None:
    """Raise `ScopeError` unless it is a person with an account who looks."""
    if viewer.roles & OF_DEVICES or accounts.find(viewer.user) is None:
        raise ScopeError("notifications are a person's: sign in with an account")


def _told(node: Node, viewer: Viewer, kept: Wishes) -> dict[str, Any]:
    told: dict[str, Any] = to_builtins(kept)
    if viewer.seen_by:
        told["secret"] = ""
    return {"wishes": told, "kinds": list(HEARD), "mail": node.config.mail is not None}
