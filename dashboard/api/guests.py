"""The doors of guests: a person in a room invites, a phone looks and comes in."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any, Final, Protocol

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field

from dashboard.identity.guests import LIFE, Guests, Invitation
from dashboard.identity.pairing import PairingRefused
from dashboard.identity.qr import square
from dashboard.refusal import refuse
from pipelines.contract.roles import require
from pipelines.contract.scope import Device, Viewer
from pipelines.errors import ScopeError

PHONE: Final = "citybrain-phone"
"""The cookie by which an invitation knows a phone again."""


class Welcome(Protocol):
    """What makes a guest known: begins a session and puts its cookie into the answer."""

    def __call__(self, request: Request, response: Response, invitation: Invitation, name: str) -> None:
        """Let the guest in."""
        ...


class Noted(Protocol):
    """What writes down who invited, and who came."""

    def __call__(
        self, viewer: Viewer | None, what: str, room: str, detail: dict[str, Any], device: Device | str = ""
    ) -> object:
        """Note it; where that cannot be, raise, so that it does not happen."""
        ...


class Wanted(BaseModel):
    """The room guests are asked into."""

    room: str = Field("command", max_length=40)


class Shown(BaseModel):
    """What the square held."""

    ticket: str = Field(max_length=80)
    name: str = Field("", max_length=20)


def router(guests: Guests, areas: Callable[[Viewer, str], frozenset[str]], welcome: Welcome, noted: Noted) -> APIRouter:
    """Open the doors; ``areas`` says what of a room a viewer answers for, or raises `ScopeError`.

    ``noted`` writes down who invited and who came, before either happens.
    """
    routes = APIRouter(prefix="/api/guests")

    @routes.post("")
    def invite(wanted: Wanted, request: Request) -> Response:
        viewer = request.scope.get("viewer")
        if not isinstance(viewer, Viewer):
            return refuse("nobody", 401, "sign in first")
        try:
            require(viewer.roles, "push")
            within = areas(viewer, wanted.room)
            noted(viewer, "invite", wanted.room, {"areas": sorted(within)})
            ticket, invitation = guests.invite(viewer.user, wanted.room, within)
        except ScopeError as error:
            return refuse("may_not", 403, str(error))
        drawn = square(f"{str(request.base_url).rstrip('/')}/join?ticket={ticket}")
        told = {"room": invitation.room, "minutes": round(LIFE.total_seconds() / 60)}
        return JSONResponse(told | {"qr": {"size": drawn.size, "path": drawn.path}})

    @routes.post("/look")
    def look(shown: Shown) -> Response:
        try:
            return JSONResponse({"room": guests.look(shown.ticket).room})
        except PairingRefused as refused:
            return refuse(refused.code, 410, str(refused))

    @routes.post("/join")
    def join(shown: Shown, request: Request) -> Response:
        phone = request.cookies.get(PHONE) or secrets.token_urlsafe(12)
        try:
            invitation = guests.come(shown.ticket, phone)
        except PairingRefused as refused:
            return refuse(refused.code, 410, str(refused))
        name = shown.name.strip() or invitation.room
        noted(
            None, "join", invitation.room, {"invited_by": invitation.by, "name": name}, request.scope.get("device", "")
        )
        answer = JSONResponse({"room": invitation.room})
        answer.set_cookie(PHONE, phone, httponly=True, samesite="lax", secure=request.url.scheme == "https")
        welcome(request, answer, invitation, name)
        return answer

    return routes
