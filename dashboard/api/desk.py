"""The doors of the desk: pages of the queue, search over all cases, who is near."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse

from pipelines.contract.filter import Filter
from pipelines.contract.scope import Viewer
from pipelines.errors import CitybrainError, ScopeError

from ..gateway import Gateway


def router(gateway: Gateway, viewer: Viewer) -> APIRouter:
    """Return the desk's doors; an area outside the viewer's scope is refused."""
    doors = APIRouter(prefix="/api")

    @doors.get("/queue")
    def queue(
        area: str,
        urgency: str | None = None,
        states: str = "",
        urged: bool = False,
        words: str = "",
        offset: int = 0,
        limit: int = 100,
    ) -> JSONResponse:
        wanted = Filter(urgency, tuple(state for state in states.split(",") if state), urged, words)
        return _answer(lambda: gateway.queue(area, viewer, wanted, offset, limit))

    @doors.get("/search")
    def search(q: str, area: str, limit: int = 20) -> JSONResponse:
        return _answer(lambda: gateway.search(area, viewer, q, limit))

    @doors.get("/usual")
    def usual(case: str, area: str) -> JSONResponse:
        return _answer(lambda: gateway.usual(area, viewer, case))

    @doors.get("/hands")
    def hands(area: str, lon: float, lat: float, limit: int = 12) -> JSONResponse:
        return _answer(lambda: gateway.hands(area, viewer, lon, lat, limit))

    return doors


def _answer(ask: Any) -> JSONResponse:  # noqa: ANN401
    try:
        return JSONResponse(jsonable_encoder(ask()))
    except ScopeError as error:
        return JSONResponse({"error": str(error)}, status_code=403)
    except CitybrainError as error:
        return JSONResponse({"error": str(error)}, status_code=400)
