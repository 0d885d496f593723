"""How walls and guests come in at this site: pairing and invitations over its rooms, with keys of its gate."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from dashboard.identity import cookies
from dashboard.identity.gate import Gate
from dashboard.identity.guests import STAY, Guests, Invitation
from dashboard.identity.pairing import Pairing, Waiting
from pipelines.contract.scope import Device, Viewer
from pipelines.node import Node

from . import guests, pairing


def router(node: Node, gate: Gate) -> APIRouter:
    """Open the doors of pairing and of guests."""
    site = pairing.Site(node.areas, lambda: rooms(node))

    def admit(request: Request, response: Response, device: Waiting) -> None:
        token, _ = gate.keys.admit(device.name, device.room, device.areas, device.by or "")
        cookies.keep(request, response, cookies.DEVICE, token, cookies.YEARS)

    def welcome(request: Request, response: Response, invitation: Invitation, name: str) -> None:
        token, _ = gate.keys.admit(name, invitation.room, invitation.areas, invitation.by, role="guest", life=STAY)
        cookies.keep(request, response, cookies.DEVICE, token, round(STAY.total_seconds()))

    def noted(viewer: Viewer, what: str, wall: Waiting) -> None:
        detail = {"name": wall.name, "address": wall.address, "width": wall.width, "height": wall.height}
        gate.audit.note(viewer, "pairing", what, wall.room or wall.code, detail)

    def came(viewer: Viewer | None, what: str, room: str, detail: dict[str, Any], device: Device | str = "") -> None:
        gate.audit.note(viewer, "pairing", what, room, detail, device)

    routes = APIRouter()
    routes.include_router(pairing.router(Pairing(node.registry, gate.clock), site, admit, noted))
    routes.include_router(
        guests.router(
            Guests(node.registry, gate.clock), lambda viewer, room: pairing.areas_of(viewer, room, site), welcome, came
        )
    )
    return routes


def rooms(node: Node) -> dict[str, frozenset[str]]:
    """Return what each room looks at: the areas its walls and guests may see."""
    root = node.areas.root.id
    told = {room.name: frozenset({room.area or root}) for room in getattr(node.config, "rooms", ())}
    return told or {"command": frozenset({root})}
