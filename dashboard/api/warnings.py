"""The door for warnings: CAP 1.2 alerts come in."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response

from pipelines.contract.scope import Viewer
from pipelines.errors import LogError, ScopeError

from ..gateway import Gateway
from .answer import Looking

MOST_BYTES: Final = 2 << 20
XML: Final = frozenset({"application/cap+xml", "application/xml", "text/xml"})


def router(gateway: Gateway) -> APIRouter:
    """Return the door; whoever warns answers for the whole city."""
    doors = APIRouter(prefix="/api/v1")

    @doors.post("/warnings")
    async def warn(viewer: Looking, request: Request) -> Response:
        if request.headers.get("content-type", "").split(";")[0].strip().lower() not in XML:
            return _refused("unreadable", f"content type: expected one of {', '.join(sorted(XML))}", 415)
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > MOST_BYTES:
                return _refused("too_large", f"an alert has at most {MOST_BYTES} bytes", 413)
        return await run_in_threadpool(_take, gateway, viewer, body)

    return doors


def _take(gateway: Gateway, viewer: Viewer, body: bytes) -> Response:
    try:
        received = gateway.warn(body, viewer)
    except ScopeError as error:
        return _refused("not_your_role", str(error), 403)
    except LogError as error:
        return _refused("later", str(error), 503)
    odd = [{name: issue[name] for name in ("outcome", "reason", "value")} for issue in received.issues]
    told = {"stored": received.stored, "known": received.duplicates, "issues": odd}
    unreadable = any(issue["reason"] == "unreadable-warning" for issue in odd)
    return JSONResponse(told, 422 if unreadable else 200)


def _refused(code: str, detail: str, status: int) -> JSONResponse:
    return JSONResponse({"refused": code, "detail": detail}, status)
