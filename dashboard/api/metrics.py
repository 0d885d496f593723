"""Metrics over HTTP: the catalogue, any metric cut by any dimensions, and the passport of a number."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse

from pipelines.contract.scope import Viewer
from pipelines.errors import CitybrainError, ScopeError

from ..gateway import Gateway

Start = Annotated[datetime | None, Query(alias="from", description="moment from which, with its offset")]
End = Annotated[datetime | None, Query(alias="to", description="moment before which, with its offset")]


def router(gateway: Gateway, viewer: Viewer) -> APIRouter:
    """Return the doors to metrics; an area outside the viewer's scope is refused."""
    doors = APIRouter(prefix="/api/metrics")

    @doors.get("")
    def metrics() -> JSONResponse:
        return JSONResponse(jsonable_encoder(gateway.metrics()))

    @doors.get("/{name}")
    def metric(name: str, area: str, by: str = "", start: Start = None, end: End = None) -> JSONResponse:
        cut = [dimension for dimension in by.split(",") if dimension]
        return _answer(lambda: gateway.metric(name, area, viewer, cut, start, end))

    @doors.get("/{name}/passport")
    def passport(name: str, area: str, start: Start = None, end: End = None) -> JSONResponse:
        return _answer(lambda: gateway.passport(name, area, viewer, start, end))

    return doors


def _answer(ask: Any) -> JSONResponse:  # noqa: ANN401
    try:
        return JSONResponse(jsonable_encoder(ask()))
    except ScopeError as error:
        return JSONResponse({"error": str(error)}, status_code=403)
    except CitybrainError as error:
        return JSONResponse({"error": str(error)}, status_code=400)
