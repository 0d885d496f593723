"""All doors of v1 together, what is said at doors that are none, and the document that tells of all."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from fastapi import APIRouter, FastAPI, Request
from fastapi.exception_handlers import http_exception_handler, request_validation_exception_handler
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from pipelines.node import Node

from ...gateway import Gateway
from ...identity.colleagues import Colleagues
from ...refusal import refuse
from .. import dispatching, reports
from ..answer import Looking
from . import cases, commands, creation, lists, metrics, views
from .openapi import document

API: Final = "/api/"
ROOT: Final = "/api/v1"
METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
CODES: Final = {401: "nobody", 403: "outside_scope", 404: "not_there", 405: "wrong_method"}


def mount(server: FastAPI, node: Node, gateway: Gateway, colleagues: Colleagues) -> None:
    """Mount v1 behind every other door under its root, so that what is left is no door."""
    for doors in (
        commands.router(gateway, colleagues),
        cases.router(gateway),
        creation.router(gateway, colleagues),
        cases.searching(gateway),
        views.router(node, gateway),
        metrics.router(gateway),
        lists.router(node),
        dispatching.router(node, gateway),
        reports.router(gateway, f"{ROOT}/reports"),
        _document(node),
    ):
        server.include_router(doors)
    server.add_exception_handler(RequestValidationError, _misread)
    server.add_exception_handler(HTTPException, _refused)


def _document(node: Node) -> APIRouter:
    doors = APIRouter(prefix=ROOT)

    @cache
    def told() -> dict[str, Any]:
        return document(node)

    @doors.get("/openapi.json")
    def openapi(_viewer: Looking) -> Response:
        return JSONResponse(told())

    @doors.api_route("/{path:path}", methods=list(METHODS))
    def none(_viewer: Looking, request: Request, path: str, lang: str = "zh") -> Response:
        allowed = sorted(_methods(told(), request.url.path))
        if allowed:
            detail = f"{request.method} is not one of {', '.join(allowed)}"
            return refuse("wrong_method", 405, detail, lang, {"Allow": ", ".join(allowed)}, methods=", ".join(allowed))
        return refuse("no_such_door", 404, f"{ROOT}/{path[:60]} is no door; see {ROOT}/openapi.json", lang)

    return doors


def _methods(told: dict[str, Any], path: str) -> set[str]:
    """Return the methods by which a path is a door, by the document."""
    return {
        method.upper()
        for template, methods in told["paths"].items()
        if compile_path(template)[0].match(path)
        for method in methods
    }


async def _misread(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    if not request.url.path.startswith(API):
        return await request_validation_exception_handler(request, error)
    wrong = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
    return refuse("bad_parameter", 422, wrong[:500], request.query_params.get("lang", "zh"))


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = CODES.get(error.status_code, "bad_question")
    if not request.url.path.startswith(API) or code == "wrong_method":
        return await http_exception_handler(request, error)
    return refuse(code, error.status_code, str(error.detail), request.query_params.get("lang", "zh"))
