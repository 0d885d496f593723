"""The OpenAPI document of v1, made from the code: every command, every view, every answer with its status."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any, Final

from pipelines.contract.commands import COMMANDS
from pipelines.contract.hands import BY_COMMAND
from pipelines.node import Node

from .described import ACCOUNTS, DOORS, Door
from .shapes import schemas, view_answer

JSON: Final = "application/json"
WORDS: Final = {
    200: "what was asked for", 204: "done; there is nothing to show", 304: "nothing changed since",
    400: "the question cannot be answered", 401: "nobody is signed in", 403: "not for whoever asks",
    404: "there is no such thing within reach", 405: "not by this method", 409: "too late: others acted first",
    413: "the body is too large", 415: "the body is of another type", 422: "the body or a parameter cannot be read",
    429: "too many requests", 503: "away for a moment: send it again",
}  # fmt: skip
ALWAYS: Final = (401, 403, 405, 422, 429, 503)
KEPT: Final = {"ETag": {"schema": {"type": "string"}}}
LANGUAGE: Final = {"name": "lang", "in": "query", "schema": {"type": "string"}, "description": "zh or en"}
ASKED: Final = {
    "name": "citybrain-request", "in": "header", "schema": {"type": "string", "enum": ["1"]},
    "description": "a change that comes with a session cookie needs it; one that comes with a key does not",
}  # fmt: skip
KEY: Final = {
    "name": "Idempotency-Key", "in": "header", "required": True, "example": "6f2c9a1e-8a49-4f0e-9d35-0c8e5d1f7a20",
    "schema": {"type": "string", "format": "uuid"}, "description": "the command's id: sending it again is harmless",
}  # fmt: skip


def document(node: Node) -> dict[str, Any]:
    """Return the document."""
    paths: dict[str, dict[str, Any]] = {}
    for door in (*DOORS, *(ACCOUNTS if node.config.sign_in else ())):
        paths.setdefault(door.path, {})[door.method.lower()] = operation(door)
    paths |= {f"/api/v1/views/{view['name']}": {"get": _view(view)} for view in node.views.described()}
    paths |= {f"/api/v1/cases/{{case_id}}/commands/{name}": {"post": _command(name)} for name in COMMANDS}
    security = {
        "key": {"type": "http", "scheme": "bearer", "description": "a program's key; it acts for an account"},
        "session": {"type": "apiKey", "in": "cookie", "name": "citybrain"},
    }
    either: list[dict[str, Any]] = [{"key": []}, {"session": []}]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{node.config.city.name_en} citybrain",
            "version": version("citybrain"),
            "description": "Every command and every view. What lies outside the asker's scope is not told apart from "
            "what does not exist.",
        },
        "paths": paths,
        "components": {"schemas": schemas(), "securitySchemes": security},
        "security": either if node.config.sign_in else [*either, {}],
    }


def operation(door: Door) -> dict[str, Any]:
    """Describe one door."""
    told: dict[str, Any] = {
        "operationId": door.name,
        "summary": door.summary,
        "parameters": [*door.parameters, LANGUAGE, *([ASKED] if door.method != "GET" else [])],
        "responses": answers(door.answer, *door.statuses, content=door.content),
    }
    if door.body is not None:
        told["requestBody"] = {"required": True, "content": {kind: {"schema": door.body} for kind in door.takes}}
    return told


def answers(shape: dict[str, Any] | None, *statuses: int, content: tuple[str, ...] = (JSON,)) -> dict[str, Any]:
    """Describe every answer a door gives."""
    found: dict[str, Any] = {}
    for status in sorted({200, *ALWAYS, *statuses}):
        found[str(status)] = {"description": WORDS[status]}
        if status == 200:
            found["200"]["content"] = {kind: {"schema": shape if kind == JSON else {}} for kind in content}
        elif status >= 400:
            found[str(status)]["content"] = {JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    found["403"]["content"]["text/plain"] = {"schema": {"type": "string"}}
    found["405"]["headers"] = {"Allow": {"schema": {"type": "string"}}}
    return found


def _view(view: dict[str, Any]) -> dict[str, Any]:
    area = {"name": "area", "in": "query", "required": True, "schema": {"type": "string", "minLength": 1}}
    limit = {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 10000}}
    mark = {"name": "If-None-Match", "in": "header", "schema": {"type": "string"}}
    found = answers(view_answer(view["columns"]), 304, 400, 404)
    found["200"]["headers"] = found["304"]["headers"] = KEPT
    return {
        "operationId": f"view_{view['name']}",
        "summary": view["question"],
        "parameters": [area, limit, mark, LANGUAGE],
        "responses": found,
    }


def _command(name: str) -> dict[str, Any]:
    case = {"name": "case_id", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
    hand = BY_COMMAND[name]
    return {
        "operationId": name,
        "summary": f"{name}: for {', '.join(sorted(hand.roles))}; reach: {hand.reach}",
        "parameters": [case, KEY, LANGUAGE, ASKED],
        "requestBody": {
            "required": True,
            "content": {JSON: {"schema": {"$ref": f"#/components/schemas/{name}_body"}}},
        },
        "responses": answers({"$ref": "#/components/schemas/Receipt"}, 400, 404, 409, 413),
    }
