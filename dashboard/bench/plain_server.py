"""The process of the plainest broadcast: Starlette, a set of sockets, every text to each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from .. import app
from . import child
from .ports import free


class Broadcast:
    """All sockets, and one way to send them all the same."""

    def __init__(self) -> None:
        self._sockets: set[WebSocket] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    @asynccontextmanager
    async def lifespan(self, _application: Starlette) -> AsyncIterator[None]:
        """Know the loop."""
        self._loop = asyncio.get_running_loop()
        yield

    async def serve(self, socket: WebSocket) -> None:
        """Hold one socket until it leaves."""
        await socket.accept()
        self._sockets.add(socket)
        with suppress(WebSocketDisconnect):
            while True:
                await socket.receive_text()
        self._sockets.discard(socket)

    def send(self, rounds: list[list[str]], every: float) -> int:
        """Send some rounds of texts to all, at a steady pace; return how many sockets there are."""
        assert self._loop is not None
        asyncio.run_coroutine_threadsafe(self._send(rounds, every), self._loop).result()
        return len(self._sockets)

    async def _send(self, rounds: list[list[str]], every: float) -> None:
        begun = asyncio.get_running_loop().time()
        for number, texts in enumerate(rounds):
            await asyncio.sleep(max(0.0, begun + number * every - asyncio.get_running_loop().time()))
            for text in texts:
                for socket in list(self._sockets):
                    await socket.send_text(text)


async def _serve(broadcast: Broadcast) -> None:
    port = free()
    application = Starlette(routes=[WebSocketRoute("/stream", broadcast.serve)], lifespan=broadcast.lifespan)
    server = uvicorn.Server(app.served(application, "127.0.0.1", port))
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.02)
    child.obey_beside({"send": broadcast.send}, {"port": port})
    await running


if __name__ == "__main__":
    child.raise_limit()
    asyncio.run(_serve(Broadcast()))
