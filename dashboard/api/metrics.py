"""Metrics over HTTP: the catalogue, any metric cut by any dimensions, and the passport of a number."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from ..gateway import Gateway
from .answer import Looking, answer

Start = Annotated[datetime | None, Query(alias="from", description="moment from which, with its offset")]
End = Annotated[datetime | None, Query(alias="to", description="moment before which, with its offset")]


def router(gateway: Gateway) -> APIRouter:
    """Return the doors to metrics; an area outside the viewer's scope is refused."""
    doors = APIRouter(prefix="/api/metrics")

    @doors.get("")
    def metrics() -> Response:
        return answer(gateway.metrics)

    @doors.get("/{name}")
    def metric(viewer: Looking, name: str, area: str, by: str = "", start: Start = None, end: End = None) -> Response:
        cut = [dimension for dimension in by.split(",") if dimension]
        return answer(lambda: gateway.metric(name, area, viewer, cut, start, end))

    @doors.get("/{name}/passport")
    def passport(viewer: Looking, name: str, area: str, start: Start = None, end: End = None) -> Response:
        return answer(lambda: gateway.passport(name, area, viewer, start, end))

    return doors
