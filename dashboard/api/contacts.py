"""The door to who reported a case: for whoever may accept it, each look noted."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from ..gateway import Gateway
from ..refusal import refuse
from .answer import Looking, answer, packed


def router(gateway: Gateway) -> APIRouter:
    """Return the door to reporters."""
    doors = APIRouter(prefix="/api/contacts")

    @doors.get("/{case_id}")
    def contact(viewer: Looking, case_id: str) -> Response:
        def work() -> Response:
            found = gateway.cases.contact(case_id, viewer)
            if found is None:
                return refuse("nobody_known", 404, "nobody is known who reported this case")
            return packed(found)

        return answer(work)

    return doors
