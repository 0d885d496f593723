"""A display written from the protocol's page alone lives with a real server."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn

from dashboard.app import served
from dashboard.stream import Stream
from pipelines.contract.events import to_table
from pipelines.node import Node
from tests.examples import case_events
from tests.link.stage import ROOT, application
from tests.link.third_party import Display
from tests.log.conftest import free_port


@pytest.fixture
def address(stream: Stream) -> Iterator[str]:
    port = free_port()
    server = uvicorn.Server(served(application(stream), "127.0.0.1", port))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"ws://127.0.0.1:{port}/stream"
    server.should_exit = True
    thread.join()


def hear_until(display: Display, met: object) -> None:
    for _ in range(200):
        if met():  # type: ignore[operator]
            return
        display.hear()
    raise AssertionError("not within 200 frames")


def test_it_follows_the_room_and_the_city_and_comes_back_as_itself(address: str, node: Node) -> None:
    one, other = Display(address, "command", "queue", ROOT), Display(address, "command", "queue", ROOT)
    for display in (one, other):
        display.open()
        while display.hear() != "presence":
            pass
    one.say("act", id="1", action="show", values={"page": "themes"})
    one.say("act", id="2", action="mark", values={"mark": {"id": "m", "kind": "ink", "points": [[114.9, 27.8]]}})
    node.submit(to_table(e for n in range(3) for e in case_events(n, area=ROOT, closed=False))).result()
    hear_until(one, lambda: {"1", "2"} <= set(one.answers))
    hear_until(other, lambda: other.scene.get("page") == "themes" and len(other.marks) == 1 and len(other.rows) == 3)
    member = other.member
    other.socket.close()
    time.sleep(0.2)
    other.open()
    while other.hear() != "presence":
        pass
    assert other.member == member
    assert (other.scene["page"], len(other.rows)) == ("themes", 3)
    for display in (one, other):
        display.socket.close()
