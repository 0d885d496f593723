"""What a metric can be cut and filtered by: the same columns for every fact relation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..contract.areas import LEVELS
from ..errors import QueryError
from .definition import nearest


@dataclass(frozen=True, slots=True)
class Dimension:
    """A column to group by: its expression over ``facts`` and the join it needs; ``{moment}`` is the row's time.

    ``kept`` and ``without`` are conditions over a fact: has one of ``{values}``, has none at all.
    """

    name: str
    expression: str
    kept: str
    without: str
    join: str = ""
    holds: type = str

    def value(self, text: str) -> Any:  # noqa: ANN401
        """Read one of its values as written; raise `QueryError` for what it cannot be."""
        try:
            return date.fromisoformat(text) if self.holds is date else self.holds(text)
        except ValueError:
            expected = {int: "a whole number", date: "a day such as 2026-11-20"}[self.holds]
            raise QueryError(f"{self.name}:{text!r}: expected {expected}") from None


def _level(level: str) -> Dimension:
    """Find the ancestor of that level; null where only a coarser place is known."""
    ancestors = f"area_within join areas on areas.area_id = area_within.ancestor_id and areas.level = '{level}'"
    join = (
        f"left join (select area_within.area_id as inner_id, area_within.ancestor_id as {level}_id from {ancestors})"
        f" as in_{level} on in_{level}.inner_id = facts.area_id"
    )
    inside = f"select area_within.area_id from {ancestors}"
    kept = f"area_id in ({inside} where area_within.ancestor_id in {{values}})"
    return Dimension(level, f"in_{level}.{level}_id", kept, f"area_id not in ({inside})", join)


def _column(name: str, column: str) -> Dimension:
    return Dimension(name, f"facts.{column}", f"{column} in {{values}}", f"{column} is null")


def _moment(name: str, expression: str, holds: type) -> Dimension:
    return Dimension(name, expression, f"{expression} in {{values}}", f"{expression} is null", holds=holds)


_GROUP = Dimension(
    "category_group",
    "coalesce(facts.category_group, parents.parent)",
    "(category_group in {values} or category_group is null"
    " and category in (select category from categories where parent in {values}))",
    "category_group is null and coalesce(category, '')"
    " not in (select category from categories where parent is not null)",
    "left join (select category as sub, parent from categories) as parents on parents.sub = facts.category",
)
_ALL = (
    *(_level(level) for level in LEVELS),
    _column("category", "category"),
    _GROUP,
    _column("unit", "unit_id"),
    _column("channel", "channel"),
    _column("priority", "priority"),
    _column("collector", "reported_by"),
    _column("handler", "handled_by"),
    _moment("hour", "hour({moment})", int),
    _moment("weekday", "isodow({moment})", int),
    _moment("local_day", "({moment})::date", date),
)
DIMENSIONS: dict[str, Dimension] = {dimension.name: dimension for dimension in _ALL}


def dimensions(names: Iterable[str]) -> list[Dimension]:
    """Return dimensions by name; raise `QueryError` for one that does not exist or comes twice."""
    chosen: dict[str, Dimension] = {}
    for name in names:
        if name in chosen:
            raise QueryError(f"dimension {name!r} is named twice; once is enough")
        chosen[name] = dimension(name)
    return list(chosen.values())


def dimension(name: str) -> Dimension:
    """Return one dimension; raise `QueryError` with the nearest name if there is none."""
    if found := DIMENSIONS.get(name):
        return found
    raise QueryError(f"dimension {name!r} does not exist; {nearest(name, dict(DIMENSIONS))}")
