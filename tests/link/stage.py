"""A stage for displays: a small node, its stream on a test server, frames by kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from fastapi import FastAPI, WebSocket
from starlette.testclient import TestClient, WebSocketTestSession

from dashboard.stream import Stream
from pipelines.contract.roles import OPERATIONAL
from pipelines.contract.scope import Scope, Viewer

ROOT = "360500"
LOCAL = Viewer("local", OPERATIONAL, Scope(frozenset({ROOT})))
Connect = Callable[[str], Any]


def application(stream: Stream, viewer: Viewer = LOCAL) -> FastAPI:
    """Serve a stream to one viewer."""
    server = FastAPI()

    @server.websocket("/stream")
    async def socket(connection: WebSocket) -> None:
        if not stream.running:
            stream.start()
        await stream.serve(connection, viewer)

    return server


@contextmanager
def served(stream: Stream, viewer: Viewer = LOCAL) -> Iterator[Connect]:
    """Open sockets to a stream."""
    with TestClient(application(stream, viewer)) as client:
        yield client.websocket_connect


def until(socket: WebSocketTestSession, kind: str) -> dict[str, Any]:
    """Read frames up to one of a kind."""
    for _ in range(500):
        frame = socket.receive_json()
        if frame["type"] == kind:
            return dict(frame)
    raise AssertionError(f"no {kind} among 500 frames")


def joined(socket: WebSocketTestSession, screen: str, **more: Any) -> dict[str, Any]:
    """Enter the room; return who one is there, once all was told."""
    socket.send_json({"type": "join", "room": "command", "screen": screen, **more})
    told = until(socket, "joined")
    until(socket, "presence")
    return told
