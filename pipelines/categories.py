"""What a case may be about, for whoever reports one: the city's own list with its limits."""

from __future__ import annotations

import csv
from contextlib import suppress
from dataclasses import dataclass

from .config import Config

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of case: its group, its names, and the hours it may take by priority."""

    id: str
    group: str | None
    name_zh: str
    name_en: str
    limits: dict[str, float]


@dataclass(frozen=True, slots=True)
class Group:
    """Kinds of cases that belong together."""

    id: str
    name_zh: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Categories:
    """The list a report chooses from."""

    groups: tuple[Group, ...]
    categories: tuple[Category, ...]

    def find(self, category: str) -> Category | None:
        """Return one category, or None if the list has none of that code."""
        return next((found for found in self.categories if found.id == category), None)

    @classmethod
    def seen(cls, rows: list[Row]) -> Categories:
        """Return what cases were about, for a city without a list: they are called as their source called them."""
        groups = dict.fromkeys(row["category_group"] for row in rows if row["category_group"])
        kinds = (Category(row["category"], row["category_group"], row["category"], row["category"], {}) for row in rows)
        return cls(tuple(Group(name, name, name) for name in groups), tuple(kinds))

    @classmethod
    def of(cls, config: Config) -> Categories | None:
        """Read the city's list; None where it has none of its own."""
        if (c := config.categories) is None:
            return None
        with c.file.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        parents = {row[c.parent] for row in rows} if c.parent else set()
        named = {"zh": c.name_zh, "en": c.name_en or c.name_zh}
        leaves = [row for row in rows if row[c.id] not in parents]
        used = {row[c.parent] for row in leaves} if c.parent else set()
        groups = (Group(row[c.id], row[named["zh"]], row[named["en"]]) for row in rows if row[c.id] in used)
        columns = c.limits.model_dump(exclude_none=True) if c.limits else {}
        kinds = (
            Category(row[c.id], (row[c.parent] or None) if c.parent else None, row[named["zh"]], row[named["en"]],
                     _limits(row, columns))
            for row in leaves
        )  # fmt: skip
        return cls(tuple(groups), tuple(kinds))


def _limits(row: Row, columns: dict[str, str]) -> dict[str, float]:
    limits = {}
    for priority, column in columns.items():
        with suppress(ValueError):
            limits[priority] = float(row[column])
    return limits
