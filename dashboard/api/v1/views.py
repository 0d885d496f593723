"""Every named view over HTTP: which there are, and their rows over an area."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from pipelines.node import Node

from ...gateway import Gateway
from ..answer import Looking
from .problem import told

MOST_ROWS: Final = 10_000
Count = Annotated[int, Query(ge=1, le=MOST_ROWS, description="at most so many rows")]
Area = Annotated[str, Query(min_length=1, max_length=60, description="the id of an area, see /api/v1/areas")]


def router(node: Node, gateway: Gateway) -> APIRouter:
    """Return the doors; an area outside the viewer's scope is refused."""
    doors = APIRouter(prefix="/api/v1/views")
    described = cache(node.views.described)

    @doors.get("")
    def views(_viewer: Looking, lang: str = "zh") -> Response:
        return told(described, lang)

    @doors.get("/{view}")
    def view(
        viewer: Looking, request: Request, view: str, area: Area, limit: Count = 1000, lang: str = "zh"
    ) -> Response:  # fmt: skip
        known = request.headers.get("if-none-match", "")
        return told(lambda: _rows(node, view, area, gateway.ask(view, area, viewer), limit, known), lang)

    return doors


def _rows(node: Node, view: str, area: str, rows: list[dict[str, Any]], limit: int, known: str) -> Response:
    """Write rows under a mark that changes when they do; whoever has them already is told so."""
    written = msgspec.json.encode(rows[:limit])
    mark = f'"{hashlib.sha256(written).hexdigest()[:32]}"'
    if mark in known:
        return Response(status_code=304, headers={"ETag": mark})
    tick = node.tick()
    head = {"view": view, "area": area, "as_of": tick.now, "position": tick.position, "total": len(rows)}
    body = msgspec.json.encode(head | {"rows": msgspec.Raw(written)})
    return Response(body, media_type="application/json", headers={"ETag": mark, "Cache-Control": "private, no-cache"})
