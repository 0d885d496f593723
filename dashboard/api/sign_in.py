"""The doors by which somebody signs in and out, and learns who they are here."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any, Final, TypeAlias

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, RedirectResponse, Response
from pydantic import BaseModel, Field

from pipelines.contract.areas import AreaTree
from pipelines.contract.roles import ROLES, screens_of
from pipelines.contract.scope import Device, Viewer

from ..identity import cookies
from ..identity.accounts import Account, AccountRefused
from ..identity.gate import Gate
from ..identity.oidc import Directory, DirectoryRefused
from ..identity.sessions import name_of
from ..refusal import refuse

Units: TypeAlias = dict[str, dict[str, str]]
HOMES: Final = ("desk", "pocket", "tablet", "wall", "analyst", "admin")
RETURN: Final = "citybrain-oidc"
BACK: Final = "/api/sign-in/oidc/callback"


class Who(BaseModel):
    """A person and their password; or one of the demonstration's people."""

    user: str = Field(max_length=64)
    password: str = Field("", max_length=200)
    demo: bool = False


class Role(BaseModel):
    """A role of the demonstration."""

    role: str = Field(max_length=40)


def router(
    gate: Gate | None, tree: AreaTree, directory: Directory | None, units: Callable[[], Units] = dict
) -> APIRouter:
    """Open the doors; without a gate nobody signs in, and only who is looking can be asked."""
    routes = APIRouter(prefix="/api")

    @routes.get("/me")
    def me(request: Request) -> Response:
        viewer = request.scope.get("viewer")
        if viewer is None:
            return refuse("nobody", 401, "nobody is signed in here")
        return JSONResponse(told(viewer) | {"sign_in": gate is not None})

    @routes.get("/sign-in")
    @routes.get("/sign-in/ways")
    def ways() -> dict[str, Any]:
        if gate is None:
            return {"local": True, "oidc": None, "demo": []}
        oidc = gate.rules.oidc
        named_units = units()
        shown = [
            _demo(account, tree, named_units)
            for account in gate.accounts.all()
            if account.demo and not account.disabled
        ]
        order = list(ROLES)
        shown.sort(key=lambda one: order.index(one["role"]))
        named = {"oidc_name": oidc.name} if oidc and oidc.name else {}
        return {"oidc": "/api/sign-in/oidc" if directory else None, "demo": shown, **named}

    if gate is not None:
        _mount_password(routes, gate)
        _mount_leaving(routes, gate)
        if directory is not None:
            _mount_directory(routes, gate, directory)
    return routes


def told(viewer: Viewer) -> dict[str, Any]:
    """Say who somebody is and what they may do."""
    screens = screens_of(viewer.roles)
    capabilities = frozenset().union(*(ROLES[role].capabilities for role in viewer.roles))
    home = next((name for name in HOMES if name in screens), "sign-in")
    return {
        "user": viewer.user, "name": viewer.name, "roles": sorted(viewer.roles), "screens": sorted(screens),
        "home": home, "capabilities": sorted(capabilities), "areas": sorted(viewer.scope.areas),
        "unit": viewer.scope.unit, "masked": viewer.lens.masked, "seen_by": viewer.seen_by,
    }  # fmt: skip


def _mount_password(routes: APIRouter, gate: Gate) -> None:
    @routes.post("/sign-in")
    async def sign_in(who: Who, request: Request) -> Response:
        if who.demo:
            account = await run_in_threadpool(gate.accounts.find, who.user)
            return await _demo_entered(gate, request, account)
        try:
            account = await run_in_threadpool(gate.accounts.enter, who.user, who.password, _address(request))
        except AccountRefused as refused:
            await run_in_threadpool(gate.denials.note, None, f"sign-in {refused.code}", who.user, _device(request))
            status = 429 if refused.code == "locked" else 401
            return refuse(refused.code, status, str(refused))
        return await run_in_threadpool(enter, gate, request, account)

    @routes.post("/sign-in/demo")
    async def sign_in_demo(asked: Role, request: Request) -> Response:
        found = await run_in_threadpool(gate.accounts.all)
        held = frozenset({asked.role})
        return await _demo_entered(gate, request, next((one for one in found if one.demo and one.roles == held), None))


async def _demo_entered(gate: Gate, request: Request, account: Account | None) -> Response:
    if account is None or not account.demo or account.disabled:
        return refuse("wrong", 401, "there is no such demo account")
    return await run_in_threadpool(enter, gate, request, account)


def enter(gate: Gate, request: Request, account: Account, answer: Response | None = None) -> Response:
    """Begin a session, always with a token of its own; the one the browser had is over."""
    before, _ = cookies.read(request)
    _leave(gate, before, request)
    token = gate.sessions.open(account, _address(request), request.headers.get("user-agent", ""))
    response = answer or JSONResponse(told(account.viewer()))
    cookies.keep(request, response, cookies.SESSION, token, int(gate.sessions.longest.total_seconds()))
    response.headers["Cache-Control"] = "no-store"
    gate.denials.deed(account.viewer(name_of(token)), "sign_in", account.origin, _device(request), "sign_in")
    return response


def _mount_leaving(routes: APIRouter, gate: Gate) -> None:
    @routes.post("/sign-out")
    def sign_out(request: Request) -> Response:
        _leave(gate, cookies.read(request)[0], request)
        response = Response(status_code=204)
        cookies.clear(request, response, cookies.SESSION)
        return response


def _leave(gate: Gate, token: str | None, request: Request) -> None:
    # the gate's poll finds it gone within a second, and sends its sockets away
    if token and gate.sessions.revoke(name_of(token)) and (viewer := request.scope.get("viewer")):
        gate.denials.deed(viewer, "sign_out", request.url.path, _device(request), "sign_out")


def _mount_directory(routes: APIRouter, gate: Gate, directory: Directory) -> None:
    @routes.get("/sign-in/oidc")
    async def ask(request: Request, next: str = "") -> Response:  # noqa: A002
        browser = secrets.token_urlsafe(24)
        try:
            target = await directory.ask(_back(request), browser, _onward(next))
        except DirectoryRefused as refused:
            return refuse("directory", 502, str(refused))
        response = RedirectResponse(target, 303)
        cookies.keep(request, response, RETURN, browser, 600)
        return response

    @routes.get("/sign-in/oidc/callback")
    async def answer(request: Request, code: str = "", state: str = "") -> Response:
        browser = request.cookies.get(RETURN, "")
        try:
            told_account, onward = await directory.answer(code, state, browser, _back(request))
            account = await run_in_threadpool(_known, gate, told_account)
        except (DirectoryRefused, AccountRefused) as refused:
            await run_in_threadpool(gate.denials.note, None, "sign-in directory", str(refused), _device(request))
            return refuse("directory", 403, str(refused))
        response = await run_in_threadpool(enter, gate, request, account, RedirectResponse(onward, 303))
        cookies.clear(request, response, RETURN)
        return response


def _known(gate: Gate, told_account: Account) -> Account:
    """Keep a directory's person as it says they are now; one disabled here stays out."""
    before = gate.accounts.find(told_account.user)
    if before and before.disabled:
        raise AccountRefused("disabled", f"{told_account.user} is disabled here")
    return told_account if before == told_account else gate.accounts.save(told_account)


def _back(request: Request) -> str:
    return str(request.base_url).rstrip("/") + BACK


def _onward(path: str) -> str:
    """Return a path of our own, never another site's."""
    ours = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if ours else "/"


def _demo(account: Account, tree: AreaTree, units: Units) -> dict[str, Any]:
    area = tree.areas.get(next(iter(account.areas), ""))
    code = account.unit or ""
    unit = units.get(code, {"zh": code, "en": code})
    return {
        "user": account.user, "role": next(iter(account.roles)), "roles": sorted(account.roles), "unit": account.unit,
        "name_zh": account.name, "name_en": account.name_en, "name": account.name,
        "scope_zh": unit["zh"] or (area.name_zh if area else ""),
        "scope_en": unit["en"] or (area.name_en if area else ""),
    }  # fmt: skip


def _device(request: Request) -> Device:
    return request.scope.get("device") or Device(_address(request))


def _address(request: Request) -> str:
    return request.client.host if request.client else "?"
