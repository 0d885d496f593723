"""A drill has rooms of its own, one beside each: nothing of it reaches a real wall, and nothing real a drill."""

from __future__ import annotations

from typing import Final

from pipelines.contract.scope import Viewer

BESIDE: Final = "~exercise"


def beside(name: str) -> str:
    """Name the room for exercises beside a room."""
    return name + BESIDE


def room_for(name: str, viewer: Viewer) -> str:
    """Return which of the two a viewer enters who asks for either."""
    real = name.removesuffix(BESIDE)
    return beside(real) if viewer.exercise else real


def is_for(name: str, viewer: Viewer) -> bool:
    """Tell whether a room is of the world that a viewer looks at."""
    return name.endswith(BESIDE) == viewer.exercise
