"""The doors of the three administrators: accounts, sessions, keys, denials, looking as another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field

from pipelines.contract.roles import require
from pipelines.contract.scope import Viewer
from pipelines.errors import ScopeError

from ..identity.accounts import Account, AccountRefused
from ..identity.denials import DEEDS, DENIALS
from ..identity.gate import Gate
from ..identity.viewing import viewing
from ..refusal import refuse
from .audit import auditing

Who = Annotated[Viewer, Depends(viewing)]
Word = Annotated[str, Field(max_length=64)]


class Person(BaseModel):
    """An account as it shall be; no password leaves the one before."""

    name: str = Field(max_length=80)
    roles: list[Word]
    areas: list[Word] = []
    unit: Word | None = None
    disabled: bool = False
    password: str | None = Field(None, max_length=200)


class NewKey(BaseModel):
    """A key that acts for an account, with at most what the account has."""

    user: Word
    label: str = Field(max_length=80)
    roles: list[Word] = []
    areas: list[Word] = []
    unit: Word | None = None
    days: float | None = Field(None, gt=0, le=3650)


class Other(BaseModel):
    """Whom to look as; nobody: as oneself again."""

    user: Word | None = None


class Renamed(BaseModel):
    """What a device is called."""

    name: str = Field(min_length=1, max_length=40)


def router(gate: Gate) -> APIRouter:
    """Open the doors; each says by its capability whose it is."""
    routes = APIRouter(prefix="/api")
    _mount_accounts(routes, gate)
    _mount_sessions(routes, gate)
    _mount_keys(routes, gate)
    _mount_devices(routes, gate)
    _mount_lists(routes, gate)
    _mount_view_as(routes, gate)
    return routes


def _mount_accounts(routes: APIRouter, gate: Gate) -> None:
    @routes.get("/accounts")
    def accounts(viewer: Who) -> Response:
        return _done(gate, viewer, "manage_accounts", lambda: [told(one) for one in gate.accounts.all()])

    @routes.put("/accounts/{user}")
    def save(user: str, person: Person, viewer: Who) -> Response:
        return _done(gate, viewer, "manage_accounts", lambda: told(_saved(gate, user, person)), f"save {user}")

    @routes.delete("/accounts/{user}")
    def drop(user: str, viewer: Who) -> Response:
        if user == viewer.user:
            return refuse("yourself", 409, "nobody drops their own account")
        return _done(gate, viewer, "manage_accounts", lambda: {"dropped": gate.accounts.drop(user)}, f"drop {user}")


def _saved(gate: Gate, user: str, person: Person) -> Account:
    before = gate.accounts.find(user)
    for area in person.areas:
        if area not in gate.tree.areas:
            raise AccountRefused("no_area", f"area {area!r} is not one of this city")
    fresh = before is None
    account = Account(
        user=user, name=person.name or user, roles=frozenset(person.roles), areas=frozenset(person.areas),
        unit=person.unit, disabled=person.disabled, password=before.password if before else None,
        demo=before.demo if before else False, origin=before.origin if before else "local",
    )  # fmt: skip
    if person.password is not None:
        account = msgspec.structs.replace(account, password=gate.accounts.hashed(user, person.password))
    return gate.accounts.save(account, new=fresh)


def _mount_sessions(routes: APIRouter, gate: Gate) -> None:
    @routes.get("/sessions")
    def sessions(viewer: Who) -> Response:
        return _done(gate, viewer, "manage_accounts", lambda: [_session(gate, one) for one in gate.sessions.all()])

    @routes.get("/me/sessions")
    def own(viewer: Who) -> Response:
        mine = [_session(gate, one) for one in gate.sessions.all(viewer.seen_by or viewer.user)]
        return JSONResponse([one | {"this": one["id"] == viewer.session} for one in mine])

    @routes.delete("/me/sessions/{session}")
    def end_own(session: str, viewer: Who) -> Response:
        mine = any(one.id == session for one in gate.sessions.all(viewer.user))
        return JSONResponse({"revoked": mine and gate.sessions.revoke(session)})

    @routes.delete("/sessions/{session}")
    def revoke(session: str, viewer: Who) -> Response:
        act = lambda: {"revoked": gate.sessions.revoke(session)}  # noqa: E731
        return _done(gate, viewer, "manage_accounts", act, f"revoke session {session[:8]}")

    @routes.delete("/accounts/{user}/sessions")
    def revoke_all(user: str, viewer: Who) -> Response:
        act = lambda: {"revoked": gate.sessions.revoke_user(user)}  # noqa: E731
        return _done(gate, viewer, "manage_accounts", act, f"revoke sessions of {user}")


def _mount_keys(routes: APIRouter, gate: Gate) -> None:
    @routes.get("/keys")
    def keys(viewer: Who) -> Response:
        def listed() -> list[dict[str, Any]]:
            return [_plain(one) | {"used_at": _iso(gate.keys.used(one.id))} for one in gate.keys.all()]

        return _done(gate, viewer, "manage_keys", listed)

    @routes.post("/keys")
    def add(wanted: NewKey, viewer: Who) -> Response:
        def made() -> dict[str, Any]:
            until = gate.clock() + timedelta(days=wanted.days) if wanted.days else None
            account = gate.accounts.known(wanted.user)
            token, key = gate.keys.add(
                account, wanted.label, wanted.roles, wanted.areas, unit=wanted.unit, by=viewer.user, until=until
            )
            return _plain(key) | {"key": token}

        return _done(gate, viewer, "manage_keys", made, f"add key {wanted.label} of {wanted.user}")

    @routes.delete("/keys/{key}")
    def revoke(key: str, viewer: Who) -> Response:
        return _done(gate, viewer, "manage_keys", lambda: {"revoked": gate.keys.revoke(key)}, f"revoke key {key[:8]}")


def _mount_devices(routes: APIRouter, gate: Gate) -> None:
    @routes.get("/devices")
    def devices(viewer: Who) -> Response:
        return _done(gate, viewer, "manage_devices", lambda: [_plain(one) for one in gate.keys.devices()])

    @routes.patch("/devices/{device}")
    def rename(device: str, named: Renamed, viewer: Who) -> Response:
        def done() -> dict[str, Any]:
            renamed = gate.keys.rename(device, named.name)
            if renamed is None:
                raise AccountRefused("unknown_device", f"there is no device {device[:8]!r}")
            return _plain(renamed)

        return _done(gate, viewer, "manage_devices", done, f"rename device {device[:8]}")

    @routes.delete("/devices/{device}")
    def revoke(device: str, viewer: Who) -> Response:
        act = lambda: {"revoked": gate.keys.revoke_device(device)}  # noqa: E731
        return _done(gate, viewer, "manage_devices", act, f"revoke device {device[:8]}")


def _mount_lists(routes: APIRouter, gate: Gate) -> None:
    @routes.get("/denials")
    def denials(viewer: Who, limit: int = 200) -> Response:
        return _done(gate, viewer, "read_audit", lambda: _listed(gate, viewer, DENIALS, limit))

    @routes.get("/deeds")
    def deeds(viewer: Who, limit: int = 200) -> Response:
        return _done(gate, viewer, "read_audit", lambda: _listed(gate, viewer, DEEDS, limit))


def _listed(gate: Gate, viewer: Viewer, kind: str, limit: int) -> list[dict[str, Any]]:
    found = gate.denials.last(kind, min(max(limit, 1), 1000))
    gate.audit.note(viewer, "read_audit", "read", kind)
    return found


def _mount_view_as(routes: APIRouter, gate: Gate) -> None:
    @routes.post("/view-as")
    def view_as(other: Other, viewer: Who) -> Response:
        if other.user is None:
            gate.sessions.view_as(viewer.session or "", None)
            gate.forget(viewer.session or "")
            gate.denials.deed(viewer, "view_as", "views as oneself again", act="view_as")
            return Response(status_code=204)

        def begin() -> dict[str, Any]:
            target = gate.accounts.known(other.user or "")
            if target.disabled:
                raise AccountRefused("unknown_user", f"{target.user} is disabled")
            if gate.sessions.view_as(viewer.session or "", target.user) is None:
                raise AccountRefused("no_session", "only a person's own session looks as another")
            gate.forget(viewer.session or "")
            return {"user": target.user, "seen_by": viewer.user}

        if viewer.seen_by:
            return refuse("only_looking", 409, "you look as another already")
        return _done(gate, viewer, "view_as", begin, f"view as {other.user}")


def told(account: Account) -> dict[str, Any]:
    """Say all of an account but its password's hash."""
    return _plain(account) | {"password": account.password is not None}


def _session(gate: Gate, session: Any) -> dict[str, Any]:  # noqa: ANN401
    plain = _plain(session) | {"seen_at": _iso(gate.sessions.seen(session))}
    plain.pop("stamp")
    return plain


def _done(gate: Gate, viewer: Viewer, capability: str, act: Callable[[], Any], deed: str | None = None) -> JSONResponse:
    """Act if one may; write down what was refused, and what was changed."""
    try:
        require(viewer.roles, capability)
        if capability == "read_audit":
            auditing(viewer)
        result = act()
    except ScopeError as error:
        gate.denials.note(viewer, capability, deed or "look")
        return refuse("may_not", 403, str(error))
    except AccountRefused as refused:
        return refuse(refused.code, 422, str(refused))
    if deed:
        gate.denials.deed(viewer, capability, deed, act="view_as" if capability == "view_as" else "deed")
    return JSONResponse(result, headers={"Cache-Control": "no-store"})


def _plain(value: Any) -> dict[str, Any]:  # noqa: ANN401
    plain: dict[str, Any] = msgspec.to_builtins(value)
    return {name: sorted(one) if isinstance(one, list | set) else one for name, one in plain.items()}


def _iso(moment: Any) -> str | None:  # noqa: ANN401
    return moment.isoformat() if moment else None
