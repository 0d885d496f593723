"""The door to how far webhooks are, for who runs the system."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from pipelines.contract.roles import require
from pipelines.errors import CitybrainError
from pipelines.node import Node

from ..outgoing.outbox import listing
from ..outgoing.receiver import pause
from .answer import Looking, answer


def router(node: Node) -> APIRouter:
    """Return the doors; they tell no key."""
    doors = APIRouter(prefix="/api/webhooks")

    @doors.get("")
    def listed(viewer: Looking) -> Response:
        def found() -> object:
            require(viewer.roles, "manage_webhooks")
            return listing(node.config, node.registry)

        return answer(found)

    @doors.post("/{name}/{act}")
    def turn(viewer: Looking, name: str, act: str) -> Response:
        def done() -> object:
            require(viewer.roles, "manage_webhooks")
            if act not in ("pause", "resume") or not pause(node.registry, name, paused=act == "pause"):
                raise CitybrainError(f"there is no webhook {name!r} that began, or nothing such as {act!r}")
            return {"name": name, "paused": act == "pause"}

        return answer(done)

    return doors
