"""What a metric can be cut by: the same columns for every fact relation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..contract.areas import LEVELS
from ..errors import QueryError
from .definition import nearest


@dataclass(frozen=True, slots=True)
class Dimension:
    """A column to group by: its expression over ``facts`` and the join it needs; ``{moment}`` is the row's time."""

    name: str
    expression: str
    join: str = ""


_PARENT = "left join (select category as sub, parent from categories) as parents on parents.sub = facts.category"


def _level(level: str) -> Dimension:
    """Find the ancestor of that level; null where only a coarser place is known."""
    join = (
        f"left join (select area_within.area_id as inner_id, area_within.ancestor_id as {level}_id from area_within"
        f" join areas on areas.area_id = area_within.ancestor_id and areas.level = '{level}')"
        f" as in_{level} on in_{level}.inner_id = facts.area_id"
    )
    return Dimension(level, f"in_{level}.{level}_id", join)


_ALL = (
    *(_level(level) for level in LEVELS),
    Dimension("category", "facts.category"),
    Dimension("category_group", "coalesce(facts.category_group, parents.parent)", _PARENT),
    Dimension("unit", "facts.unit_id"),
    Dimension("channel", "facts.channel"),
    Dimension("priority", "facts.priority"),
    Dimension("hour", "hour({moment})"),
    Dimension("weekday", "isodow({moment})"),
    Dimension("local_day", "({moment})::date"),
)
DIMENSIONS: dict[str, Dimension] = {dimension.name: dimension for dimension in _ALL}


def dimensions(names: Iterable[str]) -> list[Dimension]:
    """Return dimensions by name; raise `QueryError` for one that does not exist or comes twice."""
    chosen: dict[str, Dimension] = {}
    for name in names:
        if name not in DIMENSIONS:
            raise QueryError(f"dimension {name!r} does not exist; {nearest(name, dict(DIMENSIONS))}")
        if name in chosen:
            raise QueryError(f"dimension {name!r} is named twice; once is enough")
        chosen[name] = DIMENSIONS[name]
    return list(chosen.values())
