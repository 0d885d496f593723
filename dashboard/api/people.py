"""The door to what colleagues are called: accounts stand in the log, names on a screen."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from pipelines.contract.roles import may

from ..identity.accounts import Accounts
from .answer import Looking, packed


def router(accounts: Accounts | None) -> APIRouter:
    """Return the door; whoever looks through masks is told no name."""
    doors = APIRouter(prefix="/api/people")

    @doors.get("")
    def people(viewer: Looking) -> Response:
        if accounts is None or viewer.lens.masked or not may(viewer.roles, "see"):
            return packed({})
        return packed(
            {one.user: {"name_zh": one.name, "name_en": one.name_en or one.name} for one in accounts.all() if one.name}
        )

    return doors
