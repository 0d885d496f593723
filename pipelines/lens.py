"""A lens as SQL: the relations it narrows or masks, as views that stand before those of the same names."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2s
from typing import Final

from .contract.personal import BY_CASE, BY_UNIT, COUNTED, KEPT_BACK, PERSONAL, UNDRILLED
from .contract.scope import Lens

REMADE: Final = ("acts", "case_facts", "fixes", "orders")
"""Views of schema main: made again inside a lens, since a view looks for ever into the schema it was made in."""


def schema_of(lens: Lens) -> str:
    """Name the schema of a lens."""
    return f"lens_{blake2s(repr((lens.unit, lens.masked, lens.exercise)).encode(), digest_size=8).hexdigest()}"


def narrowed(lens: Lens, main: str) -> Iterator[str]:
    """Yield the statements that make a lens's relations over those of ``main``."""
    for relation in sorted(PERSONAL.keys() | BY_UNIT | BY_CASE | COUNTED | UNDRILLED | KEPT_BACK):
        if select := _select(relation, lens, main):
            yield f"create view {relation} as {select}"


def _select(relation: str, lens: Lens, main: str) -> str | None:
    if relation in KEPT_BACK:
        return f"from {main}.{relation} where false"
    if relation in COUNTED:
        return _recounted(main, lens) if lens.unit is not None or lens.exercise else None
    where, replaced = _where(relation, lens, main), _replaced(relation, lens, main)
    return f"select *{replaced} from {main}.{relation}{where}" if where or replaced else None


def _where(relation: str, lens: Lens, main: str) -> str:
    conditions = []
    if lens.unit is not None and relation in BY_UNIT | BY_CASE:
        mine = _mine(main, lens.unit)
        # warnings are for everybody
        conditions.append(mine if relation in BY_UNIT else f"({_of_cases(main, mine)} or warning_id is not null)")
    if lens.exercise and relation in BY_UNIT | BY_CASE:
        conditions.append("exercise")
    if lens.exercise and relation in UNDRILLED:
        conditions.append("false")
    return f" where {' and '.join(conditions)}" if conditions else ""


def _mine(main: str, unit: str) -> str:
    """Tell of a case whether a unit leads it, assists or was ordered something about it."""
    name = _quoted(unit)
    ordered = f"select case_id from {main}.log where to_unit_id = {name}"
    return f"(unit_id = {name} or list_contains(string_split(assisting, ' '), {name}) or case_id in ({ordered}))"


def _of_cases(main: str, mine: str) -> str:
    return f"case_id in (select case_id from {main}.cases where {mine})"


def _replaced(relation: str, lens: Lens, main: str) -> str:
    columns = dict(PERSONAL.get(relation, {})) if lens.masked else {}
    replaced = [f"{main}.mask_{rule}({column}) as {column}" for column, rule in columns.items()]
    if lens.exercise and relation in BY_UNIT | BY_CASE:
        # inside a drill its rows count as life, so that every view and metric works on them
        replaced.append("false as exercise")
    return f" replace ({', '.join(replaced)})" if replaced else ""


def _recounted(main: str, lens: Lens) -> str:
    mine = f" and {_of_cases(main, _mine(main, lens.unit))}" if lens.unit is not None else ""
    drill = "exercise" if lens.exercise else "not exercise"
    return f"""
        select area_id, happened_at::date as day, simulated,
            count(*) filter (kind = 'case-reported') as reports,
            count(*) filter (kind = 'case-closed') as closures,
            0::bigint as visits,
            max(happened_at) as last_act_at
        from {main}.log
        where kind in ('case-reported', 'case-closed') and {drill}{mine}
        group by all"""


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
