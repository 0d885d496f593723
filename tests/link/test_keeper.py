"""What a room does by itself, and that it comes back after a restart."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from dashboard.link import actions, messages
from dashboard.link.keeper import Keeper
from dashboard.link.memory import MemoryHub
from dashboard.link.rooms import House, Rooms
from dashboard.link.roster import Seat
from dashboard.link.scene import Scene
from dashboard.link.shelf import Dwell, Playlist, Shelf
from pipelines.node import Node
from tests.link.asking import BEGUN
from tests.link.stage import LOCAL


class Stage:
    """Rooms whose time is moved by hand."""

    def __init__(self, node: Node) -> None:
        self.now = datetime(2026, 3, 2, 4, tzinfo=UTC)
        self.frames: list[str] = []
        house = House(lambda: self.now, lambda: self.now, lambda _area, _viewer: None, "build", {"command": 10.0})
        self.shelf = Shelf(node.registry)
        self.rooms = Rooms(MemoryHub({"command": BEGUN}), self.shelf, house)
        self.keeper = Keeper(self.rooms)

    def put(self, frame: str) -> None:
        self.frames.append(frame)

    @property
    def room(self) -> Any:
        return self.rooms.hub.rooms["command"]

    def sit(self) -> Seat:
        return self.rooms.join(self, LOCAL, messages.Join(room="command"))

    async def ask(self, seat: Seat, what: Any) -> None:
        await self.rooms.ask(seat, what, str(what.__struct_config__.tag))

    async def after(self, **span: float) -> None:
        self.now += timedelta(**span)
        await self.keeper.look()


def on(node: Node, story: Callable[[Stage], Any]) -> None:
    async def play() -> None:
        stage = Stage(node)
        await stage.keeper.start()
        await story(stage)
        await stage.keeper.stop()

    asyncio.run(play())


def test_a_push_goes_back_by_itself_as_the_room_is_used_to(node: Node) -> None:
    async def story(stage: Stage) -> None:
        await stage.ask(stage.sit(), actions.Push(page="themes"))
        await stage.after(minutes=9)
        assert stage.room.scene.page == "themes"
        await stage.after(minutes=1)
        assert (stage.room.scene.page, stage.room.push) == ("overview", None)

    on(node, story)


def test_a_lock_is_freed_a_minute_after_its_presenter_left(node: Node) -> None:
    async def story(stage: Stage) -> None:
        seat = stage.sit()
        await stage.ask(seat, actions.Lock())
        await stage.after(minutes=5)
        stage.rooms.leave(seat)
        await stage.after(seconds=1)
        await stage.after(seconds=59)
        assert stage.room.presenter is not None
        await stage.after(seconds=2)
        assert stage.room.presenter is None

    on(node, story)


def test_a_playlist_turns_and_a_push_holds_it(node: Node) -> None:
    async def story(stage: Stage) -> None:
        steps = tuple(Dwell(seconds=30, scene=Scene(area=area)) for area in ("a", "b"))
        stage.shelf.put("playlist", "command", Playlist(name="round", steps=steps))
        seat = stage.sit()
        await stage.ask(seat, actions.Play(playlist="round"))
        shown = [stage.room.scene.area]
        for _ in range(2):
            await stage.after(seconds=30)
            shown.append(stage.room.scene.area)
        assert shown == ["a", "b", "a"]
        await stage.ask(seat, actions.Push(area="c"))
        await stage.after(seconds=60)
        assert stage.room.scene.area == "c"
        await stage.after(minutes=10)
        await stage.after(seconds=1)
        assert stage.room.scene.area in {"a", "b"}

    on(node, story)


def test_a_display_that_says_nothing_is_silent_and_others_are_told(node: Node) -> None:
    async def story(stage: Stage) -> None:
        seat = stage.sit()
        stage.rooms.fare(seat, messages.Health(build="another", freshness="live"))
        assert '"recycle"' in stage.frames[-1]
        await stage.after(seconds=5)
        assert '"state":"live"' in stage.frames[-1]
        await stage.after(seconds=6)
        assert '"state":"silent"' in stage.frames[-1]

    on(node, story)


def test_rooms_come_back_after_a_restart(node: Node) -> None:
    async def change(stage: Stage) -> None:
        await stage.ask(stage.sit(), actions.Show(page="themes"))

    async def see(stage: Stage) -> None:
        assert (stage.room.scene.page, stage.room.seq, len(stage.room.undo)) == ("themes", 1, 1)

    on(node, change)
    on(node, see)
