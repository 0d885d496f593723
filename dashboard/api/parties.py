"""The door to the parties of a dispute: kept by who takes it in, opened by its case team with a reason."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from pipelines.contract import parties
from pipelines.contract.scope import Viewer
from pipelines.errors import CommandRefused, RegistryError, ScopeError

from ..gateway import Gateway
from .answer import Looking, packed
from .v1.commands import read_body, refusal


def router(gateway: Gateway) -> APIRouter:
    """Return the doors to parties."""
    doors = APIRouter(prefix="/api/v1/cases")

    @doors.get("/{case_id}/parties")
    def opened(viewer: Looking, case_id: str, reason: str = "", lang: str = "zh") -> Response:
        try:
            found = gateway.sealed.opened(case_id, reason, viewer)
        except CommandRefused as refused:
            return refusal(refused, lang)
        except ScopeError:
            return refusal(CommandRefused("no_such_case"), lang)
        return packed({"parties": found.parties if found else ()})

    @doors.put("/{case_id}/parties")
    async def registered(viewer: Looking, request: Request, case_id: str, lang: str = "zh") -> Response:
        body = await read_body(request)
        if body is None:
            return refusal(CommandRefused("too_large", most=32), lang, 413)
        return await run_in_threadpool(_register, gateway, viewer, case_id, body, lang)

    return doors


def _register(gateway: Gateway, viewer: Viewer, case_id: str, body: bytes, lang: str) -> Response:
    try:
        return packed({"registered": gateway.sealed.register(case_id, parties.read(body), viewer)})
    except CommandRefused as refused:
        return refusal(refused, lang)
    except ScopeError:
        return refusal(CommandRefused("no_such_case"), lang)
    except RegistryError:
        return refusal(CommandRefused("later"), lang, 503)
