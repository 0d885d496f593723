"""docs/PROTOCOL.md against a real stream: sent frames are answered as it says, shown ones are of its types."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from dashboard.link import messages
from dashboard.link.actions import KINDS
from dashboard.link.refusal import REASONS
from dashboard.stream import Stream
from tests.link.stage import joined, served, until

PAGE = (Path(__file__).parents[2] / "docs/PROTOCOL.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```json (up|down) ?([a-z ]*)\n(.*?)\n```", PAGE, re.S)
UP = [(answers.split(), text) for way, answers, text in EXAMPLES if way == "up"]
DOWN = [text for way, _, text in EXAMPLES if way == "down"]


def test_every_frame_to_send_is_answered_as_the_page_says(stream: Stream) -> None:
    with served(stream) as connect, connect("/stream") as socket:
        for answers, text in UP:
            socket.send_text(text)
            for kind in answers:
                frame = until(socket, kind)
                wanted = json.loads(text)
                assert kind not in {"done", "denied"} or frame["id"] == wanted["id"]
        socket.send_json({"type": "follow", "on": True})
        assert "join a room first" in until(socket, "refused")["reason"]


@pytest.mark.parametrize("text", DOWN)
def test_every_frame_shown_is_one_the_server_writes(text: str) -> None:
    frame = msgspec.json.decode(text, type=messages.AnyDown)
    assert set(json.loads(text)) <= set(json.loads(messages.written(frame)))


def test_the_page_has_an_example_of_every_frame_action_and_code() -> None:
    sent = {json.loads(text)["type"] for _, text in UP}
    shown = {json.loads(text)["type"] for text in DOWN}
    assert sent == {str(kind.__struct_config__.tag) for kind in get_args(messages.AnyUp)}
    assert shown == {str(kind.__struct_config__.tag) for kind in get_args(messages.AnyDown)}
    assert {json.loads(text).get("action") for _, text in UP} - {None} == set(KINDS)
    assert all(f"`{action}`" in PAGE for action in KINDS)
    assert set(REASONS) <= set(re.findall(r"[a-z_]+", PAGE))


def test_two_displays_of_one_room_see_what_one_of_them_does(stream: Stream) -> None:
    with served(stream) as connect, connect("/stream") as desk, connect("/stream?screen=wall") as wall:
        joined(desk, "desk")
        assert joined(wall, "wall")["name"] == "大屏1"
        desk.send_json({"type": "act", "id": "1", "action": "show", "values": {"page": "themes"}})
        assert until(wall, "scene")["state"]["scene"] == {"area": "360500", "page": "themes"}
        assert until(desk, "done")["seq"] == 1
