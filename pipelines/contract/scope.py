"""Who looks, and how much of the city they may see."""

from __future__ import annotations

from dataclasses import dataclass

from .areas import AreaTree


@dataclass(frozen=True, slots=True)
class Scope:
    """The areas a viewer answers for, each with all that lies in it."""

    areas: frozenset[str]

    def covers(self, tree: AreaTree, area_id: str) -> bool:
        """Tell whether an area lies in the scope."""
        return any(area.id in self.areas for area in tree.path(area_id))


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person or device that looks."""

    user: str
    role: str
    scope: Scope
