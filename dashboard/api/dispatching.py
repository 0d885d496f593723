"""The doors beside commands: which there are, whom to give a case to and why, draws of cases for a second look."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Body
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse, Response

from pipelines.contract.case_file import CaseFile
from pipelines.contract.commands import COMMANDS, DrawRecheck
from pipelines.contract.draws import Draw
from pipelines.contract.hands import BY_COMMAND
from pipelines.contract.lifecycle import TRANSITIONS
from pipelines.contract.reasons import REASONS
from pipelines.contract.scope import Viewer
from pipelines.errors import CommandRefused, ScopeError
from pipelines.node import Node

from ..gateway import Gateway
from .answer import Looking
from .v1.commands import message, refusal
from .v1.problem import told

BY_SYSTEMS: Final = frozenset({"system", "system_of_record"})
Row = dict[str, Any]


def router(node: Node, gateway: Gateway) -> APIRouter:
    """Return the doors; a case or an area outside the viewer's scope is one unheard of."""
    doors = APIRouter(prefix="/api/v1")
    table = _table(node)

    @doors.get("/commands")
    def commands() -> Response:
        return JSONResponse(table)

    @doors.get("/cases/{case_id}/suggestions")
    def suggestions(viewer: Looking, case_id: str, lang: str = "zh") -> Response:
        if viewer.case is not None or (found := _seen(node, gateway, case_id, viewer)) is None:
            return refusal(CommandRefused("no_such_case", case=case_id), lang, 404)
        return told(lambda: _suggested(node, gateway, found, viewer), lang)

    @doors.post("/rechecks")
    def rechecks(
        viewer: Looking,
        area: Annotated[str, Body()],
        since: Annotated[datetime, Body()],
        until: Annotated[datetime, Body()],
        count: Annotated[int, Body()],
        seed: Annotated[str, Body(min_length=1, max_length=120)],
        lang: Annotated[str, Body()] = "zh",
    ) -> Response:
        roles = BY_COMMAND["draw_recheck"].roles
        if not viewer.roles & roles:
            return refusal(CommandRefused("not_your_role", command="draw_recheck", roles=sorted(roles)), lang)
        return told(lambda: _drawn(node, gateway, Draw(area, since, until, count, seed), viewer, lang), lang)

    return doors


def _table(node: Node) -> Row:
    """Tell of every command its coded reasons, its roles, the state it leads to, the stages it may name."""
    leads: dict[str, dict[str, str]] = {name: {} for name in COMMANDS}
    for step in TRANSITIONS:
        if step.state and step.command in leads:
            leads[step.command][step.state] = step.next_state
    stages = {
        str(one.stage): {"name_zh": one.name_zh, "name_en": one.name_en}
        for staged in node.config.sla.staged.values()
        for one in staged
    }
    return {
        name: {
            "reasons": REASONS.get(name, ()),
            "roles": sorted(BY_COMMAND[name].roles - BY_SYSTEMS),
            "leads_to": leads[name],
            "stages": stages if name == "reach_milestone" else {},
        }
        for name in COMMANDS
    }


def _seen(node: Node, gateway: Gateway, case_id: str, viewer: Viewer) -> CaseFile | None:
    """Return a case that a viewer sees."""
    try:
        return node.decisions.file(case_id) if gateway.cases.open(case_id, viewer) else None
    except ScopeError:
        return None


def _suggested(node: Node, gateway: Gateway, case: CaseFile, viewer: Viewer) -> Row:
    path = node.areas.path(case.area_id)
    area = next(one.id for one in path if one.id in viewer.scope.areas)
    located = case.category and case.lon is not None and case.lat is not None
    similar = gateway.reports.similar(case.category or "", case.lon or 0, case.lat or 0, viewer) if located else []
    return node.dispatching.suggest(case, area, similar, viewer.lens)


def _drawn(node: Node, gateway: Gateway, draw: Draw, viewer: Viewer, lang: str) -> Row:
    """Draw, and note every case drawn; drawing again draws and notes the same."""
    gateway.admit(draw.area, viewer, "recheck draw")
    population = {row["case_id"]: row for row in node.dispatching.population(draw, viewer.lens)}
    ids = list(population)
    drawn = [population[case] | _noted(gateway, draw, case, viewer, lang) for case in draw.chosen(ids)]
    return {
        "draw_id": draw.id, "seed": draw.seed, "area": draw.area, "since": draw.since, "until": draw.until,
        "count": draw.count, "population": len(ids), "fingerprint": draw.fingerprint(ids),
        "drawn": jsonable_encoder(drawn),
    }  # fmt: skip


def _noted(gateway: Gateway, draw: Draw, case_id: str, viewer: Viewer, lang: str) -> Row:
    """Note a case as drawn; tell why it could not be."""
    command = DrawRecheck(id=draw.command_id(case_id), case_id=case_id, draw_id=draw.id, seed=draw.seed)
    try:
        gateway.cases.command(command, viewer)
    except CommandRefused as refused:
        return {"refused": refused.code, "message": message(refused.code, refused.values, lang)}
    return {"refused": None, "message": None}
