"""The doors of pairing: a wall shows a code and asks whether somebody let it in; a person looks, approves, refuses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, Protocol

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field

from dashboard.identity.pairing import LIFE, Pairing, PairingRefused, Waiting
from dashboard.identity.qr import square
from dashboard.refusal import refuse
from pipelines.contract.areas import AreaTree
from pipelines.contract.roles import may, require
from pipelines.contract.scope import Scope, Viewer
from pipelines.errors import ScopeError

STATUS: Final = {"unknown_code": 404, "expired": 410, "refused": 410, "answered": 409, "no_name": 422}
"""What a refusal is in HTTP; all others are 429."""


class Admit(Protocol):
    """What makes a paired device known: puts its key into the answer as a cookie."""

    def __call__(self, request: Request, response: Response, device: Waiting) -> None:
        """Let it in."""
        ...


Noted = Callable[[Viewer, str, Waiting], object]


def _unheard(_viewer: Viewer, _what: str, _wall: Waiting) -> None:
    """Let nobody hear it."""


@dataclass(frozen=True)
class Site:
    """Which rooms there are, and the areas each looks at."""

    tree: AreaTree
    rooms: Callable[[], Mapping[str, frozenset[str]]]


class Size(BaseModel):
    """How large the wall is."""

    width: int = Field(ge=0, le=100_000)
    height: int = Field(ge=0, le=100_000)
    code: str | None = Field(None, max_length=6)
    ticket: str | None = Field(None, max_length=80)


class Ticket(BaseModel):
    """What only the wall knows."""

    ticket: str = Field(max_length=80)


class Named(BaseModel):
    """What the wall becomes."""

    name: str = Field(max_length=80)
    room: str = Field("command", max_length=40)


Code = Annotated[str, Field(pattern=r"^\d{6}$")]


def router(pairing: Pairing, site: Site, admit: Admit, noted: Noted = _unheard) -> APIRouter:
    """Open the doors of a site; ``noted`` hears who answered which wall."""
    routes = APIRouter(prefix="/api/pairing")
    _mount_wall(routes, pairing, admit)
    _mount_person(routes, pairing, site)
    _mount_answers(routes, pairing, site, noted)
    return routes


def _mount_wall(routes: APIRouter, pairing: Pairing, admit: Admit) -> None:
    @routes.post("")
    def begin(size: Size, request: Request) -> Response:
        if size.code and size.ticket:
            pairing.give_up(size.code, size.ticket)
        try:
            opened = pairing.open(_address(request), size.width, size.height)
        except PairingRefused as refused:
            return _refusal(refused)
        drawn = square(f"{str(request.base_url).rstrip('/')}/sign-in?code={opened.code}")
        seconds = round(LIFE.total_seconds())
        told = {"code": opened.code, "ticket": opened.ticket, "until": opened.until.isoformat(), "seconds": seconds}
        return JSONResponse(told | {"qr": {"size": drawn.size, "path": drawn.path}})

    @routes.post("/{code}/claim")
    def claim(code: Code, ticket: Ticket, request: Request) -> Response:
        try:
            device = pairing.claim(code, ticket.ticket)
        except PairingRefused as refused:
            return _refusal(refused)
        answer = JSONResponse({"state": "approved" if device else "waiting"})
        if device:
            admit(request, answer, device)
        return answer


def _mount_person(routes: APIRouter, pairing: Pairing, site: Site) -> None:
    @routes.get("")
    def waiting(request: Request) -> Response:
        viewer = _viewer(request)
        if viewer is None:
            return refuse("nobody", 401, "sign in first")
        try:
            require(viewer.roles, "approve_device")
        except ScopeError as error:
            return refuse("may_not", 403, str(error))
        return JSONResponse({"walls": [_told(wall) for wall in pairing.waiting()], "rooms": sorted(site.rooms())})

    @routes.get("/log")
    def log(request: Request) -> Response:
        viewer = _viewer(request)
        if viewer is None or viewer.seen_by or not may(viewer.roles, "read_audit"):
            return refuse("may_not", 403, "the log is read by an auditor")
        entries = [msgspec.to_builtins(entry) for entry in reversed(pairing.log(limit=10_000))]
        return JSONResponse({"pairings": entries[:200]})

    @routes.get("/{code}")
    def look(code: Code, request: Request) -> Response:
        # whoever scanned the wall sees what it is before signing in; guessing is counted by person, else by address
        viewer = _viewer(request)
        try:
            return JSONResponse(_told(pairing.look(code, viewer.user if viewer else _address(request))))
        except PairingRefused as refused:
            return _refusal(refused)


def _mount_answers(routes: APIRouter, pairing: Pairing, site: Site, noted: Noted) -> None:
    @routes.post("/{code}/approve")
    def approve(code: Code, named: Named, request: Request) -> Response:
        def approved(who: Viewer) -> Waiting:
            wall = pairing.approve(code, who.user, named.name, named.room, areas_of(who, named.room, site))
            noted(who, "approved", wall)
            return wall

        return _answered(request, approved)

    @routes.post("/{code}/refuse")
    def refuse(code: Code, request: Request) -> Response:
        def refused(who: Viewer) -> Waiting:
            wall = pairing.refuse(code, who.user)
            noted(who, "refused", wall)
            return wall

        return _answered(request, refused)


def _answered(request: Request, act: Callable[[Viewer], Waiting]) -> Response:
    viewer = _viewer(request)
    if viewer is None:
        return refuse("nobody", 401, "sign in first")
    try:
        require(viewer.roles, "approve_device")
        if viewer.seen_by:
            raise ScopeError("who views as another changes nothing")
        return JSONResponse(_told(act(viewer)))
    except ScopeError as error:
        return refuse("may_not", 403, str(error))
    except PairingRefused as refused:
        return _refusal(refused)


def areas_of(viewer: Viewer, room: str, site: Site) -> frozenset[str]:
    """Return what a wall of a room may show: of the room's areas, those the approving person answers for."""
    known = site.rooms()
    if room not in known:
        raise ScopeError(f"room {room!r} is not one of {', '.join(sorted(known))}")
    within = Scope(known[room])
    covered = {area for area in known[room] if viewer.scope.covers(site.tree, area)}
    areas = covered | {area for area in viewer.scope.areas if within.covers(site.tree, area)}
    if not areas:
        raise ScopeError(f"room {room!r} looks at {', '.join(sorted(known[room]))}, which you do not answer for")
    return frozenset(areas)


def _told(wall: Waiting) -> dict[str, Any]:
    return {
        "code": wall.code, "width": wall.width, "height": wall.height, "address": wall.address,
        "opened_at": wall.opened_at.isoformat(), "until": wall.until.isoformat(), "name": wall.name, "room": wall.room,
    }  # fmt: skip


def _refusal(refused: PairingRefused) -> Response:
    return refuse(refused.code, STATUS.get(refused.code, 429), str(refused))


def _viewer(request: Request) -> Viewer | None:
    found = request.scope.get("viewer")
    return found if isinstance(found, Viewer) else None


def _address(request: Request) -> str:
    return request.client.host if request.client else "?"
