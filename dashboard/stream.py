"""One socket a display: snapshots once, then deltas encoded once for all, a tick each second, and its room's frames."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from starlette.websockets import WebSocket, WebSocketDisconnect

from pipelines.contract.scope import Viewer
from pipelines.errors import CitybrainError
from pipelines.node import Node

from .gateway import Gateway
from .link import messages
from .link.display import OUTBOX_FRAMES, Display, Identity
from .link.frames import delta_frame, hello_frame, refused_frame, round_frame, snapshot_frame
from .link.keeper import Keeper
from .link.messages import AnyUp
from .link.opening import open_rooms
from .link.pasts import Pasts
from .link.refusal import LinkRefused
from .link.rooms import Rooms
from .link.roster import Seat
from .link.source import Source

__all__ = ["OUTBOX_FRAMES", "Display", "Stream", "delta_frame", "snapshot_frame"]

MOST_CHANNELS = 32
MOST_DISPLAYS = 2_000
MOST_DISPLAYS_OF_ONE = 64
TICK_SECONDS = 1.0
DISMISSED, ABUSE, FULL = 4401, 1008, 1013


class Stream:
    """Fan the node's changes, and what rooms share, out to all displays."""

    def __init__(self, node: Node, gateway: Gateway, build: str, rooms: Rooms | None = None) -> None:
        self._node = node
        self._build = build
        self.rooms = rooms or open_rooms(node, gateway, build)
        self._live = Source(node, gateway.watch, node.views.as_of)
        self._pasts = Pasts(node, gateway, self.rooms, self._live, self._move)
        self._keeper = Keeper(self.rooms)
        self._displays: set[Display] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ticking: asyncio.Task[None] | None = None
        self._opening: asyncio.Task[None] | None = None
        self.rooms.on_scene = lambda room: self._pasts.tune(room.name)
        self.rooms.on_seat = lambda seat: self._pasts.tune(seat.room)

    @property
    def running(self) -> bool:
        """Tell whether it listens and ticks."""
        return self._ticking is not None

    def start(self) -> None:
        """Listen to the node and tick, on the running loop."""
        self._loop = asyncio.get_running_loop()
        self._live.start()
        self._opening = self._loop.create_task(self._keeper.start())
        self._ticking = self._loop.create_task(self._tick())

    async def stop(self) -> None:
        """End the ticking, with the rooms kept."""
        if self._opening:
            with suppress(Exception):
                await self._opening
        if self._ticking:
            self._ticking.cancel()
            with suppress(asyncio.CancelledError):
                await self._ticking
            await self._pasts.stop()
            await self._keeper.stop()

    def dismiss(self, session: str) -> None:
        """Send away all displays of a session, a key or a device, from any thread."""
        if self._loop and not self._loop.is_closed():
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._dismiss, session)

    async def serve(self, socket: WebSocket, viewer: Viewer | None) -> None:
        """Hold one display's socket until it leaves."""
        await socket.accept()
        if viewer is None or not self._has_room(viewer):
            await socket.close(FULL if viewer else DISMISSED)
            return
        screen = socket.query_params.get("screen")
        display = Display(socket, viewer.on(screen) if screen else viewer)
        display.source = self._live
        self._displays.add(display)
        self._live.displays.add(display)
        display.put(hello_frame(self._build, self._node))
        display.put(self._live.tick_frame())
        sender = asyncio.create_task(self._send(display))
        try:
            while True:
                await self._hear(display, await socket.receive_text())
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            sender.cancel()
            self._leave(display)

    def _has_room(self, viewer: Viewer) -> bool:
        same = sum(display.viewer.user == viewer.user for display in self._displays) if viewer.session else 0
        return len(self._displays) < MOST_DISPLAYS and same < MOST_DISPLAYS_OF_ONE

    def _dismiss(self, session: str) -> None:
        for display in self._displays:
            if display.viewer.session == session:
                self._beside(display, self._close(display, DISMISSED))

    async def _close(self, display: Display, code: int) -> None:
        with suppress(RuntimeError):
            await display.socket.close(code)

    async def _tick(self) -> None:
        while True:
            self._live.tick()
            self._pasts.tick()
            await asyncio.sleep(TICK_SECONDS)

    async def _send(self, display: Display) -> None:
        with suppress(WebSocketDisconnect, RuntimeError):
            while True:
                frames, lost = await display.take()
                for channel in lost & display.channels:
                    frames.append(snapshot_frame(display.source.city.snapshot(*channel)))
                if display.catch_up() and display.seat:
                    frames += self.rooms.present(display.seat)
                for frame in frames:
                    await display.socket.send_text(frame)

    async def _hear(self, display: Display, text: str) -> None:
        now = asyncio.get_running_loop().time()
        try:
            frame = messages.read(text)
        except LinkRefused as refused:
            if not display.manners.forgive(now):
                await self._close(display, ABUSE)
            display.put(refused_frame(str(refused)))
            return
        admitted = display.manners.admit(str(frame.__struct_config__.tag), now)
        if admitted:
            await self._obey(display, frame)
        elif admitted is False:
            if not display.manners.forgive(now):
                await self._close(display, ABUSE)
            self._refuse(display, frame, LinkRefused("too_fast"))

    async def _obey(self, display: Display, frame: AnyUp) -> None:
        try:
            if isinstance(frame, messages.Subscribe | messages.Resync | messages.Unsubscribe):
                async with display.busy:
                    await self._watch(display, frame, (frame.view, frame.area, display.viewer.lens_of(frame.view)))
            elif isinstance(frame, messages.Join):
                await self._join(display, frame)
            elif display.seat is None:
                raise LinkRefused("not_joined")
            else:
                self._share(display, display.seat, frame)
        except CitybrainError as error:
            self._refuse(display, frame, error)

    def _refuse(self, display: Display, frame: AnyUp, error: CitybrainError) -> None:
        if isinstance(frame, messages.Subscribe | messages.Resync | messages.Unsubscribe):
            display.put(refused_frame(str(error), view=frame.view, area=frame.area))
        elif isinstance(frame, messages.Act):
            code = error.code if isinstance(error, LinkRefused) else "wrong"
            display.put(messages.written(messages.Denied(id=frame.id, reason=str(error), code=code)))
        else:
            display.put(refused_frame(str(error)))

    async def _join(self, display: Display, frame: messages.Join) -> None:
        if self._opening:
            await self._opening
        if display.seat:
            self._stand_up(display)
        viewer = display.viewer.on(frame.screen)
        if viewer.lens != display.viewer.lens:
            async with display.busy:
                channels = self._forget(display)
                display.viewer = viewer
                for view, area, _ in channels:
                    await self._subscribe(display, (view, area, viewer.lens_of(view)))
        display.viewer = viewer
        display.seat = self.rooms.join(display, viewer, frame)

    def _share(self, display: Display, seat: Seat, frame: AnyUp) -> None:
        if isinstance(frame, messages.Act):
            self._beside(display, self.rooms.act(seat, frame))
        elif isinstance(frame, messages.Leave):
            self._stand_up(display)
        elif isinstance(frame, messages.Follow):
            self.rooms.follow(seat, frame.on)
        elif isinstance(frame, messages.Watch):
            seat.watches = frame.member
        elif isinstance(frame, messages.Pointer):
            self.rooms.point(seat, frame)
        elif isinstance(frame, messages.Viewport):
            self.rooms.view(seat, frame)
        elif isinstance(frame, messages.Health):
            self.rooms.fare(seat, frame)
        elif isinstance(frame, messages.Want):
            self.rooms.want(seat, frame)
        elif isinstance(frame, messages.Thumbnail):
            self.rooms.picture(seat, frame)

    def _beside(self, display: Display, work: object) -> None:
        """Do something while the display's next frames are heard."""
        task = asyncio.ensure_future(work)  # type: ignore[call-overload]
        display.tasks.add(task)
        task.add_done_callback(display.tasks.discard)

    def _stand_up(self, display: Display) -> None:
        if display.seat:
            seat, display.seat = display.seat, None
            self.rooms.leave(seat)
            self._beside(display, self._move(display, self._live))
            self._pasts.tune(seat.room)

    async def _watch(self, display: Display, frame: AnyUp, channel: Identity) -> None:
        if isinstance(frame, messages.Subscribe) and channel not in display.channels:
            if len(display.channels) >= MOST_CHANNELS:
                raise CitybrainError(f"a display watches at most {MOST_CHANNELS} channels; unsubscribe from one first")
            await self._subscribe(display, channel)
        elif isinstance(frame, messages.Resync) and channel in display.channels:
            display.put(snapshot_frame(await asyncio.to_thread(display.source.city.snapshot, *channel)))
        elif isinstance(frame, messages.Unsubscribe) and channel in display.channels:
            display.source.drop(display, channel)

    async def _subscribe(self, display: Display, channel: Identity) -> None:
        snapshot = await asyncio.to_thread(display.source.watch, *channel[:2], display.viewer)
        if display not in self._displays:
            display.source.city.unwatch(*channel)
            return
        display.source.add(display, channel)
        display.put(snapshot_frame(snapshot))

    def _forget(self, display: Display) -> list[Identity]:
        channels = list(display.channels)
        for channel in channels:
            display.source.drop(display, channel)
        return channels

    async def _move(self, display: Display, source: Source) -> None:
        """Let a display watch the same channels of another city, from fresh snapshots."""
        async with display.busy:
            if display.source is source or display not in self._displays:
                return
            channels = self._forget(display)
            display.source.displays.discard(display)
            display.source = source
            source.displays.add(display)
            display.put(source.tick_frame())
            for channel in channels:
                with suppress(CitybrainError):
                    await self._subscribe(display, channel)
            display.put(round_frame(source.as_of))

    def _leave(self, display: Display) -> None:
        self._displays.discard(display)
        self._forget(display)
        display.source.displays.discard(display)
        if display.seat:
            seat, display.seat = display.seat, None
            self.rooms.leave(seat)
            self._pasts.tune(seat.room)
