"""The door for safety creation: how a village stands, what a hand may do about it, what it did, and why not."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse, Response

from pipelines.contract import creation
from pipelines.contract.scope import Viewer
from pipelines.errors import CommandRefused, LogError, RegistryError

from ...gateway import Gateway
from ...identity.colleagues import Colleagues
from ..answer import Looking
from .commands import MOST_BYTES, message, read_body, refusal

Year = Annotated[int, Query(ge=2000, le=2100)]


def router(gateway: Gateway, colleagues: Colleagues) -> APIRouter:
    """Return the doors for villages."""
    doors = APIRouter(prefix="/api/v1/creation")

    @doors.get("/{area_id}")
    def village(viewer: Looking, area_id: str, year: Year, lang: str = "zh") -> Response:
        try:
            found = gateway.villages.file(area_id, year, viewer)
        except CommandRefused as refused:
            return refusal(refused, lang)
        for ability in found["commands"]:
            ability["message"] = _said(ability, viewer, lang, colleagues)
        return JSONResponse(jsonable_encoder(found))

    @doors.post("")
    async def command(viewer: Looking, request: Request, lang: str = "zh") -> Response:
        body = await read_body(request)
        if body is None:
            return refusal(CommandRefused("too_large", most=MOST_BYTES // 1024), lang, 413)
        return await run_in_threadpool(_carry_out, gateway, viewer, body, lang, colleagues)

    return doors


def _said(ability: dict[str, Any], viewer: Viewer, lang: str, colleagues: Colleagues) -> str | None:
    values = {"command": ability["command"]} | colleagues.named(ability["values"], viewer, lang)
    return message(ability["reason"], values, lang) if ability["reason"] else None


def _carry_out(gateway: Gateway, viewer: Viewer, body: bytes, lang: str, colleagues: Colleagues) -> Response:
    try:
        return JSONResponse(jsonable_encoder(gateway.villages.command(creation.read(body), viewer)))
    except CommandRefused as refused:
        return refusal(refused, lang, spoken=colleagues.named(refused.values, viewer, lang))
    except (LogError, RegistryError):
        return refusal(CommandRefused("later"), lang, 503)
