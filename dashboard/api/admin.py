"""The admin side of a running node, for the commands of its own machine: its file is locked, so they go through it."""

from __future__ import annotations

import hmac
import json
import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import msgspec
import pyarrow as pa
from fastapi import APIRouter, Depends, Header, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel

from pipelines.errors import CitybrainError
from pipelines.node import Node

ARROW = "application/vnd.apache.arrow.stream"
LOOPBACK = {"127.0.0.1", "::1"}
Say = Callable[[dict[str, Any]], None]


class Query(BaseModel):
    """One read-only question."""

    sql: str


class Import(BaseModel):
    """Files on this machine, and the source whose mapping reads them."""

    files: list[Path]
    source: str


class Replay(Import):
    """Files to play through the live path."""

    speed: float


class Rebuild(BaseModel):
    """Make the marts anew, or only compare."""

    verify: bool = False


class Backup(BaseModel):
    """A folder on this machine to write a backup to."""

    target: Path


def router(node: Node, token: str) -> APIRouter:
    """Return the doors of the admin side; they open to this machine with the token, to nobody else."""
    doors = APIRouter(prefix="/admin", dependencies=[Depends(_guard(token))])

    @doors.get("/status")
    def status() -> JSONResponse:
        return _answer(node.tick)

    @doors.get("/checks")
    def checks() -> JSONResponse:
        return _answer(node.checks)

    @doors.post("/query")
    def query(asked: Query) -> Response:
        try:
            return Response(_arrow(node.query(asked.sql)), media_type=ARROW)
        except CitybrainError as error:
            return _refusal(error)

    @doors.post("/import")
    def take_in(asked: Import) -> StreamingResponse:
        return _stream(lambda say: node.import_files(asked.files, asked.source, _progress(say)).lines())

    @doors.post("/replay")
    def replay(asked: Replay) -> JSONResponse:
        return _answer(lambda: node.replay(asked.files, asked.source, asked.speed))

    @doors.post("/events")
    async def receive(request: Request, source: str) -> JSONResponse:
        lines = [line for line in (await request.body()).split(b"\n") if line.strip()]
        return await run_in_threadpool(_answer, lambda: node.receive(lines, source))

    @doors.post("/rebuild")
    def rebuild(asked: Rebuild) -> JSONResponse:
        return _answer(node.verify if asked.verify else node.rebuild)

    @doors.post("/backup")
    def backup(asked: Backup) -> JSONResponse:
        return _answer(lambda: node.backup(asked.target))

    return doors


def _guard(token: str) -> Callable[..., None]:
    expected = f"Bearer {token}".encode()

    def check(
        request: Request, authorization: Annotated[str, Header()] = "", origin: Annotated[str, Header()] = ""
    ) -> None:
        here = request.client is not None and request.client.host in LOOPBACK
        # a browser always names its origin: no page may come in here, whatever it got hold of
        if not here or origin or not hmac.compare_digest(authorization.encode(), expected):
            raise HTTPException(403, "the admin side opens only to commands of the user who runs this node")

    return check


def _answer(work: Callable[[], Any]) -> JSONResponse:
    try:
        return JSONResponse(msgspec.to_builtins(work(), str_keys=True))
    except CitybrainError as error:
        return _refusal(error)


def _refusal(error: CitybrainError) -> JSONResponse:
    return JSONResponse({"error": type(error).__name__, "message": str(error)}, status_code=422)


def _arrow(rows: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema) as writer:
        writer.write_table(rows)
    return bytes(sink.getvalue())


def _progress(say: Say) -> Callable[[str, int, int], None]:
    return lambda file, done, total: say({"progress": [file, done, total]})


def _stream(work: Callable[[Say], Any]) -> StreamingResponse:
    """Run long work on a thread of its own; send what it says line by line, its result or refusal last."""
    said: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()

    def run() -> None:
        try:
            said.put({"result": msgspec.to_builtins(work(said.put), str_keys=True)})
        except CitybrainError as error:
            said.put({"error": type(error).__name__, "message": str(error)})
        except Exception as error:  # the line tells the command; the thread tells the node's own log
            said.put({"error": "CitybrainError", "message": f"the node failed: {error!r}"})
            raise
        finally:
            said.put(None)

    def lines() -> Iterator[str]:
        threading.Thread(target=run, name="admin", daemon=True).start()
        while (line := said.get()) is not None:
            yield json.dumps(line, ensure_ascii=False) + "\n"

    return StreamingResponse(lines(), media_type="application/x-ndjson")
