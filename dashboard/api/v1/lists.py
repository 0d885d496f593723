"""The lists behind commands and reports: areas, categories, units, coded reasons, the lifecycle with its hands."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from pipelines.contract.hands import CAPABILITIES
from pipelines.contract.lifecycle import STATES, TRANSITIONS
from pipelines.contract.reasons import REASONS
from pipelines.node import Node

from ..answer import Looking
from .problem import told


def router(node: Node) -> APIRouter:
    """Return the doors; what they list is the same for everybody who signed in."""
    doors = APIRouter(prefix="/api/v1")

    @doors.get("/areas")
    def areas(_viewer: Looking, lang: str = "zh") -> Response:
        return told(lambda: [asdict(area) for area in node.areas.areas.values()], lang)

    @doors.get("/categories")
    def categories(_viewer: Looking, lang: str = "zh") -> Response:
        return told(lambda: asdict(node.kinds()), lang)

    @doors.get("/units")
    def units(_viewer: Looking, lang: str = "zh") -> Response:
        listed = "select unit_id, name_zh, name_en from units order by unit_id"
        return told(lambda: node.query(listed).to_pylist(), lang)

    @doors.get("/reasons")
    def reasons(_viewer: Looking, lang: str = "zh") -> Response:
        return told(lambda: REASONS, lang)

    @doors.get("/lifecycle")
    def lifecycle(_viewer: Looking, lang: str = "zh") -> Response:
        return told(_lifecycle, lang)

    return doors


def _lifecycle() -> dict[str, Any]:
    """Tell who may do this: states, legal steps, and the capabilities with roles and reach."""
    hands = [
        {"capability": one.name, "commands": one.commands, "roles": sorted(one.roles), "reach": one.reach}
        for one in CAPABILITIES.values()
    ]
    steps = [asdict(step) | {"roles": sorted(step.roles)} for step in TRANSITIONS]
    return {"states": [asdict(state) for state in STATES.values()], "transitions": steps, "capabilities": hands}
