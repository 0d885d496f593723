"""What dimensions and their values are called, in both languages."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from ..contract.areas import AreaTree
from ..errors import QueryError
from ..metrics.dimension import dimension
from ..warehouse import Warehouse

Words = tuple[str, str]
"""A name in Chinese and in English."""
NONE: Words = ("未填", "not given")
UNPLACED: Words = ("未细分到此级", "no finer place")
MOST = 500


@cache
def described() -> dict[str, dict[str, Any]]:
    """Return what is said of every dimension: its kind, its names, members that no relation names."""
    text = (files("pipelines.analysis") / "dimensions.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


class Members:
    """Names of areas, categories, units, channels, as the reference relations have them."""

    def __init__(self, warehouse: Warehouse, tree: AreaTree) -> None:
        self._tree = tree
        self._named = {
            "category": _named(warehouse, "select category, name_zh, name_en from categories"),
            "unit": _named(warehouse, "select unit_id, name_zh, name_en from units"),
        }
        self._named["category_group"] = self._named["category"]

    def words(self, of: str, value: Any) -> Words:  # noqa: ANN401
        """Return the names of one value of a dimension; a value nobody named is its own name."""
        area = described()[of]["kind"] == "area"
        if value is None:
            return UNPLACED if area else NONE
        if area:
            return self.area(value)
        text = str(value)
        fixed = described()[of].get("members", {})
        if text in fixed:
            return fixed[text][0], fixed[text][1]
        if of == "hour":
            return f"{int(value):02}:00", f"{int(value):02}:00"
        return self._named.get(of, {}).get(text, (text, text))

    def area(self, area_id: str) -> Words:
        """Return the names of an area."""
        found = self._tree.areas.get(area_id)
        return (found.name_zh, found.name_en) if found else (area_id, area_id)

    def listed(self, of: str, area: str, text: str) -> list[dict[str, Any]]:
        """Return the values of a dimension that may be asked for within an area, those whose name holds the text."""
        dimension(of)
        ids = self._ids(of, area)
        rows = [(value, *self.words(of, value)) for value in ids]
        wanted = text.casefold().strip()
        found = [row for row in rows if not wanted or any(wanted in part.casefold() for part in row)]
        return [{"id": value, "name_zh": zh, "name_en": en} for value, zh, en in found[:MOST]]

    def _ids(self, of: str, area: str) -> list[str]:
        about = described()[of]
        if about["kind"] == "area":
            return self._areas(of, area)
        if of == "hour":
            return [str(hour) for hour in range(24)]
        if of == "local_day":
            raise QueryError("dimension 'local_day' has no list of members; ask for a period with from and to")
        return list(about.get("members") or self._named.get(of, {}))

    def _areas(self, level: str, area: str) -> list[str]:
        within = [area]
        for each in within:  # grows while it is walked
            within += self._tree.children.get(each, ())
        return [each for each in within if self._tree.areas[each].level == level]


def _named(warehouse: Warehouse, sql: str) -> dict[str, Words]:
    columns = [column.to_pylist() for column in warehouse.rows(sql).columns]
    return {value: (zh, en) for value, zh, en in zip(*columns, strict=True)}
