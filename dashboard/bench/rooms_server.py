"""The process of a node whose rooms are measured: its socket alone, in memory or over Redis."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI, WebSocket

from pipelines.config.rooms import RoomChoice
from pipelines.node import Node

from ..app import local_viewer, served
from ..gateway import Gateway
from ..link.opening import open_rooms
from ..link.redis import RedisHub
from ..stream import Stream
from . import child, scratch
from .ports import free


def application(node: Node, rooms: int, redis: str) -> FastAPI:
    """Serve a node's stream with so many rooms."""
    choices = tuple(RoomChoice(name=f"room{n}", name_zh=str(n), name_en=str(n)) for n in range(rooms))
    node.config = node.config.model_copy(update={"rooms": choices})
    gateway = Gateway(node)
    opened = open_rooms(node, gateway, "bench")
    if redis:
        opened.hub = RedisHub(redis, "bench:rooms", opened.hub.rooms)
    stream = Stream(node, gateway, "bench", opened)

    @asynccontextmanager
    async def lifespan(_server: FastAPI) -> AsyncIterator[None]:
        stream.start()
        yield
        await stream.stop()

    server = FastAPI(lifespan=lifespan)

    @server.websocket("/stream")
    async def socket(connection: WebSocket) -> None:
        await stream.serve(connection, local_viewer(node))

    return server


def main(data: str, rooms: str, redis: str = "") -> None:
    """Serve until the parent leaves."""
    child.raise_limit()
    port = free()
    with scratch.node(Path(data)) as node:
        server = uvicorn.Server(served(application(node, int(rooms), redis), "127.0.0.1", port))
        child.obey_beside({}, {"port": port})
        server.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
