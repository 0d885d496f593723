"""A lens as SQL: the relations it narrows or masks, as views that stand before those of the same names."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2s
from typing import Final

from .contract.personal import BY_CASE, BY_UNIT, COUNTED, KEPT_BACK, PERSONAL
from .contract.scope import Lens

REMADE: Final = ("acts", "case_facts")
"""Views of schema main: made again inside a lens, since a view looks for ever into the schema it was made in."""


def schema_of(lens: Lens) -> str:
    """Name the schema of a lens."""
    return f"lens_{blake2s(repr((lens.unit, lens.masked)).encode(), digest_size=8).hexdigest()}"


def narrowed(lens: Lens, main: str) -> Iterator[str]:
    """Yield the statements that make a lens's relations over those of ``main``."""
    for relation in sorted(PERSONAL.keys() | BY_UNIT | BY_CASE | COUNTED | KEPT_BACK):
        if select := _select(relation, lens, main):
            yield f"create view {relation} as {select}"


def _select(relation: str, lens: Lens, main: str) -> str | None:
    if relation in KEPT_BACK:
        return f"from {main}.{relation} where false"
    if relation in COUNTED:
        return _recounted(main, lens.unit) if lens.unit is not None else None
    where = _where(relation, lens, main)
    masks = _masks(relation, main) if lens.masked else ""
    return f"select *{masks} from {main}.{relation}{where}" if where or masks else None


def _where(relation: str, lens: Lens, main: str) -> str:
    if lens.unit is None or relation not in BY_UNIT | BY_CASE:
        return ""
    mine = f"unit_id = {_quoted(lens.unit)}"
    return f" where {mine}" if relation in BY_UNIT else f" where {_of_cases(main, mine)}"


def _of_cases(main: str, mine: str) -> str:
    return f"case_id in (select case_id from {main}.cases where {mine})"


def _masks(relation: str, main: str) -> str:
    masked = ", ".join(
        f"{main}.mask_{rule}({column}) as {column}" for column, rule in PERSONAL.get(relation, {}).items()
    )
    return f" replace ({masked})" if masked else ""


def _recounted(main: str, unit: str) -> str:
    mine = _of_cases(main, f"unit_id = {_quoted(unit)}")
    return f"""
        select area_id, happened_at::date as day, simulated,
            count(*) filter (kind = 'case-reported') as reports,
            count(*) filter (kind = 'case-closed') as closures,
            0::bigint as visits,
            max(happened_at) as last_act_at
        from {main}.log
        where kind in ('case-reported', 'case-closed') and not exercise and {mine}
        group by all"""


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
