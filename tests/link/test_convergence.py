"""All displays come to the same scene, whatever happens to frames and connections."""

from __future__ import annotations

import asyncio
import json
import random
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.link.actions import Action
from dashboard.link.hub import Message, applied
from dashboard.link.redis import RedisHub
from dashboard.link.scene import Room
from dashboard.link.telling import marks_frame, scene_frame
from dashboard.stream import Stream
from tests.link.asking import ACTIONS, AT, BEGUN
from tests.link.stage import joined, served, until
from tests.log.conftest import RedisServer


class Display:
    """The law of a display: of each kind the highest `seq` counts."""

    def __init__(self) -> None:
        self.held: dict[str, tuple[int, Any]] = {}

    def hear(self, text: str) -> None:
        frame = json.loads(text)
        kind = frame["type"]
        if frame["seq"] > self.held.get(kind, (-1, None))[0]:
            self.held[kind] = (frame["seq"], frame.get("state") or frame["marks"])

    def join(self, room: Room) -> None:
        self.held = {}
        for frame in (scene_frame(room, AT), marks_frame(room)):
            self.hear(frame)

    def shows(self) -> tuple[Any, Any]:
        return self.held["scene"][1], self.held["marks"][1]


@given(st.lists(ACTIONS, max_size=40), st.randoms(use_true_random=False))
def test_displays_converge_under_reordering_loss_doubling_and_reconnect(
    history: list[Action], chance: random.Random
) -> None:
    rooms = {"command": BEGUN}
    displays = [Display() for _ in range(4)]
    late: list[list[str]] = [[] for _ in displays]
    for display in displays:
        display.join(BEGUN)
    for number, action in enumerate(history):
        applied(rooms, Message(room="command", action=action, at=AT + timedelta(seconds=number)))
        told = [scene_frame(rooms["command"], AT), marks_frame(rooms["command"])]
        for display, waiting in zip(displays, late, strict=True):
            fate = chance.random()
            if fate < 0.1:
                waiting.clear()
                display.join(rooms["command"])
            waiting += [frame for frame in told * chance.choice([1, 2]) if chance.random() > 0.2]
            chance.shuffle(waiting)
            for _ in range(chance.randint(0, len(waiting))):
                display.hear(waiting.pop())
    end = [scene_frame(rooms["command"], AT), marks_frame(rooms["command"])]
    for display, waiting in zip(displays, late, strict=True):
        # what was lost is told anew by the server to who did not keep up
        for frame in chance.sample([*waiting, *end], len(waiting) + 2):
            display.hear(frame)
    assert len({json.dumps(display.shows()) for display in displays}) == 1
    whole = Display()
    whole.join(rooms["command"])
    assert displays[0].shows() == whole.shows()


@pytest.mark.redis
def test_two_nodes_have_the_same_rooms_over_a_restart_and_a_loss_of_redis(redis_server: RedisServer) -> None:
    asyncio.run(_two_nodes(redis_server))


async def _two_nodes(server: RedisServer) -> None:
    begun = {"command": BEGUN}
    hubs = [RedisHub(server.url, "rooms", begun) for _ in range(2)]
    heard: list[list[int]] = [[], []]
    for hub, seen in zip(hubs, heard, strict=True):
        await hub.start(lambda message, _refused, seen=seen: seen.append(message.ask), lambda _n: None, lambda: None)

    @settings(max_examples=1)
    @given(st.lists(ACTIONS, min_size=60, max_size=60))
    def draw(found: list[Action]) -> None:
        history.extend(found)

    history: list[Action] = []
    draw()
    for number, action in enumerate(history[:60], 1):
        if number == 40:
            # what a store forgets before the other node read it comes to that node as a whole scene, not as a message
            await _settled(hubs)
        if number in {20, 40}:
            await asyncio.to_thread(server.kill)
            if number == 40:
                for file in (server.folder / "appendonlydir").iterdir():
                    file.unlink()
            await asyncio.to_thread(server.restart)
            await _settled(hubs)
        await hubs[number % 2].send(Message(room="command", action=action, at=AT, ask=number))
    await _settled(hubs)
    assert hubs[0].rooms == hubs[1].rooms
    assert heard[0] == heard[1] == list(range(1, 61))
    for hub in hubs:
        await hub.stop()
    fresh = RedisHub(server.url, "rooms", begun)
    await fresh.start(lambda _m, _r: None, lambda _n: None, lambda: None)
    assert fresh.rooms == hubs[0].rooms
    await fresh.stop()


async def _settled(hubs: list[RedisHub]) -> None:
    """Wait until both stand at the same place, for a while."""
    calm = 0
    for _ in range(200):
        calm = calm + 1 if hubs[0].position == hubs[1].position else 0
        if calm > 20:
            return
        await asyncio.sleep(0.05)
    raise AssertionError("the hubs do not come to rest")


def test_two_hundred_reconnects_leave_nothing_behind(stream: Stream) -> None:
    with served(stream) as connect:
        for number in range(200):
            with connect("/stream") as socket:
                socket.send_json({"type": "subscribe", "view": "headline", "area": "360500"})
                joined(socket, "desk" if number % 2 else "wall")
        with connect("/stream") as socket:
            joined(socket, "desk")
            socket.send_json({"type": "act", "id": "x", "action": "show", "values": {"page": "end"}})
            until(socket, "done")
            assert (len(stream._displays), len(stream.rooms.roster)) == (1, 1)
            assert not stream._live.watchers
            assert len(stream._live.displays) == 1
            assert not stream.rooms._waiting
            assert not stream._node.views._channels if hasattr(stream._node.views, "_channels") else True
