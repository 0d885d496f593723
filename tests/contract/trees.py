"""Random trees of areas that tests share."""

from __future__ import annotations

from hypothesis import strategies as st

from pipelines.contract.areas import LEVELS, Area, AreaTree

CITY = Area("0", "city", "某市", "Some City")


def _areas(parents: list[int]) -> list[Area]:
    areas = [CITY]
    for number, choice in enumerate(parents, 1):
        parent = areas[choice % number]
        level = LEVELS[min(LEVELS.index(parent.level) + 1, len(LEVELS) - 1)]
        areas.append(Area(str(number), level, f"区{number}", f"Area {number}", parent.id))
    return areas


area_lists = st.lists(st.integers(0, 1000), max_size=25).map(_areas).flatmap(st.permutations)
trees = area_lists.map(AreaTree.of)
