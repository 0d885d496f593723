"""The door for commands: what a hand may do to a case, what it did, and why not."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse, Response

from pipelines.contract import commands
from pipelines.contract.reporting import IDENTITY
from pipelines.contract.scope import Viewer
from pipelines.errors import CommandRefused, ConfigError, LogError, RegistryError, ScopeError

from ... import catalogue
from ...gateway import Gateway
from ...identity.colleagues import Colleagues
from ..answer import Looking

MOST_BYTES: Final = 32_768
UNKNOWN: Final = frozenset({"no_such_case", "no_such_parent", "no_such_order", "no_such_village"})
NOT_YOURS: Final = frozenset(
    {"not_your_role", "not_your_area", "not_your_centre", "not_your_unit", "not_your_case", "not_your_order",
     "not_your_dispute", "not_of_team", "own_handling", "other_world", "not_your_level", "own_step",
     "not_in_a_drill"}
)  # fmt: skip
TOO_LATE: Final = frozenset(
    {"wrong_state", "acted_meanwhile", "asked_already", "nothing_asked", "rated_already", "settled_already",
     "wrong_step", "moved_meanwhile", "signed_already", "in_publicity", "red_line_open",
     "drawn_already", "led_already", "used_already", "child_open", "not_checked", "no_reply", "not_drawn"}
)  # fmt: skip


def router(gateway: Gateway, colleagues: Colleagues | None = None) -> APIRouter:
    """Return the doors for commands and for one case as its hands see it."""
    doors = APIRouter(prefix="/api/v1")

    @doors.post("/commands")
    async def command(viewer: Looking, request: Request, lang: str = "zh") -> Response:
        body = await read_body(request)
        if body is None:
            return refusal(CommandRefused("too_large", most=MOST_BYTES // 1024), lang, 413)
        return await run_in_threadpool(_carry_out, gateway, viewer, body, lang, colleagues)

    @doors.get("/cases/{case_id}")
    def case(viewer: Looking, case_id: str, lang: str = "zh") -> Response:
        try:
            found = gateway.cases.file(case_id, viewer)
        except ScopeError:
            found = None
        if found is None:
            return refusal(CommandRefused("no_such_case", case=case_id), lang, 404)
        for ability in found["commands"]:
            values = {"command": ability["command"]} | ability["values"]
            ability["message"] = message(ability["reason"], values, lang) if ability["reason"] else None
        return JSONResponse(jsonable_encoder(found))

    _mount_named(doors, gateway, colleagues)
    return doors


def _mount_named(doors: APIRouter, gateway: Gateway, colleagues: Colleagues | None) -> None:
    @doors.post("/cases/{case_id}/commands/{command}")
    async def named(viewer: Looking, request: Request, case_id: str, command: str, lang: str = "zh") -> Response:
        key = request.headers.get("idempotency-key", "").lower()
        if command not in commands.COMMANDS:
            return refusal(CommandRefused("no_such_command", command=command[:60]), lang, 404)
        if not IDENTITY.fullmatch(key) and not IDENTITY.fullmatch(key := key.upper()):
            return refusal(CommandRefused("needs_key"), lang, 400)
        body = await read_body(request)
        if body is None:
            return refusal(CommandRefused("too_large", most=MOST_BYTES // 1024), lang, 413)
        given = {"command": command, "id": key, "case_id": case_id}
        return await run_in_threadpool(_complete, gateway, viewer, given, body, lang, colleagues)


def refusal(
    refused: CommandRefused, lang: str, status: int | None = None, spoken: dict[str, Any] | None = None
) -> JSONResponse:
    """Answer with why a command is not carried out, in words for a person and codes for a program."""
    values = {name: value for name, value in refused.values.items() if name != "detail"}
    body = {"refused": refused.code, "values": values, "message": message(refused.code, spoken or values, lang)}
    answer = jsonable_encoder(body | {"detail": str(refused)})
    return JSONResponse(answer, status or _status(refused.code))


def message(code: str, values: dict[str, Any], lang: str) -> str:
    """Return the words of a refusal in a person's language."""
    language: catalogue.Language = "en" if lang == "en" else "zh"
    return catalogue.text(language, f"why.{code}", **_spoken(values, language))


def _spoken(values: dict[str, Any], language: catalogue.Language) -> dict[str, Any]:
    """Put names of states, roles and commands into words."""
    spoken = dict(values)
    for name, key in (
        ("state", "status"),
        ("command", "act"),
        ("level", "level"),
        ("here", "level"),
        ("wish", "wish"),
        ("stage", "dispute"),
        ("step", "safetystage"),
    ):
        if isinstance(values.get(name), str):
            spoken[name] = _word(language, f"{key}.{values[name]}", values[name])
    for name, key in (
        ("roles", "me.role"),
        ("states", "status"),
        ("stages", "dispute"),
        ("steps", "safetystage"),
        ("lines", "redline"),
    ):
        if name in values:
            words = (_word(language, f"{key}.{one}", one) for one in values[name])
            spoken[name] = ("、" if language == "zh" else ", ").join(words)
    if isinstance(values.get("kind"), str):
        spoken["kind"] = _word(language, f"event.{values['kind']}", values["kind"])
    return spoken


def _word(language: catalogue.Language, key: str, otherwise: str) -> str:
    try:
        return catalogue.text(language, key)
    except ConfigError:
        return otherwise


def _status(code: str) -> int:
    if code in UNKNOWN:
        return 404
    if code in NOT_YOURS:
        return 403
    if code in {"busy", "later"}:
        return 503
    return 409 if code in TOO_LATE else 422


def _carry_out(gateway: Gateway, viewer: Viewer, body: bytes, lang: str, colleagues: Colleagues | None) -> Response:
    try:
        return JSONResponse(jsonable_encoder(gateway.cases.command(commands.read(body), viewer)))
    except CommandRefused as refused:
        spoken = colleagues.named(refused.values, viewer, lang) if colleagues else refused.values
        if viewer.lens.masked:
            refused = CommandRefused(refused.code, **spoken)
        return refusal(refused, lang, spoken=spoken)
    except ScopeError:
        return refusal(CommandRefused("no_such_case"), lang)
    except (LogError, RegistryError):
        # where it stands already and only its note is missing, sending it again notes it
        return refusal(CommandRefused("later"), lang, 503)


def _complete(
    gateway: Gateway, viewer: Viewer, given: dict[str, str], body: bytes, lang: str, colleagues: Colleagues | None
) -> Response:
    """Carry out a command whose name, case and id stand outside its body."""
    try:
        fields = msgspec.json.decode(body or b"{}", type=dict[str, msgspec.Raw])
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        return refusal(CommandRefused("unreadable", detail=str(error)), lang)
    if double := sorted(given.keys() & fields.keys()):
        return refusal(CommandRefused("unreadable", detail=f"{', '.join(double)}: said by path and header"), lang)
    return _carry_out(gateway, viewer, msgspec.json.encode(fields | given), lang, colleagues)


async def read_body(request: Request) -> bytes | None:
    """Read a body, or give up as soon as it is too large."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return None
    return body
