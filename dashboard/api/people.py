"""The door to what colleagues are called: accounts stand in the log, names on a screen."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from pipelines.contract.roles import may

from ..identity.colleagues import Colleagues
from .answer import Looking, packed


def router(colleagues: Colleagues) -> APIRouter:
    """Return the door; whoever looks through masks is told no name."""
    doors = APIRouter(prefix="/api/people")

    @doors.get("")
    def people(viewer: Looking) -> Response:
        return packed({} if viewer.lens.masked or not may(viewer.roles, "see") else colleagues.all())

    return doors
