"""A paired wall and a guest stay in the room they were let into."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest

from dashboard.gateway import Gateway
from dashboard.link.refusal import LinkRefused
from dashboard.stream import Stream
from pipelines.config import Config
from pipelines.contract.scope import Scope, Viewer
from pipelines.node import Node
from tests.link.stage import ROOT, joined, served
from tests.test_views import CITY

TWO = [
    {"name": "command", "name_zh": "指挥大厅", "name_en": "Command hall"},
    {"name": "night", "name_zh": "夜班", "name_en": "Night"},
]
WALL = Viewer("wall:1", frozenset({"wall"}), Scope(frozenset({ROOT})), screen="wall", session="1", room="night")


@pytest.fixture
def two_rooms() -> Iterator[Stream]:
    with Node.open(Config.model_validate({"city": CITY, "rooms": TWO})) as node:
        node.start()
        yield Stream(node, Gateway(node), "build")


def test_a_wall_comes_into_its_own_room_whatever_it_asks_for(two_rooms: Stream) -> None:
    with served(two_rooms, WALL) as connect, connect("/stream") as wall:
        assert joined(wall, "wall")["room"] == "night"


def test_another_room_does_not_exist_for_it(two_rooms: Stream) -> None:
    assert two_rooms.rooms.of("night", WALL).name == "night"
    with pytest.raises(LinkRefused, match="no room of that name"):
        two_rooms.rooms.of("command", WALL)
    assert two_rooms.rooms.of("command", dataclasses.replace(WALL, room=None)).name == "command"
