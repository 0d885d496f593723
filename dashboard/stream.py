"""One socket a display: snapshots once, then deltas encoded once for all, a tick each second; resume by sequence."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from contextlib import suppress
from datetime import UTC, datetime

from starlette.websockets import WebSocket, WebSocketDisconnect

from pipelines.contract.channels import Change, Snapshot
from pipelines.contract.pulse import Pulse
from pipelines.contract.scope import Lens, Viewer
from pipelines.errors import CitybrainError
from pipelines.node import Node, Tick

from .gateway import Gateway

OUTBOX_FRAMES = 64
OUTBOX_SIZE = 1_000_000
MOST_CHANNELS = 32
MOST_BYTES = 4096
TICK_SECONDS = 1.0
Identity = tuple[str, str, Lens]


class Display:
    """One connected screen: what it watches, and a bounded outbox that forgets rather than grows."""

    def __init__(self, socket: WebSocket, viewer: Viewer) -> None:
        self.socket = socket
        self.viewer = viewer
        self.channels: set[Identity] = set()
        self.lost: set[Identity] = set()
        self._outbox: deque[str] = deque()
        self._size = 0
        self._filled = asyncio.Event()

    def put(self, frame: str, channel: Identity | None = None) -> None:
        """Queue a frame; when the display does not keep up, drop all and remember to send snapshots instead."""
        if len(self._outbox) >= OUTBOX_FRAMES or self._size > OUTBOX_SIZE:
            self._empty()
            self.lost |= self.channels
        if channel is None or channel not in self.lost:
            self._outbox.append(frame)
            self._size += len(frame)
        self._filled.set()

    async def take(self) -> tuple[list[str], set[Identity]]:
        """Wait for frames; return them with the channels that need a snapshot."""
        await self._filled.wait()
        self._filled.clear()
        frames, lost = list(self._outbox), self.lost
        self._empty()
        self.lost = set()
        return frames, lost

    def _empty(self) -> None:
        self._outbox.clear()
        self._size = 0


class Stream:
    """Fan the node's changes out to all displays."""

    def __init__(self, node: Node, gateway: Gateway, build: str) -> None:
        self._node = node
        self._gateway = gateway
        self._build = build
        self._watchers: dict[Identity, set[Display]] = {}
        self._displays: set[Display] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ticking: asyncio.Task[None] | None = None
        self._round = node.views.as_of

    @property
    def running(self) -> bool:
        """Tell whether it listens and ticks."""
        return self._ticking is not None

    def start(self) -> None:
        """Listen to the node and tick, on the running loop."""
        self._loop = asyncio.get_running_loop()
        self._node.listen(self._hear)
        self._node.listen_to_rounds(self._hear_round)
        self._ticking = self._loop.create_task(self._tick())

    async def stop(self) -> None:
        """End the ticking."""
        if self._ticking:
            self._ticking.cancel()
            with suppress(asyncio.CancelledError):
                await self._ticking

    async def serve(self, socket: WebSocket, viewer: Viewer) -> None:
        """Hold one display's socket until it leaves."""
        await socket.accept()
        display = Display(socket, viewer)
        self._displays.add(display)
        display.put(hello_frame(self._build, self._node))
        display.put(tick_frame(self._node.tick(), self._round))
        sender = asyncio.create_task(self._send(display))
        try:
            while True:
                await self._obey(display, await socket.receive_text())
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            sender.cancel()
            self._leave(display)

    async def _tick(self) -> None:
        while True:
            frame = tick_frame(self._node.tick(), self._round)
            for display in list(self._displays):
                display.put(frame)
            await asyncio.sleep(TICK_SECONDS)

    def _hear(self, changes: list[Change]) -> None:
        """Encode on the writer's thread, deliver on the loop."""
        frames = [((c.view, c.area, c.lens), delta_frame(c)) for c in changes]
        if self._loop and not self._loop.is_closed():
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._deliver, frames)

    def _hear_round(self, as_of: datetime) -> None:
        if self._loop and not self._loop.is_closed():
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._end_round, as_of)

    def _end_round(self, as_of: datetime) -> None:
        """Tell every display that what it heard belongs together: it paints all of it at once."""
        self._round = as_of
        frame = round_frame(as_of)
        for display in self._displays:
            if display.channels:
                display.put(frame)

    def _deliver(self, frames: list[tuple[Identity, str]]) -> None:
        for channel, frame in frames:
            for display in self._watchers.get(channel, ()):
                display.put(frame, channel)

    async def _send(self, display: Display) -> None:
        with suppress(WebSocketDisconnect, RuntimeError):
            while True:
                frames, lost = await display.take()
                for channel in lost & display.channels:
                    frames.append(snapshot_frame(self._gateway.snapshot(*channel)))
                for frame in frames:
                    await display.socket.send_text(frame)

    async def _obey(self, display: Display, text: str) -> None:
        try:
            request = json.loads(text) if len(text) <= MOST_BYTES else {}
            kind, view, area = request["type"], str(request["view"]), str(request["area"])
        except (ValueError, KeyError, TypeError):
            display.put(json.dumps({"type": "refused", "reason": "expected {type, view, area} as JSON"}))
            return
        try:
            await self._carry_out(display, kind, (view, area, display.viewer.lens))
        except CitybrainError as error:
            display.put(json.dumps({"type": "refused", "view": view, "area": area, "reason": str(error)}))

    async def _carry_out(self, display: Display, kind: str, channel: Identity) -> None:
        if kind == "subscribe" and channel not in display.channels:
            await self._subscribe(display, channel)
        elif kind == "resync" and channel in display.channels:
            display.put(snapshot_frame(await asyncio.to_thread(self._gateway.snapshot, *channel)))
        elif kind == "unsubscribe" and channel in display.channels:
            self._unsubscribe(display, channel)

    async def _subscribe(self, display: Display, channel: Identity) -> None:
        if len(display.channels) >= MOST_CHANNELS:
            raise CitybrainError(f"a display watches at most {MOST_CHANNELS} channels; unsubscribe from one first")
        snapshot = await asyncio.to_thread(self._gateway.watch, *channel[:2], display.viewer)
        display.channels.add(channel)
        self._watchers.setdefault(channel, set()).add(display)
        display.put(snapshot_frame(snapshot))

    def _unsubscribe(self, display: Display, channel: Identity) -> None:
        display.channels.discard(channel)
        watchers = self._watchers.get(channel, set())
        watchers.discard(display)
        if not watchers:
            self._watchers.pop(channel, None)
        self._gateway.unwatch(*channel)

    def _leave(self, display: Display) -> None:
        self._displays.discard(display)
        for channel in list(display.channels):
            self._unsubscribe(display, channel)


def iso(moment: datetime) -> str:
    """Write a moment as ISO-8601 UTC with milliseconds."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def hello_frame(build: str, node: Node) -> str:
    """Greet a display with what it must agree on."""
    return json.dumps(
        {"type": "hello", "build": build, "city": node.config.city.id, "now": iso(node.now()), "rounds": True}
    )


def tick_frame(tick: Tick, as_of: datetime) -> str:
    """Tell the second's heartbeat, and as of when the rounds that were sent are true."""
    words = {
        "type": "tick",
        "now": iso(tick.now),
        "as_of": iso(as_of),
        "clock": tick.clock,
        "speed": tick.speed,
        "feed": _pulse(tick.feed),
        "sources": [_pulse(source) for source in tick.sources],
    }
    return json.dumps(words | {"position": tick.position})


def round_frame(as_of: datetime) -> str:
    """Tell that every change up to a moment was sent."""
    return json.dumps({"type": "round", "as_of": iso(as_of)})


def _pulse(pulse: Pulse) -> dict[str, str | None]:
    return {"state": pulse.state, "source": pulse.source, "last_at": iso(pulse.last_at) if pulse.last_at else None}


def snapshot_frame(snapshot: Snapshot) -> str:
    """Tell all rows of a channel; the rows are JSON already."""
    head = _head("snapshot", snapshot.view, snapshot.area, snapshot.seq, snapshot.as_of)
    return f'{head},"key":{json.dumps(snapshot.key)},"rows":[{",".join(snapshot.rows.values())}]}}'


def delta_frame(change: Change) -> str:
    """Tell what changed in a channel; the rows are JSON already."""
    head = _head("delta", change.view, change.area, change.seq, change.as_of)
    drop = json.dumps(list(change.delta.drop), ensure_ascii=False)
    return f'{head},"set":[{",".join(change.delta.set.values())}],"drop":{drop}}}'


def _head(kind: str, view: str, area: str, seq: int, as_of: datetime) -> str:
    words = {"type": kind, "view": view, "area": area, "seq": seq, "as_of": iso(as_of)}
    return json.dumps(words)[:-1]
