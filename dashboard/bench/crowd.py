"""The process of many displays: sockets that watch what the wall shows, count and mostly forget."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from . import child

VIEWS = ("headline", "areas", "case_points", "funnel", "ticker", "unit_overdue")
AT_ONCE = 50


class Crowd:
    """Displays of one server; the first one remembers what it hears."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._sockets: list[ClientConnection] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._texts: list[str] = []
        self._messages = 0
        self._reading = asyncio.Event()
        self._reading.set()

    def join(self, url: str, displays: int, area: str = "", views: Sequence[str] = ()) -> int:
        """Connect more displays, and watch views of an area; return how many there are."""
        asyncio.run_coroutine_threadsafe(self._join(url, displays, area, views), self._loop).result()
        return len(self._sockets)

    def stall(self) -> None:
        """Let nobody read any more."""
        self._loop.call_soon_threadsafe(self._reading.clear)

    def resume(self) -> None:
        """Let all read again."""
        self._loop.call_soon_threadsafe(self._reading.set)

    def messages(self) -> int:
        """Return how many messages all have heard so far."""
        return self._messages

    def texts(self) -> list[str]:
        """Return what the first display has heard since the last time."""
        texts, self._texts = self._texts, []
        return texts

    async def _join(self, url: str, displays: int, area: str, views: Sequence[str]) -> None:
        for start in range(0, displays, AT_ONCE):
            some = range(start, min(displays, start + AT_ONCE))
            await asyncio.gather(*(self._enter(url, area, views) for _ in some))

    async def _enter(self, url: str, area: str, views: Sequence[str]) -> None:
        socket = await connect(url, compression=None, max_size=None, open_timeout=60, ping_interval=None, max_queue=4)
        for view in views:
            await socket.send(json.dumps({"type": "subscribe", "view": view, "area": area}))
        first = not self._sockets
        self._sockets.append(socket)
        self._tasks.append(asyncio.create_task(self._listen(socket, first)))

    async def _listen(self, socket: ClientConnection, first: bool) -> None:
        async for text in socket:
            await self._reading.wait()
            self._messages += 1
            if first:
                self._texts.append(str(text))


def main() -> None:
    """Hold displays until the parent leaves."""
    child.raise_limit()
    loop = asyncio.new_event_loop()
    crowd = Crowd(loop)
    handlers: dict[str, Any] = {
        "join": crowd.join,
        "messages": crowd.messages,
        "texts": crowd.texts,
        "stall": crowd.stall,
        "resume": crowd.resume,
    }
    child.obey_beside(handlers)
    loop.run_forever()


if __name__ == "__main__":
    main()
