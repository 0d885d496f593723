"""The analyst's questions over HTTP: answer, course, rows, passport, file; progress and an end to what takes long."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import datetime
from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import QueryParams

from pipelines.contract.asking import Asking
from pipelines.contract.scope import Viewer
from pipelines.errors import QueryError

from ..gateway import Gateway
from ..identity.drill import PARAMETER
from ..refusal import refuse
from .answer import Looking, answer, packed

LOOK_SECONDS = 0.2
MOST_WAITING = 32
WORDS = frozenset(("metric", "area", "from", "to", "by", "where", "compare", "id", PARAMETER))


def router(gateway: Gateway) -> APIRouter:
    """Return the doors of the analyst; an area outside the viewer's scope is refused."""
    doors = APIRouter(prefix="/api/analysis")
    _mount_questions(doors, gateway)
    _mount_running(doors, gateway)

    @doors.get("/catalogue")
    def catalogue(viewer: Looking) -> Response:
        return answer(lambda: gateway.inquiries.askable(viewer), packed)

    @doors.get("/members")
    def members(viewer: Looking, request: Request) -> Response:
        asked = request.query_params
        return answer(
            lambda: gateway.inquiries.members(
                _text(asked, "dimension"), _text(asked, "area"), asked.get("q", ""), viewer
            ),
            packed,
        )

    return doors


def _mount_questions(doors: APIRouter, gateway: Gateway) -> None:
    door = _Door(gateway).answer

    @doors.get("/answer")
    async def total(viewer: Looking, request: Request) -> Response:
        return await door(viewer, request, lambda asking, name: gateway.inquiries.answer(asking, name, viewer))

    @doors.get("/passport")
    async def passport(viewer: Looking, request: Request) -> Response:
        return await door(viewer, request, lambda asking, name: gateway.inquiries.proof(asking, name, viewer))

    @doors.get("/trend")
    async def trend(viewer: Looking, request: Request) -> Response:
        step, window = request.query_params.get("step", "day"), request.query_params.get("window")

        def work(asking: Asking, name: str) -> Any:  # noqa: ANN401
            days = _number("window", window) if window else None
            return gateway.inquiries.trend(asking, step, days, name, viewer)

        return await door(viewer, request, work, "step", "window")

    @doors.get("/rows")
    async def rows(viewer: Looking, request: Request) -> Response:
        asked = request.query_params

        def work(asking: Asking, name: str) -> Any:  # noqa: ANN401
            offset, limit = (
                _number(word, asked.get(word, usual)) for word, usual in (("offset", "0"), ("limit", "100"))
            )
            return gateway.inquiries.rows(asking, asked.get("part", "denominator"), offset, limit, name, viewer)

        return await door(viewer, request, work, "part", "offset", "limit")

    @doors.get("/export")
    async def export(viewer: Looking, request: Request) -> Response:
        form, language = request.query_params.get("format", "csv"), request.query_params.get("language", "zh")

        def work(asking: Asking, name: str) -> Response:
            file, media_type, content = gateway.inquiries.export(asking, form, language, name, viewer)
            named = {"Content-Disposition": f'attachment; filename="{file}"', "Cache-Control": "no-store"}
            return Response(content, media_type=media_type, headers=named)

        return await door(viewer, request, work, "format", "language")


def _mount_running(doors: APIRouter, gateway: Gateway) -> None:
    @doors.get("/progress/{name}")
    async def progress(viewer: Looking, name: str) -> Response:
        return answer(lambda: gateway.inquiries.progress(name, viewer), packed)

    @doors.post("/cancel/{name}")
    async def cancel(viewer: Looking, name: str) -> Response:
        return answer(lambda: gateway.inquiries.cancel(name, viewer), packed)


class _Door:
    """Answer questions, each on a thread of its own: no other door waits behind it, and a slow one can stand back."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._waiting = asyncio.Semaphore(MOST_WAITING)

    async def answer(
        self, viewer: Viewer, request: Request, work: Callable[[Asking, str], Any], *others: str
    ) -> Response:
        if self._waiting.locked():
            return refuse("busy", 503, f"{MOST_WAITING} questions wait already; ask again in a moment")
        name = request.query_params.get("id") or uuid4().hex
        thread = ThreadPoolExecutor(1, thread_name_prefix="analyst", initializer=self._gateway.inquiries.lend_thread)

        def asked() -> Response:
            return answer(lambda: work(_asking(request.query_params, others), name), packed)

        async with self._waiting:
            try:
                return await heard(request, asked, thread, lambda: self._gateway.inquiries.cancel(name, viewer))
            finally:
                thread.shutdown(wait=False)


async def heard(
    request: Request, work: Callable[[], Response], threads: Executor, end: Callable[[], object]
) -> Response:
    """Answer on a thread as long as somebody listens; the question of a display that went away is ended."""
    running = asyncio.get_running_loop().run_in_executor(threads, work)
    while not running.done():
        await asyncio.wait([running], timeout=LOOK_SECONDS)
        if not running.done() and await request.is_disconnected():
            answer(end, packed)
            break
    return await running


def _asking(asked: QueryParams, others: tuple[str, ...]) -> Asking:
    """Read a question from an address; raise `QueryError` for a word that none has."""
    known = WORDS | set(others)
    for word in asked:
        if word not in known:
            raise QueryError(f"{word!r} is no part of a question; there are {', '.join(sorted(known))}")
    return Asking(
        metric=_text(asked, "metric"),
        area=_text(asked, "area"),
        start=_moment(asked, "from"),
        end=_moment(asked, "to"),
        by=_list(asked, "by"),
        where=tuple(asked.getlist("where")),
        compare=_list(asked, "compare"),
    )


def _text(asked: QueryParams, word: str) -> str:
    if value := asked.get(word):
        return value
    raise QueryError(f"the question has no {word!r}; give it, as in {word}=…")


def _list(asked: QueryParams, word: str) -> tuple[str, ...]:
    return tuple(part for part in asked.get(word, "").split(",") if part)


def _moment(asked: QueryParams, word: str) -> datetime | None:
    if not (text := asked.get(word)):
        return None
    try:
        # a plus that was not escaped arrives as a space
        return datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        raise QueryError(f"{word}={text!r}: expected a moment with its offset: 2026-11-01T00:00:00+08:00") from None


def _number(word: str, text: str) -> int:
    if text.isdecimal():
        return int(text)
    raise QueryError(f"{word}={text!r}: expected a whole number")
