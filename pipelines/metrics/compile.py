"""Metrics as SQL: any metric, cut by any dimensions, over any period."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from textwrap import indent
from typing import Any

from ..contract.areas import LEVELS
from ..errors import QueryError
from .definition import AnyMetric, Count, Distinct, Mean, Quantile, Ratio, Score, find
from .dimension import Dimension, dimensions
from .filter import Filter

Span = tuple[datetime, datetime]
"""The moments from which and before which."""

KEY = {"case_facts": "case_id", "fixes": "case_id", "acts": "id"}
# a deadline is never after the due time as it stands, and only stored columns let the scan skip what is old
PRUNED_BY = {"deadline_at": "due_at"}


@dataclass(frozen=True, slots=True)
class Question:
    """SQL and the period it is about; `parameters` gives what it needs, no more."""

    sql: str
    span: Span | None
    bound: dict[str, Any] = field(default_factory=dict)

    def parameters(self, *, area: str, now: datetime, simulated: bool) -> dict[str, Any]:
        """Return the values of the parameters that the SQL names."""
        start, end = self.span or (None, None)
        values = {"area": area, "now": now, "simulated": simulated, "start": start, "end": end}
        values |= self.bound
        named = set(re.findall(r"\$(\w+)", self.sql))
        return {name: value for name, value in values.items() if name in named}

    def written(self, *, area: str, now: datetime, simulated: bool) -> str:
        """Return the SQL with its values in place of its parameters: to be read, and to be asked again as it is."""
        values = self.parameters(area=area, now=now, simulated=simulated)
        return re.sub(r"\$(\w+)", lambda found: _literal(values[found.group(1)]), self.sql)


def question(
    metric: str | AnyMetric,
    by: Sequence[str] = (),
    *,
    period: Span | None = None,
    where: Sequence[Filter] = (),
    whole: bool = False,
) -> Question:
    """Ask a metric by dimensions; columns: these, numerator, denominator, value, n, low, high, rankable.

    With ``whole`` there is one row more, for all rows together, told by the last column ``whole``.
    """
    chosen = _chosen(metric)
    cut = dimensions(by)
    names = [d.name for d in cut]
    ctes = (
        _by_place(chosen, cut, where, whole=whole)
        if _adds_up(chosen, cut)
        else _at_once(chosen, cut, where, whole=whole)
    )
    steps = ",\n\n".join(f"{name} as (\n{indent(body, '    ')}\n)" for name, body in ctes.items())
    sql = "\n".join([
        f"with {steps}\n",
        f"select\n{indent(listed([*names, *answer(chosen), *(['whole'] if whole else [])]), '    ')}",
        "from measured",
        *([f"order by {', '.join(f'{name} nulls last' for name in names)}"] if names else []),
    ])  # fmt: skip
    return asked(sql, chosen, period, where)


def rows(
    metric: str | AnyMetric, part: str = "denominator", *, period: Span | None = None, where: Sequence[Filter] = ()
) -> Question:
    """Ask for the ids behind a number: ``numerator``, ``denominator`` or the name of an exclusion."""
    chosen = _chosen(metric)
    key = KEY[chosen.fact]
    sql = f"select {key}\nfrom (\n{indent(behind(chosen, part, where), '    ')}\n)\norder by {key}"
    return asked(sql, chosen, period, where)


def behind(metric: AnyMetric, part: str, where: Sequence[Filter] = ()) -> str:
    """Select the facts of one part of a metric, whole."""
    parts = lookups(metric)
    if part not in parts:
        raise QueryError(f"metric {metric.name!r} has no part {part!r}; there are {', '.join(parts)}")
    return f"select *\nfrom (\n{indent(_told(metric, where), '    ')}\n)\nwhere {parts[part]}"


def lookups(metric: AnyMetric) -> dict[str, str]:
    """Name the parts of a metric, and for a ratio what is missed: in the denominator alone."""
    parts = parts_of(metric)
    if not isinstance(metric, Ratio):
        return parts
    good = f"coalesce({metric.numerator}, false)::bigint > 0"
    return parts | {"missed": f"{parts['denominator']} and not ({good})"}


def parts_of(metric: AnyMetric) -> dict[str, str]:
    """Name every part of a metric whose rows can be looked up, with its condition over `told` rows."""
    good = metric.numerator if isinstance(metric, Ratio) else "true"
    out_of = metric.denominator if isinstance(metric, Ratio) else "true"
    parts = {
        "numerator": f"left_out is null and coalesce({good}, false)::bigint > 0",
        "denominator": f"left_out is null and coalesce({out_of}, false)::bigint > 0",
    }
    if isinstance(metric, Score):
        parts |= {
            name: f"left_out is null and coalesce({part}, false)::bigint > 0" for name, part in metric.parts.items()
        }
    return parts | {name: f"left_out = '{name}'" for name in ("exercise", *metric.exclusions)}


def counts(metric: str | AnyMetric, *, period: Span | None = None, where: Sequence[Filter] = ()) -> Question:
    """Ask how many rows lie behind each part; columns: part, rows."""
    chosen = _chosen(metric)
    told = indent(_told(chosen, where), "    ")
    each = "\nunion all\n".join(
        f"select {number} as position, '{part}' as part, count(*) filter ({where}) as rows\nfrom told"
        for number, (part, where) in enumerate(parts_of(chosen).items())
    )
    sql = f"with told as (\n{told}\n)\n\nselect part, rows\nfrom (\n{indent(each, '    ')}\n)\norder by position"
    return asked(sql, chosen, period, where)


def asked(sql: str, metric: AnyMetric, period: Span | None, where: Sequence[Filter]) -> Question:
    """Return SQL with its period and the values that it keeps to."""
    return Question(sql, _span(metric, period), {each.parameter: each.bound() for each in where})


def _literal(value: Any) -> str:  # noqa: ANN401
    match value:
        case bool() | int() | float():
            return str(value).lower()
        case list():
            return f"({', '.join(map(_literal, value)) or 'null'})"
        case datetime() | date():
            return f"'{value.isoformat()}'"
        case _:
            return "'" + str(value).replace("'", "''") + "'"


def _chosen(metric: str | AnyMetric) -> AnyMetric:
    return find(metric) if isinstance(metric, str) else metric


def _span(metric: AnyMetric, period: Span | None) -> Span | None:
    if metric.period is None:
        if period is not None:
            raise QueryError(f"metric {metric.name!r} is as of now and has no period; leave the period out")
        return None
    if period is None:
        raise QueryError(f"metric {metric.name!r} is counted over a period by {metric.period}; give its start and end")
    start, end = period
    if start.tzinfo is None or end.tzinfo is None or start > end:
        raise QueryError(f"period {start} to {end}: expected two moments with a time zone, the earlier one first")
    return period


def moment_of(metric: AnyMetric) -> str:
    """Name the time that places a row of a metric."""
    return metric.period or "reported_at"


def _placed(metric: AnyMetric, where: Sequence[Filter]) -> list[str]:
    """Say which rows lie in the area, the kind of data, the period and what is kept."""
    conditions = ["simulated = $simulated", "area_id in (select area_id from area_within where ancestor_id = $area)"]
    if metric.period is None:
        conditions.append("reported_at <= $now::timestamptz")
    else:
        pruned = PRUNED_BY.get(metric.period)
        conditions += [f"{pruned} >= $start::timestamptz"] if pruned else []
        conditions += [f"{metric.period} >= $start::timestamptz", f"{metric.period} < $end::timestamptz"]
    conditions += [each.condition(moment_of(metric)) for each in where]
    return conditions if metric.population == "true" else [*conditions, f"({metric.population})"]


def _told(metric: AnyMetric, where: Sequence[Filter]) -> str:
    """Select every row in place with the first reason that leaves it out, null if it counts."""
    cases = ["when exercise then 'exercise'", *(f"when {e.where} then '{n}'" for n, e in metric.exclusions.items())]
    reasons = indent("\n".join(cases), "        ")
    placed = "\n    and ".join(_placed(metric, where))
    return (
        f"select\n    {metric.fact}.*,\n    case\n{reasons}\n    end as left_out,\nfrom {metric.fact}\nwhere {placed}"
    )


def counted(metric: AnyMetric, cut: Sequence[Dimension], where: Sequence[Filter]) -> str:
    """Select the rows that count, with the columns to cut by."""
    moment = f"facts.{moment_of(metric)}"
    columns = ["facts.*", *(f"{d.expression.format(moment=moment)} as by_{d.name}" for d in cut)]
    left_out = ["not exercise", *(f"not coalesce({e.where}, false)" for e in metric.exclusions.values())]
    placed = "\n    and ".join([*_placed(metric, where), *left_out])
    facts = f"select {metric.fact}.*\nfrom {metric.fact}\nwhere {placed}"
    joins = "".join(f"\n{join}" for join in dict.fromkeys(d.join for d in cut if d.join))
    return f"select {', '.join(columns)}\nfrom (\n{indent(facts, '    ')}\n) as facts{joins}"


def _adds_up(metric: AnyMetric, cut: Sequence[Dimension]) -> bool:
    """Tell whether rows are summed by their own area first: fewer sums than rows look for their ancestors."""
    return not isinstance(metric, Quantile | Distinct) and any(each.name in LEVELS for each in cut)


def _at_once(metric: AnyMetric, cut: Sequence[Dimension], where: Sequence[Filter], *, whole: bool) -> dict[str, str]:
    return {
        "counted": counted(metric, cut, where),
        "measured": _measures(sums(metric), "counted", [each.name for each in cut], whole=whole),
    }


def _by_place(metric: AnyMetric, cut: Sequence[Dimension], where: Sequence[Filter], *, whole: bool) -> dict[str, str]:
    levels = [each for each in cut if each.name in LEVELS]
    others = [each for each in cut if each.name not in LEVELS]
    measured = sums(metric)
    placed = [
        "area_id",
        *(f"by_{each.name}" for each in others),
        *(f"{sum_} as {name}" for name, sum_ in measured.items()),
    ]
    located = ["facts.*", *(f"{each.expression} as by_{each.name}" for each in levels)]
    joins = "\n".join(each.join for each in levels)
    return {
        "counted": counted(metric, others, where),
        "placed": f"select\n{indent(listed(placed), '    ')}\nfrom counted\ngroup by all",
        "located": f"select {', '.join(located)}\nfrom placed as facts\n{joins}",
        "measured": _measures({name: added(name) for name in measured}, "located", [d.name for d in cut], whole=whole),
    }


def added(name: str) -> str:
    """Add up sums: whole numbers stay whole, and nothing added up is 0; amounts stay unknown."""
    return f"sum({name})" if name == "amount" else f"coalesce(sum({name}), 0)::bigint"


def _measures(measured: dict[str, str], relation: str, names: Sequence[str], *, whole: bool) -> str:
    """Sum the rows of each cut."""
    by = [f"by_{name}" for name in names]
    columns = [*(f"by_{name} as {name}" for name in names), *(f"{sum_} as {name}" for name, sum_ in measured.items())]
    if whole:
        columns.append(f"grouping({by[0]}) = 1 as whole" if by else "true as whole")
    grouped = f"grouping sets (({', '.join(by)}), ())" if whole else ", ".join(by)
    return f"select\n{indent(listed(columns), '    ')}\nfrom {relation}" + (f"\ngroup by {grouped}" if by else "")


def sums(metric: AnyMetric) -> dict[str, str]:
    """Return what is measured of a cut's rows, by name."""
    return {"n": "count(*)"} | _sums(metric)


def _sums(metric: AnyMetric) -> dict[str, str]:
    match metric:
        case Ratio():
            return {"good": _sum(metric.numerator), "out_of": _sum(metric.denominator)}
        case Count():
            return {}
        case Distinct():
            return {"different": f"count(distinct {metric.of})"}
        case Mean():
            return {"amount": f"sum({metric.amount})", "out_of": f"count({metric.amount})"}
        case Quantile():
            return {
                "amount": f"quantile_cont({metric.amount}, {metric.share})",
                "out_of": f"count({metric.amount})",
            }
        case Score():
            return {name: _sum(part) for name, part in metric.parts.items()}


def _sum(part: str) -> str:
    return f"coalesce(sum(({part})::bigint), 0)::bigint"


def answer(metric: AnyMetric) -> list[str]:
    """Return the columns of an answer over what was measured."""
    numerator, denominator, value, n = _value(metric)
    bound = f"{_scale(metric)} * wilson(good, out_of)" if isinstance(metric, Ratio) else None
    return [
        f"{numerator} as numerator",
        f"{denominator} as denominator",
        f"({value})::double as value",
        f"({n})::bigint as n",
        f"{bound}.low as low" if bound else "null::double as low",
        f"{bound}.high as high" if bound else "null::double as high",
        f"({n}) >= {metric.minimum} as rankable",
    ]


def _value(metric: AnyMetric) -> tuple[str, str, str, str]:
    """Return numerator, denominator, value and the number of rows that carry it."""
    match metric:
        case Ratio():
            return "good", "out_of", f"{_scale(metric)} * good / nullif(out_of, 0)", "out_of"
        case Count():
            return "n", "null::bigint", "n", "n"
        case Distinct():
            return "different", "null::bigint", "different", "n"
        case Mean():
            return "amount", "out_of", "amount / nullif(out_of, 0)", "out_of"
        case Quantile():
            return "null::double", "out_of", "amount", "out_of"
        case Score():
            return "null::double", "n", f"if(n = 0, null, {metric.points})", "n"


def _scale(metric: AnyMetric) -> str:
    return "100.0" if metric.unit == "percent" else "1.0"


def listed(columns: Sequence[str]) -> str:
    """Write columns below one another."""
    return "\n".join(f"{column}," for column in columns)
