"""Every metric over HTTP: its definition, and its values over an area cut by dimensions."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from ...gateway import Gateway
from ...refusal import refuse
from ..answer import Looking
from .problem import told
from .views import Area

Start = Annotated[datetime | None, Query(alias="from", description="moment from which, with its offset")]
End = Annotated[datetime | None, Query(alias="to", description="moment before which, with its offset")]
By = Annotated[str, Query(max_length=200, description="dimensions, separated by commas")]


def router(gateway: Gateway) -> APIRouter:
    """Return the doors; an area outside the viewer's scope is refused."""
    doors = APIRouter(prefix="/api/v1/metrics")
    names = {metric["name"] for metric in gateway.metrics()}

    @doors.get("")
    def metrics(_viewer: Looking, lang: str = "zh") -> Response:
        return told(gateway.metrics, lang)

    @doors.get("/{name}")
    def metric(
        viewer: Looking, name: str, area: Area, by: By = "", start: Start = None, end: End = None, lang: str = "zh"
    ) -> Response:  # fmt: skip
        if name not in names:
            return refuse("no_such_metric", 404, f"metric {name!r} is not one of /api/v1/metrics", lang)
        cut = [dimension for dimension in by.split(",") if dimension]
        return told(lambda: {"metric": name, "rows": gateway.metric(name, area, viewer, cut, start, end)}, lang)

    return doors
