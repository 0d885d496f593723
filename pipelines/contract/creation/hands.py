"""Whose hand moves a village on: every command in exactly one capability, with roles and level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ..areas import AreaTree
from ..scope import Viewer


@dataclass(frozen=True, slots=True)
class Capability:
    """Commands that are given to a hand together; the hand must answer for the village's area of ``level``."""

    name: str
    commands: tuple[str, ...]
    roles: frozenset[str]
    level: str


_TABLE = """
put_forward  | nominate withdraw        | duty_officer shift_lead           | township
self_check   | self_check rectify       | duty_officer shift_lead           | village
review       | review                   | duty_officer shift_lead           | township
county_check | county_check             | inspector shift_lead              | county
send_back    | send_back                | duty_officer shift_lead inspector | township
publicise    | publicise                | shift_lead                        | county
sign         | sign_naming sign_removal | leader shift_lead                 | county
watch        | warn keep                | inspector shift_lead              | county
"""


def _read(table: str) -> dict[str, Capability]:
    rows = ([cell.strip() for cell in line.split("|")] for line in table.strip().splitlines())
    return {
        name: Capability(name, tuple(commands.split()), frozenset(roles.split()), level)
        for name, commands, roles, level in rows
    }


CAPABILITIES: Final = _read(_TABLE)
BY_COMMAND: Final[dict[str, Capability]] = {
    command: capability for capability in CAPABILITIES.values() for command in capability.commands
}


def answers_for(viewer: Viewer, area_id: str, level: str, tree: AreaTree) -> bool:
    """Tell whether a viewer's areas hold the whole area of a level that a village lies in."""
    around = next((area for area in tree.path(area_id) if area.level == level), tree.root)
    return viewer.scope.covers(tree, around.id)
