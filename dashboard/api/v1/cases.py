"""Pages of an area's cases: those that wait, or any that hold some words."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Query
from fastapi.responses import Response

from pipelines.contract.filter import MOST_WORDS, Filter

from ...gateway import Gateway
from ..answer import Looking
from .problem import told
from .views import Area

MOST_CASES: Final = 200
Words = Annotated[str, Query(max_length=MOST_WORDS, description="words that the case holds")]
Offset = Annotated[int, Query(ge=0, le=1_000_000)]
Count = Annotated[int, Query(ge=1, le=MOST_CASES)]
States = Annotated[str, Query(max_length=400, description="states, separated by commas; see /api/v1/lifecycle")]


def router(gateway: Gateway) -> APIRouter:
    """Return the doors; an area outside the viewer's scope is refused."""
    doors = APIRouter(prefix="/api/v1/cases")

    @doors.get("")
    def cases(
        viewer: Looking,
        area: Area,
        state: States = "",
        urgency: Annotated[str | None, Query(description="overdue, due_soon or open")] = None,
        urged: bool = False,
        words: Words = "",
        offset: Offset = 0,
        limit: Count = 100,
        lang: str = "zh",
    ) -> Response:
        wanted = Filter(urgency, tuple(one for one in state.split(",") if one), urged, words)
        return told(lambda: gateway.queue(area, viewer, wanted, offset, limit), lang)

    return doors


def searching(gateway: Gateway) -> APIRouter:
    """Return the door for any case, open or closed, by its words."""
    doors = APIRouter(prefix="/api/v1")

    @doors.get("/search")
    def search(viewer: Looking, area: Area, words: Words, limit: Count = 20, lang: str = "zh") -> Response:
        return told(lambda: gateway.search(area, viewer, words, limit), lang)

    return doors
