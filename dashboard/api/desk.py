"""The doors of the desk: one case, pages of the queue, search over all cases, who is near."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from pipelines.contract.filter import Filter

from ..gateway import Gateway
from .answer import Looking, answer


def router(gateway: Gateway) -> APIRouter:
    """Return the desk's doors; an area outside the viewer's scope is refused."""
    doors = APIRouter(prefix="/api")

    @doors.get("/cases/{case_id:path}")
    def case(viewer: Looking, case_id: str) -> Response:
        def found() -> dict[str, Any]:
            if (told := gateway.cases.open(case_id, viewer)) is None:
                raise HTTPException(404, f"case {case_id!r} is not a case of your areas")
            return told

        return answer(found)

    @doors.get("/queue")
    def queue(
        viewer: Looking,
        area: str,
        urgency: str | None = None,
        states: str = "",
        urged: bool = False,
        words: str = "",
        offset: int = 0,
        limit: int = 100,
    ) -> Response:
        wanted = Filter(urgency, tuple(state for state in states.split(",") if state), urged, words)
        return answer(lambda: gateway.queue(area, viewer, wanted, offset, limit))

    @doors.get("/search")
    def search(viewer: Looking, q: str, area: str, limit: int = 20) -> Response:
        return answer(lambda: gateway.search(area, viewer, q, limit))

    @doors.get("/usual")
    def usual(viewer: Looking, case: str, area: str) -> Response:
        return answer(lambda: gateway.usual(area, viewer, case))

    @doors.get("/hands")
    def hands(viewer: Looking, area: str, lon: float, lat: float, limit: int = 12) -> Response:
        return answer(lambda: gateway.hands(area, viewer, lon, lat, limit))

    return doors
