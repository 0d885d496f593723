"""Who may ask what of a room."""

from __future__ import annotations

from typing import Final

from pipelines.contract.roles import CAPABILITIES, may
from pipelines.contract.scope import Viewer

from .refusal import LinkRefused
from .scene import Person, Room

NEEDS: Final[dict[str, str]] = {
    "show": "push", "push": "push", "recall": "push", "undo": "push", "replay": "push", "live": "push",
    "play": "push", "stop": "push", "ask": "push", "point": "push", "decline": "lead",
    "lock": "lead", "unlock": "lead", "lead": "lead", "hand_over": "lead", "turn": "lead",
    "mark": "annotate", "erase": "annotate", "clear_marks": "annotate",
}  # fmt: skip
"""The capability that each action needs."""
PRESENTERS: Final = frozenset({"unlock", "lead", "hand_over", "decline", "turn", "point"})
"""What the presenter may always do."""


def capabilities(viewer: Viewer) -> list[str]:
    """Return all that a viewer's roles carry; nothing that changes while viewing as another."""
    return sorted(name for name in CAPABILITIES if may(viewer.roles, name))


def allow(viewer: Viewer, who: Person, action: str, room: Room) -> None:
    """Raise `LinkRefused` unless a viewer may ask this of the room as it is."""
    if viewer.seen_by:
        raise LinkRefused("view_as")
    presents = room.presenter is not None and room.presenter.member == who.member
    asks = room.asking is not None and room.asking.member == who.member
    if (presents and action in PRESENTERS) or (asks and action == "decline"):
        return
    if not may(viewer.roles, NEEDS[action]):
        raise LinkRefused("not_allowed", f"{action} needs {NEEDS[action]}")
