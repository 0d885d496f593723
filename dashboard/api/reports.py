"""The door for reports from the street: what a phone may choose from, what is near already, and the report itself."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse, Response

from pipelines.contract import reporting
from pipelines.contract.scope import Viewer
from pipelines.errors import AreaError, LogError, ReportRefused, ScopeError

from .. import catalogue
from ..gateway import Gateway
from .answer import Looking
from .v1.problem import told

MOST_BYTES = 16_384
JSON = "application/json"


def router(gateway: Gateway, prefix: str = "/api/reports") -> APIRouter:
    """Return the doors for reports; they speak JSON only, so that no form of a foreign page can knock."""
    doors = APIRouter(prefix=prefix)

    @doors.get("/form")
    def form(viewer: Looking, lang: str = "zh") -> Response:
        return told(lambda: gateway.reports.form(viewer), lang)

    @doors.get("/similar")
    def similar(viewer: Looking, category: str, lon: float, lat: float, lang: str = "zh") -> Response:
        return told(lambda: gateway.reports.similar(category, lon, lat, viewer), lang)

    @doors.post("")
    async def report(viewer: Looking, request: Request, lang: str = "zh") -> JSONResponse:
        if request.headers.get("content-type", "").split(";")[0].strip().lower() != JSON:
            return _refusal(ReportRefused("unreadable", detail=f"content type is not {JSON}"), lang, 415)
        body = await _read(request)
        if body is None:
            return _refusal(ReportRefused("too-large", most=MOST_BYTES // 1024), lang, 413)
        return await run_in_threadpool(_take, gateway, viewer, body, lang)

    return doors


async def _read(request: Request) -> bytes | None:
    """Read a body, or give up as soon as it is too large."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return None
    return body


def _take(gateway: Gateway, viewer: Viewer, body: bytes, lang: str) -> JSONResponse:
    try:
        return JSONResponse(jsonable_encoder(gateway.reports.take(reporting.read(body), viewer)))
    except ReportRefused as refused:
        return _refusal(refused, lang, 422)
    except (ScopeError, AreaError):
        return _refusal(ReportRefused("not-yours"), lang, 403)
    except LogError:
        # the phone keeps it and tries again: nothing is lost, nothing is double
        return _refusal(ReportRefused("later"), lang, 503)


def _refusal(refused: ReportRefused, lang: str, status: int) -> JSONResponse:
    language: catalogue.Language = "en" if lang == "en" else "zh"
    values: dict[str, Any] = {name: value for name, value in refused.values.items() if name != "detail"}
    message = catalogue.text(language, f"refused.{refused.code}", **values)
    return JSONResponse(
        {"refused": refused.code, "values": values, "message": message, "detail": str(refused)},
        status_code=status,
        headers={"Retry-After": "5"} if status == 503 else None,
    )
