"""How fast what one does in a room is at all its displays: on one node, and across two over Redis."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from pipelines.errors import CitybrainError

from . import scratch
from .child import Child, raise_limit
from .figure import Figure, Outcome, Size, percentile
from .ports import free

AT_ONCE = 25
EVERY = 0.05


class Guests:
    """Displays that sit in rooms by turns; the first of each room acts, all note when they hear of it."""

    def __init__(self, urls: list[str], displays: int, rooms: int) -> None:
        self._urls, self._displays, self._rooms = urls, displays, rooms
        self._sockets: list[ClientConnection] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._sent: dict[tuple[str, str], float] = {}
        self._actors: dict[int, ClientConnection] = {}
        self.seconds: list[float] = []

    async def run(self, acts: int) -> None:
        """Join, act in every room so often, leave."""
        for start in range(0, self._displays, AT_ONCE):
            await asyncio.gather(*(self._enter(n) for n in range(start, min(self._displays, start + AT_ONCE))))
        await asyncio.sleep(2)
        for act in range(acts):
            for room in range(self._rooms):
                await self._act(room, f"p{act}")
                await asyncio.sleep(EVERY)
        await asyncio.sleep(2)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, *(socket.close() for socket in self._sockets), return_exceptions=True)

    async def _enter(self, number: int) -> None:
        url = self._urls[number // self._rooms % len(self._urls)]
        socket = await connect(url, compression=None, max_size=None, open_timeout=60, ping_interval=None)
        screen = "desk" if number < self._rooms else "wall"
        await socket.send(json.dumps({"type": "join", "room": f"room{number % self._rooms}", "screen": screen}))
        self._sockets.append(socket)
        self._tasks.append(asyncio.create_task(self._listen(socket, number)))

    async def _act(self, room: int, page: str) -> None:
        asked = {"type": "act", "id": page, "action": "show", "values": {"page": page}}
        self._sent[f"room{room}", page] = perf_counter()
        await self._actors[room].send(json.dumps(asked))

    async def _listen(self, socket: ClientConnection, number: int) -> None:
        if number < self._rooms:
            self._actors[number] = socket
        async for text in socket:
            if '"type":"scene"' in str(text[:40]):
                self._note(json.loads(text), perf_counter())

    def _note(self, frame: dict[str, Any], now: float) -> None:
        sent = self._sent.get((frame["room"], frame["state"]["scene"].get("page", "")))
        if sent is not None:
            self.seconds.append(now - sent)


def run(size: Size) -> Outcome:
    """Measure one node, then two over Redis."""
    raise_limit()
    displays, rooms, acts = size.pick(500, 8), size.pick(20, 2), size.pick(10, 2)
    load = os.getloadavg()[0]
    with scratch.folder() as folder, Child("rooms_server", str(folder), str(rooms)) as node:
        alone = _measured([node], displays, rooms, acts)
    together: list[float] = []
    with _redis() as url, scratch.folder() as one, scratch.folder() as two:
        arguments = str(rooms), url
        with Child("rooms_server", str(one), *arguments) as a, Child("rooms_server", str(two), *arguments) as b:
            together = _measured([a, b], displays, rooms, acts)
    wanted = acts * displays
    return Outcome(
        [
            Figure("act to scene, one node, p50", percentile(alone, 0.5) * 1e3, "ms"),
            Figure("act to scene, one node, p99", percentile(alone, 0.99) * 1e3, "ms", aim=50),
            Figure("act to scene, two nodes over Redis, p50", percentile(together, 0.5) * 1e3, "ms"),
            Figure("act to scene, two nodes over Redis, p99", percentile(together, 0.99) * 1e3, "ms", aim=100),
            Figure("scenes that arrived", (len(alone) + len(together)) / (2 * wanted), "of all", 1, at_least=True),
        ],
        {"displays": displays, "rooms": rooms, "acts": acts * rooms, "load_before": round(load, 1)},
    )


def _measured(nodes: list[Child], displays: int, rooms: int, acts: int) -> list[float]:
    guests = Guests([f"ws://127.0.0.1:{node.ready['port']}/stream" for node in nodes], displays, rooms)
    asyncio.run(_patiently(guests, acts))
    return guests.seconds


async def _patiently(guests: Guests, acts: int) -> None:
    # a node says its port a moment before it listens
    await asyncio.sleep(2)
    await guests.run(acts)


@contextmanager
def _redis() -> Iterator[str]:
    if shutil.which("redis-server") is None:
        raise CitybrainError("this bench needs redis-server: make needs gets it, or says how")
    port = free()
    with scratch.folder() as folder:
        command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder), "--save", ""]
        process = subprocess.Popen([*command, "--appendonly", "yes"], stdout=subprocess.DEVNULL)
        try:
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()
            process.wait()
