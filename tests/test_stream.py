"""The socket of displays: snapshots, deltas, resync, and displays that misbehave."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI, WebSocket
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient, WebSocketTestSession

from dashboard.gateway import Gateway
from dashboard.stream import OUTBOX_FRAMES, Display, Stream
from pipelines.config import Config
from pipelines.contract.events import to_table
from pipelines.contract.scope import Scope, Viewer
from pipelines.contract.time import FrozenClock
from pipelines.node import Node
from tests.examples import START, case_events
from tests.test_views import CITY

ROOT = "360500"
VIEWER = Viewer("test", frozenset({"duty_officer"}), Scope(frozenset({ROOT})))


class Client:
    """What a display must do to be right: apply in order, ask again after a gap."""

    def __init__(self) -> None:
        self.seq: int | None = None
        self.key = ""
        self.rows: dict[str, Any] = {}

    def hear(self, frame: dict[str, Any]) -> bool:
        """Take a frame; tell whether a snapshot must be asked for."""
        if frame["type"] == "snapshot":
            self.seq, self.key = frame["seq"], frame["key"]
            self.rows = {row[self.key]: row for row in frame["rows"]}
        elif frame["type"] == "delta" and self.seq is not None and frame["seq"] > self.seq:
            if frame["seq"] != self.seq + 1:
                return True
            self.seq = frame["seq"]
            self.rows |= {row[self.key]: row for row in frame["set"]}
            self.rows = {key: row for key, row in self.rows.items() if key not in frame["drop"]}
        return False


@pytest.fixture
def node() -> Iterator[Node]:
    clock = FrozenClock(START + timedelta(hours=3))
    with Node.open(Config.model_validate({"city": CITY}), clock=clock) as opened:
        opened.start()
        yield opened


@pytest.fixture
def client(node: Node) -> Iterator[TestClient]:
    stream = Stream(node, Gateway(node), "build")
    server = FastAPI()

    @server.websocket("/stream")
    async def socket(connection: WebSocket) -> None:
        if not stream.running:
            stream.start()
        await stream.serve(connection, VIEWER)

    with TestClient(server) as opened:
        yield opened


def add(node: Node, numbers: range) -> None:
    node.submit(to_table(e for n in numbers for e in case_events(n, area=ROOT, closed=False))).result()


def ask(socket: WebSocketTestSession, kind: str, view: str = "queue", area: str = ROOT) -> None:
    socket.send_json({"type": kind, "view": view, "area": area})


def until(socket: WebSocketTestSession, kind: str) -> dict[str, Any]:
    while (frame := socket.receive_json())["type"] != kind:
        pass
    return dict(frame)


def test_a_display_is_greeted_then_hears_snapshot_and_deltas(client: TestClient, node: Node) -> None:
    with client.websocket_connect("/stream") as socket:
        assert until(socket, "hello")["build"] == "build"
        assert until(socket, "tick")["feed"]["state"] == "idle"
        ask(socket, "subscribe")
        first = until(socket, "snapshot")
        assert (first["rows"], first["key"]) == ([], "case_id")
        add(node, range(2))
        delta = until(socket, "delta")
        assert delta["seq"] == first["seq"] + 1
        assert {row["case_id"] for row in delta["set"]} == {"test:0", "test:1"}


def test_a_resync_brings_the_present_rows(client: TestClient, node: Node) -> None:
    with client.websocket_connect("/stream") as socket:
        ask(socket, "subscribe")
        until(socket, "snapshot")
        add(node, range(3))
        until(socket, "delta")
        ask(socket, "resync")
        assert len(until(socket, "snapshot")["rows"]) == 3


def test_a_round_ends_what_belongs_to_one_moment(client: TestClient, node: Node) -> None:
    with client.websocket_connect("/stream") as socket:
        for view in ("queue", "headline", "areas"):
            ask(socket, "subscribe", view)
            until(socket, "snapshot")
        add(node, range(3))
        heard = [until(socket, "delta")]
        while (frame := socket.receive_json())["type"] != "round":
            heard += [frame] if frame["type"] == "delta" else []
        assert {one["view"] for one in heard} == {"queue", "headline", "areas"}
        assert {one["as_of"] for one in heard} == {frame["as_of"]}


@pytest.mark.parametrize(
    ("view", "area", "said"), [("queu", ROOT, "did you mean 'queue'"), ("queue", "elsewhere", "'elsewhere'")]
)
def test_what_cannot_be_watched_is_refused_by_name(client: TestClient, view: str, area: str, said: str) -> None:
    with client.websocket_connect("/stream") as socket:
        ask(socket, "subscribe", view, area)
        assert said in until(socket, "refused")["reason"]
        ask(socket, "subscribe")
        assert until(socket, "snapshot")["view"] == "queue"


@pytest.mark.parametrize("text", ["", "[]", "{", '{"type":"subscribe"}', '"x"', "x" * 5000])
def test_a_malformed_frame_is_refused_and_the_socket_lives_on(client: TestClient, text: str) -> None:
    with client.websocket_connect("/stream") as socket:
        socket.send_text(text)
        assert "expected" in until(socket, "refused")["reason"]
        ask(socket, "subscribe")
        assert until(socket, "snapshot")["rows"] == []


def test_nobody_is_left_watching_after_a_display_leaves(client: TestClient, node: Node) -> None:
    with client.websocket_connect("/stream") as socket:
        ask(socket, "subscribe")
        until(socket, "snapshot")
    with pytest.raises(KeyError):
        node.snapshot("queue", ROOT)


def test_a_stalled_display_forgets_and_is_told_all_anew() -> None:
    async def stall() -> tuple[list[str], set[tuple[str, str]]]:
        display = Display(None, VIEWER)  # type: ignore[arg-type]
        display.channels.add(("queue", ROOT))
        for number in range(OUTBOX_FRAMES * 10):
            display.put(str(number), ("queue", ROOT))
        return await display.take()

    frames, lost = asyncio.run(stall())
    assert len(frames) <= OUTBOX_FRAMES
    assert lost == {("queue", ROOT)}


@given(st.data())
def test_loss_doubling_and_disorder_never_lead_to_wrong_rows(data: st.DataObject) -> None:
    states: list[dict[str, Any]] = [{}]
    frames: list[dict[str, Any]] = []
    for seq in range(2, 12):
        changed = data.draw(st.dictionaries(st.sampled_from("abcd"), st.integers(0, 3), max_size=3))
        dropped = [key for key in data.draw(st.sets(st.sampled_from("abcd"), max_size=2)) if key not in changed]
        state = states[-1] | {k: {"id": k, "n": n} for k, n in changed.items()}
        states.append({key: row for key, row in state.items() if key not in dropped})
        frames.append({"type": "delta", "seq": seq, "set": [state[k] for k in changed], "drop": dropped})
    client = Client()
    client.hear({"type": "snapshot", "seq": 1, "key": "id", "rows": []})
    heard = data.draw(st.lists(st.sampled_from(range(10)), max_size=30))
    for reached, place in enumerate([*heard, *range(10)]):
        if client.hear(frames[place]):
            now = max(place, *heard[: reached + 1]) if heard[: reached + 1] else place
            client.hear({"type": "snapshot", "seq": now + 2, "key": "id", "rows": list(states[now + 1].values())})
        assert client.rows == states[(client.seq or 1) - 1]
    assert client.rows == states[-1]
    assert json.dumps(client.rows)
