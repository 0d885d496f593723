"""Two nodes on one Redis are one room: no scene change is lost or doubled, whatever dies."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from typing import Any

import httpx2
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from tests.log.conftest import RedisServer

from .conftest import NodeProcess, Nodes

Frame = dict[str, Any]
TOWN = 'city: {id: "1", name_zh: 城, name_en: Town, time_zone: Asia/Shanghai, center: [114.9, 27.8]}'
PATIENCE = 15.0
PASSWORD = "a pass phrase of this test"
DISMISSED, REVOKED_WITHIN = 4401, 5.0


class Display:
    """A display in the room that keeps every frame it hears."""

    numbers = count(1)

    def __init__(self, socket: ClientConnection, screen: str) -> None:
        self._socket = socket
        self.scenes: list[Frame] = []
        self.say(type="join", room="command", screen=screen, follow=True)
        self.hear("joined")
        self.hear("scene")

    def say(self, **frame: Any) -> None:
        self._socket.send(json.dumps(frame))

    def hear(self, *kinds: str, seconds: float = PATIENCE) -> Frame:
        """Return the next frame of one of these kinds."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            frame: Frame = json.loads(self._socket.recv(timeout=left))
            if frame["type"] == "scene":
                self.scenes.append(frame)
            if frame["type"] in kinds:
                return frame
        raise TimeoutError(f"none of {kinds} within {seconds} s")

    def show(self, case: str) -> Frame:
        """Ask the room to show a case; return the answer to that."""
        mine = f"ask-{next(self.numbers)}"
        self.say(type="act", id=mine, action="show", values={"case": case})
        while (answer := self.hear("done", "denied"))["id"] != mine:
            pass
        return answer

    def sees(self, case: str) -> int:
        """Wait until the room shows a case; return the number of that scene."""
        while not self.scenes or self.scenes[-1]["state"]["scene"].get("case") != case:
            self.hear("scene")
        return int(self.scenes[-1]["seq"])


@contextmanager
def display(node: NodeProcess, screen: str, cookie: str = "") -> Iterator[Display]:
    at, origin = f"ws://{node.url}/stream?screen={screen}", Origin(f"http://{node.url}")
    with connect(at, origin=origin, additional_headers={"Cookie": cookie} if cookie else None) as socket:
        yield Display(socket, screen)


def shown_again(shown: Display, names: Iterator[str]) -> tuple[str, int]:
    """Ask until the room answers again; return what is shown then and its number."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        name = next(names)
        answer = shown.show(name)
        if answer["type"] == "done":
            return name, int(answer["seq"])
        time.sleep(0.2)
    raise TimeoutError(f"the room still refuses: {answer}")


@pytest.mark.faults
def test_a_room_outlives_a_node_and_its_redis(nodes: Nodes, redis_server: RedisServer) -> None:
    first, second = nodes(TOWN, 2)
    names = (f"case-{n}" for n in count(1))
    with ExitStack() as at_second:
        wall = at_second.enter_context(display(second, "wall"))
        with ExitStack() as at_first:
            desk = at_first.enter_context(display(first, "desk"))
            numbers = []
            for _ in range(10):
                numbers.append(desk.show(name := next(names))["seq"])
                assert wall.sees(name) == numbers[-1]
            assert numbers == list(range(numbers[0], numbers[0] + 10))
            first.kill()
        name = next(names)
        assert wall.show(name)["seq"] == numbers[-1] + 1
        assert wall.sees(name) == numbers[-1] + 1
        first.start()
        first.wait()
        desk = at_second.enter_context(display(first, "desk"))
        assert desk.sees(name) == numbers[-1] + 1
        before = numbers[-1] + 1
        redis_server.kill()
        refused = desk.show("never")
        assert refused["type"] == "denied", refused
        redis_server.restart()
        name, number = shown_again(desk, names)
        # what was refused may have been asked twice, never done: the room went on by one
        assert number == before + 1
        assert wall.sees(name) == number
        assert [scene["seq"] for scene in wall.scenes] == sorted({scene["seq"] for scene in wall.scenes})
        assert "never" not in {scene["state"]["scene"].get("case") for scene in wall.scenes}


@pytest.mark.faults
def test_a_session_ended_on_one_node_ends_its_sockets_on_the_other(nodes: Nodes) -> None:
    first, second = nodes(f"{TOWN}\nsign_in: {{}}", 2)
    first.run("accounts", "add", "wang", "--role", "shift_lead", "--area", "1", CITYBRAIN_PASSWORD=PASSWORD)
    own = {"origin": f"http://{first.url}", "citybrain-request": "1"}
    with httpx2.Client(base_url=f"http://{first.url}", headers=own) as browser:
        entered = browser.post("/api/sign-in", json={"user": "wang", "password": PASSWORD})
        assert entered.is_success, entered.text
        cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
        with display(second, "desk", cookie) as desk:
            assert desk.show("case-1")["type"] == "done"
            assert browser.post("/api/sign-out").is_success
            left = time.monotonic()
            with pytest.raises(ConnectionClosed) as closed:
                desk.hear("nothing")
        assert time.monotonic() - left < REVOKED_WITHIN
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == DISMISSED
    with pytest.raises(ConnectionClosed), display(second, "desk", cookie):
        pass
