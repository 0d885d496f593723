"""The tree of areas: city, county, township, village, grid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..errors import AreaError

LEVELS = ("city", "county", "township", "village", "grid")
UNKNOWN_SUFFIX = "-unknown"


@dataclass(frozen=True, slots=True)
class Area:
    """A place that answers for what happens in it; the city has no parent."""

    id: str
    level: str
    name_zh: str
    name_en: str
    parent: str | None = None
    lon: float | None = None
    lat: float | None = None
    population: int | None = None


@dataclass(frozen=True)
class AreaTree:
    """All areas of one city, with "place unknown" as a child of the city."""

    areas: dict[str, Area]
    root: Area
    children: dict[str, tuple[str, ...]] = field(repr=False)

    @classmethod
    def of(cls, areas: Iterable[Area]) -> AreaTree:
        """Build the tree; raise `AreaError` unless ids are unique and every area lies in the one city."""
        known: dict[str, Area] = {}
        for area in areas:
            if known.setdefault(area.id, area) is not area:
                raise AreaError(f"area {area.id!r} is given twice: {known[area.id].name_zh!r} and {area.name_zh!r}")
        roots = [area for area in known.values() if area.parent is None]
        if len(roots) != 1:
            raise AreaError(
                f"expected one area without a parent (the city), got {[a.id for a in roots][:5]}; "
                "give every other area its parent"
            )
        root = roots[0]
        known.setdefault(
            unknown := root.id + UNKNOWN_SUFFIX, Area(unknown, "county", "地点不明", "Place unknown", root.id)
        )
        children: dict[str, list[str]] = {}
        for area in known.values():
            if area.parent is None:
                continue
            if area.parent not in known:
                raise AreaError(f"area {area.id!r}: parent {area.parent!r} is not an area of the city")
            children.setdefault(area.parent, []).append(area.id)
        _reach_all(known, root, children)
        return cls(known, root, {parent: tuple(ids) for parent, ids in children.items()})

    @property
    def unknown(self) -> Area:
        """The area of what has no known place."""
        return self.areas[self.root.id + UNKNOWN_SUFFIX]

    def get(self, area_id: str) -> Area:
        """Return one area; raise `AreaError` if there is none."""
        try:
            return self.areas[area_id]
        except KeyError:
            raise AreaError(f"area {area_id!r} is not an area of {self.root.name_en}") from None

    def path(self, area_id: str) -> tuple[Area, ...]:
        """Return the areas from the city down to this one."""
        steps = [self.get(area_id)]
        while (parent := steps[-1].parent) is not None:
            steps.append(self.areas[parent])
        return tuple(reversed(steps))

    def within(self, area_id: str, ancestor: str) -> bool:
        """Tell whether an area is the ancestor or lies in it."""
        return any(area.id == ancestor for area in self.path(area_id))

    def closure(self) -> Iterator[tuple[str, str]]:
        """Yield every (ancestor, area) pair, an area being its own ancestor."""
        for area_id in self.areas:
            for ancestor in self.path(area_id):
                yield ancestor.id, area_id


def _reach_all(known: dict[str, Area], root: Area, children: dict[str, list[str]]) -> None:
    reached = [root.id]
    for area_id in reached:  # grows while it is walked
        reached += children.get(area_id, ())
    if lost := sorted(known.keys() - set(reached)):
        raise AreaError(f"area {lost[0]!r} is not in the city: its parents lead in a circle; mend its `parent`")
