"""The door to how far webhooks are, for who runs the system."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from pipelines.contract.roles import require
from pipelines.contract.scope import Viewer
from pipelines.errors import CitybrainError, ScopeError
from pipelines.node import Node

from ..identity.denials import Denials
from ..outgoing.outbox import listing
from ..outgoing.receiver import pause, resend
from .answer import Looking, answer


def router(node: Node, denials: Denials) -> APIRouter:
    """Return the doors; they tell no key, and what is done here is in the audit."""
    doors = APIRouter(prefix="/api/webhooks")

    @doors.get("")
    def listed(viewer: Looking) -> Response:
        def found() -> object:
            _allow(viewer, denials)
            return listing(node.config, node.registry)

        return answer(found)

    @doors.post("/{name}/resend")
    def again(viewer: Looking, name: str) -> Response:
        def done() -> object:
            _allow(viewer, denials)
            count = resend(node.registry, name, node.wall_clock.now())
            if count is None:
                raise CitybrainError(f"there is no webhook {name!r} that began")
            denials.deed(viewer, "webhooks", f"resend {name}")
            return {"name": name, "resent": count}

        return answer(done)

    @doors.post("/{name}/{act}")
    def turn(viewer: Looking, name: str, act: str) -> Response:
        def done() -> object:
            _allow(viewer, denials)
            if act not in ("pause", "resume") or not pause(node.registry, name, paused=act == "pause"):
                raise CitybrainError(f"there is no webhook {name!r} that began, or nothing such as {act!r}")
            denials.deed(viewer, "webhooks", f"{act} {name}")
            return {"name": name, "paused": act == "pause"}

        return answer(done)

    return doors


def _allow(viewer: Viewer, denials: Denials) -> None:
    try:
        require(viewer.roles, "manage_webhooks")
    except ScopeError:
        denials.note(viewer, "manage_webhooks", "webhooks")
        raise
