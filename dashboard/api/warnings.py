"""The door for warnings: CAP 1.2 alerts come in."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response

from pipelines.contract.scope import Viewer
from pipelines.errors import LogError, ScopeError

from ..gateway import Gateway
from ..refusal import refuse
from .answer import Looking

MOST_BYTES: Final = 2 << 20
XML: Final = frozenset({"application/cap+xml", "application/xml", "text/xml"})


def router(gateway: Gateway) -> APIRouter:
    """Return the door; whoever warns answers for the whole city."""
    doors = APIRouter(prefix="/api/v1")

    @doors.post("/warnings")
    async def warn(viewer: Looking, request: Request, lang: str = "zh") -> Response:
        if request.headers.get("content-type", "").split(";")[0].strip().lower() not in XML:
            return refuse("unreadable", 415, f"content type: expected one of {', '.join(sorted(XML))}", lang)
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > MOST_BYTES:
                return refuse(
                    "too_large", 413, f"an alert has at most {MOST_BYTES} bytes", lang, most=MOST_BYTES // 1024
                )
        return await run_in_threadpool(_take, gateway, viewer, body, lang)

    return doors


def _take(gateway: Gateway, viewer: Viewer, body: bytes, lang: str) -> Response:
    try:
        received = gateway.warn(body, viewer)
    except ScopeError as error:
        return refuse("outside_scope", 403, str(error), lang)
    except LogError as error:
        return refuse("later", 503, str(error), lang)
    odd = [{name: issue[name] for name in ("outcome", "reason", "value")} for issue in received.issues]
    told = {"stored": received.stored, "known": received.duplicates, "issues": odd}
    if wrong := [issue for issue in odd if issue["reason"] == "unreadable-warning"]:
        return refuse("unreadable_warning", 422, str(wrong[0]["value"]), lang, issues=odd)
    return JSONResponse(told)
