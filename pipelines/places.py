"""Points and names to areas: the finest area that is known for each case."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from shapely import Geometry

from .contract.areas import LEVELS, AreaTree

Numbers = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]

NOWHERE = -1


@dataclass(frozen=True)
class Placed:
    """Where cases lie: an area each, which points lie outside all of them, and which names were needed but unknown."""

    areas: pa.Array
    outside: Mask
    unnamed: Mask


class AreaIndex:
    """Find areas by point (a tree of their boxes) and by code, name or alias."""

    def __init__(
        self, tree: AreaTree, shapes: Mapping[str, Geometry], aliases: Mapping[str, str] | None = None
    ) -> None:
        """Order the areas finest first, then by id, so that a point on a border always falls to the same side."""
        self.tree = tree
        depth = {level: place for place, level in enumerate(LEVELS)}
        self._ids = sorted(tree.areas, key=lambda area: (-depth[tree.areas[area].level], area))
        self._rank = {area: place for place, area in enumerate(self._ids)}
        self._depth = np.array([depth[tree.areas[area].level] for area in self._ids] + [-1])
        drawn = [area for area in self._ids if area in shapes]
        self._drawn = np.array([self._rank[area] for area in drawn], dtype=np.int64)
        self._shapes = np.array([shapes[area] for area in drawn], dtype=object)
        shapely.prepare(self._shapes)
        self._boxes = shapely.STRtree(self._shapes)
        self._names = self._named(aliases or {})

    def place(self, lon: pa.Array, lat: pa.Array, names: pa.Array) -> Placed:
        """Place every case: the finer of what its point and its name say, the point where both are as fine."""
        there = _valid(lon) & _valid(lat)
        by_point = np.full(len(there), NOWHERE, dtype=np.int64)
        by_point[there] = self.containing(_floats(lon)[there], _floats(lat)[there])
        by_name = self._by_name(names)
        finer = self._depth[by_name] > self._depth[by_point]
        chosen = np.where(finer, by_name, by_point)
        chosen = np.where(chosen == NOWHERE, self._rank[self.tree.unknown.id], chosen)
        areas = pa.array(self._ids).take(pa.array(chosen))
        lost = by_point == NOWHERE
        return Placed(areas, there & lost, _valid(names) & lost & (by_name == NOWHERE))

    def inside(self, lon: Numbers, lat: Numbers) -> Mask:
        """Tell which points lie in any area."""
        held: Mask = self.containing(lon, lat) != NOWHERE
        return held

    def containing(self, lon: Numbers, lat: Numbers) -> Places:
        """Return the place, in the index's order, of the finest area that holds each point."""
        found = np.full(len(lon), len(self._ids), dtype=np.int64)
        if len(self._shapes) and len(lon):
            pairs, inverse = np.unique(lon + 1j * lat, return_inverse=True)
            best = np.full(len(pairs), len(self._ids), dtype=np.int64)
            point, box = self._boxes.query(shapely.points(pairs.real, pairs.imag))
            holds = shapely.intersects_xy(self._shapes[box], pairs.real[point], pairs.imag[point])
            np.minimum.at(best, point[holds], self._drawn[box[holds]])
            found = best[inverse]
        return np.where(found == len(self._ids), NOWHERE, found)

    @property
    def drawn(self) -> bool:
        """Tell whether any area has a shape: without one no point lies inside or outside."""
        return bool(len(self._shapes))

    def find(self, name: str) -> str | None:
        """Return the area that has a code, name or alias; where several do, the one around them all."""
        return self._names.get(folded(name))

    def _by_name(self, names: pa.Array) -> Places:
        encoded = names.dictionary_encode()
        known = [self._rank.get(self.find(name) or "", NOWHERE) for name in encoded.dictionary.to_pylist()]
        codes = pc.fill_null(encoded.indices, len(known)).to_numpy()
        places: Places = np.array([*known, NOWHERE], dtype=np.int64)[codes]
        return places

    def _named(self, aliases: Mapping[str, str]) -> dict[str, str]:
        """Give every code, name and alias its area; a name that several share means what is around them."""
        found: dict[str, str] = {}
        for area in self.tree.areas.values():
            for name in (area.name_zh, area.name_en):
                if name and area.id != self.tree.unknown.id:
                    self._note(found, folded(name), area.id)
        for name, area_id in aliases.items():
            self._note(found, folded(name), area_id)
        found.update({folded(area): area for area in self.tree.areas})
        return {name: area for name, area in found.items() if area != self.tree.root.id or name in self._root_names()}

    def _root_names(self) -> set[str]:
        root = self.tree.root
        return {folded(name) for name in (root.id, root.name_zh, root.name_en) if name}

    def _note(self, found: dict[str, str], name: str, area_id: str) -> None:
        other = found.get(name, area_id)
        shared = {area.id for area in self.tree.path(other)}
        found[name] = [area.id for area in self.tree.path(area_id) if area.id in shared][-1]


def folded(name: str) -> str:
    """Return a name without what writers differ in: width, case and spaces."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _valid(column: pa.Array) -> Mask:
    mask: Mask = column.is_valid().to_numpy(zero_copy_only=False)
    return mask


def _floats(column: pa.Array) -> Numbers:
    values: Numbers = pc.fill_null(column, 0.0).to_numpy()
    return values
