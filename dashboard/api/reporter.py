"""The doors of a reporter's link: what happened to the one case, and, at the desk, the link itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from fastapi import APIRouter, HTTPException, Request
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse, Response

from pipelines.contract.reasons import REASONS
from pipelines.contract.rules import RATING_WINDOW
from pipelines.errors import CommandRefused, ScopeError

from ..gateway import Gateway
from ..identity.qr import square
from ..identity.reporters import Reporters
from ..refusal import refuse
from .answer import Looking
from .v1.commands import message, refusal

HANDS: Final = ("answer", "rate", "request_reopen", "appeal")
"""What the page offers, where the case's state allows it."""
STEPS: Final = frozenset(
    {"case-reported", "case-verified", "case-filed", "case-rejected", "rejection-appealed", "appeal-upheld",
     "appeal-dismissed", "case-merged", "case-dispatched", "case-signed", "case-suspended", "case-resumed",
     "reporter-asked", "reporter-answered", "case-handled", "case-closed", "reopen-requested", "reopen-refused",
     "case-reopened", "case-rated"}
)  # fmt: skip
"""What its reporter is told of; who did it is never said, what hands say to each other neither."""
EXPLAINED: Final = frozenset({"case-rejected", "appeal-dismissed", "reopen-refused", "case-suspended"})
FRESH: Final = {"Cache-Control": "no-store"}


def router(gateway: Gateway, reporters: Reporters, clock: Callable[[], datetime]) -> APIRouter:
    """Return the doors; ``clock`` is the city's time."""
    doors = APIRouter(prefix="/api/v1")

    @doors.get("/reporter")
    def case(viewer: Looking, lang: str = "zh") -> Response:
        if viewer.case is None:
            raise HTTPException(404, "this door is for who opened a reporter's link")
        found = gateway.cases.file(viewer.case, viewer)
        if found is None:
            return refusal(CommandRefused("no_such_case", case=viewer.case), lang, 404)
        return JSONResponse(jsonable_encoder(_told(found, lang, clock())), headers=FRESH)

    @doors.get("/cases/{case_id}/reporter-link")
    def link(viewer: Looking, request: Request, case_id: str, lang: str = "zh") -> Response:
        try:
            gateway.cases.may_link(case_id, viewer)
        except CommandRefused as refused:
            return refusal(refused, lang)
        except ScopeError:
            return refusal(CommandRefused("no_such_case", case=case_id), lang)
        token, until = reporters.link(case_id, exercise=viewer.exercise)
        address = f"{request.base_url}r/{token}"
        code = square(address)
        drawn = {"size": code.size, "path": code.path}
        return JSONResponse(jsonable_encoder({"url": address, "until": until, "square": drawn}), headers=FRESH)

    @doors.post("/reporter-links/rotate")
    def rotate(viewer: Looking, lang: str = "zh") -> Response:
        try:
            gateway.cases.may_rotate_links(viewer)
        except ScopeError as error:
            return refuse("outside_scope", 403, str(error), lang)
        reporters.rotate()
        return Response(status_code=204)

    return doors


def _told(found: dict[str, Any], lang: str, now: datetime) -> dict[str, Any]:
    """Return of a case what its reporter may know: states and steps, no name of anybody."""
    case, steps = found["case"], [_step(event) for event in found["timeline"] if event["kind"] in STEPS]
    asked = [event for event in found["timeline"] if event["kind"] == "reporter-asked"]
    abilities = {ability["command"]: ability for ability in found["commands"]}
    if "rate" in abilities and not _may_rate(found["timeline"], now):
        abilities["rate"]["allowed"] = False
    shown = ("case_id", "category_zh", "category_en", "title", "state", "reported_at", "closed_at", "rating")
    return {
        "case": {name: case[name] for name in shown},
        "steps": steps,
        "asked": asked[-1]["note"] if asked and case["state"] == "waiting_reporter" else None,
        "hands": [_hand(abilities[name], lang) for name in HANDS if name in abilities],
    }


def _may_rate(timeline: list[dict[str, Any]], now: datetime) -> bool:
    """Tell whether a word is still wanted: one after each closing, for a week."""
    times = {event["kind"]: event["happened_at"] for event in timeline}
    closed, rated = times.get("case-closed"), times.get("case-rated")
    return closed is not None and now <= closed + RATING_WINDOW and (rated is None or rated < closed)


def _step(event: dict[str, Any]) -> dict[str, Any]:
    step = {"event_id": event["event_id"], "kind": event["kind"], "happened_at": event["happened_at"]}
    if event["kind"] == "case-dispatched":
        step |= {"unit_zh": event["unit_zh"], "unit_en": event["unit_en"]}
    if event["kind"] in EXPLAINED:
        step["reason"] = event["reason"]
    return step


def _hand(ability: dict[str, Any], lang: str) -> dict[str, Any]:
    why = message(ability["reason"], ability["values"], lang) if ability["reason"] else None
    command = ability["command"]
    return {"command": command, "allowed": ability["allowed"], "why": why, "reasons": REASONS.get(command, ())}
