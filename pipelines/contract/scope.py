"""Who looks, how much of the city they may see, and through which lens."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from .areas import AreaTree

MASKED_ROLES: Final = frozenset({"wall", "wall_director", "analyst", "guest", "reporter"})
"""Roles that never see a person: names, phones, house numbers and words that may hold them are masked."""
MASKED_SCREENS: Final = frozenset({"wall"})
OWN_VIEWS: Final = frozenset({"waiting"})
"""Views that answer each hand for itself."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The areas a viewer answers for, each with all that lies in it; and the one unit, for a unit's people."""

    areas: frozenset[str]
    unit: str | None = None

    def covers(self, tree: AreaTree, area_id: str) -> bool:
        """Tell whether an area lies in the scope."""
        return any(area.id in self.areas for area in tree.path(area_id))


@dataclass(frozen=True, slots=True)
class Hand:
    """Whose hand it is, for the questions whose answer depends on it."""

    user: str
    roles: frozenset[str]
    areas: frozenset[str]
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Lens:
    """What of the rows inside an area may be seen: only one unit's cases, persons masked, a drill instead of life."""

    unit: str | None = None
    masked: bool = False
    exercise: bool = False
    hand: Hand | None = None
    """who asks; None where the answer is the same for all"""

    @property
    def bare(self) -> Lens:
        """Return it without the hand: what may be seen does not depend on it."""
        return replace(self, hand=None) if self.hand else self


CLEAR: Final = Lens()


@dataclass(frozen=True, slots=True)
class Device:
    """What somebody looks with: for the audit alone, it opens nothing."""

    address: str = ""
    name: str = ""
    """a paired device's or key's name, else what the browser calls itself"""
    screen: str | None = None


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person or device that looks."""

    user: str
    roles: frozenset[str]
    scope: Scope
    name: str = ""
    """what others in a room read"""
    screen: str | None = None
    """the class of screen it looks at: wall, desk, tablet, pocket, analyst, themes/grids …"""
    session: str | None = None
    """what is revoked to send it away: a session's, a key's or a device's id"""
    room: str | None = None
    """the one room a paired wall or a guest is bound to; None: any"""
    case: str | None = None
    """the one case a reporter's link is bound to"""
    exercise: bool = False
    """whether it takes part in a drill: sees and changes the drill's cases alone"""
    seen_by: str | None = None
    """who really looks, where somebody views as another; then nothing may be changed"""
    device: Device | None = field(default=None, compare=False)
    """what it looks with, for the audit; two requests of one viewer may differ in it"""

    @property
    def lens(self) -> Lens:
        """Return what of an area's rows it may see."""
        only_masked = bool(self.roles) and self.roles <= MASKED_ROLES
        return Lens(self.scope.unit, only_masked or self.screen in MASKED_SCREENS, self.exercise)

    def lens_of(self, view: str) -> Lens:
        """Return what of a view's rows it may see: of some, only those that are its own."""
        if view not in OWN_VIEWS:
            return self.lens
        hand = Hand(self.user, self.roles, self.scope.areas, self.scope.unit)
        return replace(self.lens, hand=hand)

    def on(self, screen: str | None) -> Viewer:
        """Return the viewer in front of a class of screen; a wall stays a wall."""
        return self if self.screen in MASKED_SCREENS else replace(self, screen=screen)
