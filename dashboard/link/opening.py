"""The rooms of a node, put together from its configuration."""

from __future__ import annotations

import os
from typing import Final

from msgspec.structs import replace

from pipelines.contract.time import Clock
from pipelines.node import Node

from ..catalogue import Language, text
from ..gateway import Gateway
from .apart import beside
from .hub import Hub
from .memory import MemoryHub
from .rooms import House, Rooms
from .scene import Room, Scene
from .shelf import Shelf

NUMBERED: Final = ("wall", "desk", "tablet", "pocket")


def open_rooms(node: Node, gateway: Gateway, build: str, clock: Clock | None = None, hub: Hub | None = None) -> Rooms:
    """Put the rooms of a node's configuration together; they go through Redis where its log does."""
    now = (clock or node.wall_clock).now
    choices = {choice.name: choice for choice in node.config.rooms}
    root = node.areas.root.id
    begun = {name: Room(name=name, scene=Scene(area=choice.area or root)) for name, choice in choices.items()}
    begun |= {beside(name): replace(room, name=beside(name)) for name, room in begun.items()}
    minutes = {name: choice.return_minutes for name, choice in choices.items()}
    minutes |= {beside(name): asked for name, asked in minutes.items()}
    house = House(now, node.now, gateway.admit, build, minutes, _kinds(node.config.city.languages[0]))
    return Rooms(hub or _hub(node, begun), Shelf(node.registry), house)


def _kinds(language: Language) -> dict[str, str]:
    return {screen: text(language, f"link.{screen}") for screen in NUMBERED}


def _hub(node: Node, begun: dict[str, Room]) -> Hub:
    log = node.config.log
    if log.kind == "embedded":
        return MemoryHub(begun)
    from .redis import RedisHub

    return RedisHub(os.environ[log.url_secret], f"{log.key}:rooms", begun)
