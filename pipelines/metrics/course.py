"""The course of a metric: its value at every hour or day of a period, each over a moving window that ends there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from textwrap import indent

from ..errors import QueryError
from .compile import Question, Span, added, answer, asked, counted, listed, sums
from .definition import AnyMetric, Count
from .dimension import Dimension, dimensions
from .filter import Filter

BINS = {
    "hour": "((epoch_us({moment}) - epoch_us($origin::timestamptz)) // 3_600_000_000)::bigint",
    "day": "({moment})::date - $origin::timestamptz::date",
    "week": "(date_trunc('week', {moment})::date - $origin::timestamptz::date) // 7",
}
"""The number of a moment's bin, counted from the origin: hours as they pass, days and weeks by the city's calendar."""


def course(
    metric: AnyMetric,
    by: Sequence[str],
    *,
    period: Span,
    where: Sequence[Filter],
    bin_: str,
    window: int,
    origin: datetime,
) -> Question:
    """Ask a metric by dimensions and bin; the value of a bin is that of all rows of the ``window`` bins up to it."""
    cut = [*dimensions(by), Dimension("bin", BINS[bin_], "", "")]
    names = [each.name for each in cut]
    rows = f"counted as (\n{indent(counted(metric, cut, where), '    ')}\n)"
    steps = _of_rows if metric.kind in ("distinct", "quantile") else _of_sums
    columns = indent(listed([*names, *answer(metric)]), "    ")
    ctes = ",\n\n".join([rows, *steps(metric, names, window)])
    question = asked(f"with {ctes}\n\nselect\n{columns}\nfrom measured\norder by all", metric, period, where)
    return replace(question, bound=question.bound | {"origin": origin})


def stock_course(
    metric: Count, by: Sequence[str], *, period: Span, where: Sequence[Filter], moments: dict[int, datetime]
) -> Question:
    """Ask how many rows were among those counted now at each of some moments, by dimensions; ``bin`` is its number."""
    if metric.stock is None:
        raise QueryError(f"metric {metric.name!r} does not say since when its rows are counted; give it a `stock`")
    cut = dimensions(by)
    names = [each.name for each in cut]
    stock = metric.stock
    # what ended before the first moment did so with its last change
    ever = f"({stock.where}) and (is_open or changed_at >= $start::timestamptz)"
    past = metric.model_copy(update={"population": ever, "exclusions": {}})
    lives = f"*, ({stock.since}) as since, ({stock.until}) as until"
    rows = f"counted as (\n{indent(counted(past, cut, where), '    ')}\n),\n\nlives as (select {lives} from counted)"
    points = "points as (\n    select unnest($moments) as moment, unnest($bins) as bin\n)"
    columns = [*(f"by_{name} as {name}" for name in names), "bin", "count(*) as n"]
    among = "lives\n    join points on since <= moment and (until is null or until > moment)"
    chosen = indent(listed([*names, "bin", *answer(metric)]), "    ")
    ctes = ",\n\n".join([rows, points, _measured(columns, among)])
    question = asked(f"with {ctes}\n\nselect\n{chosen}\nfrom measured\norder by all", metric, None, where)
    also = {"moments": list(moments.values()), "bins": list(moments), "start": period[0]}
    return replace(question, bound=question.bound | also)


def _of_sums(metric: AnyMetric, names: Sequence[str], window: int) -> list[str]:
    """Sum each bin once, then add up the bins of a window."""
    by = ", ".join(f"by_{name}" for name in names)
    measured = sums(metric)
    columns = listed([*(f"by_{name}" for name in names), *(f"{sum_} as {name}" for name, sum_ in measured.items())])
    binned = f"binned as (\n    select\n{indent(columns, '        ')}\n    from counted\n    group by {by}\n)"
    windows = [*_last(names, window), *(f"{added(name)} as {name}" for name in measured)]
    return [binned, _measured(windows, _spread("binned", window))]


def _of_rows(metric: AnyMetric, names: Sequence[str], window: int) -> list[str]:
    """Measure the rows of a window together: what cannot be added up."""
    columns = [*_last(names, window), *(f"{sum_} as {name}" for name, sum_ in sums(metric).items())]
    return [_measured(columns, _spread("counted", window))]


def _measured(columns: Sequence[str], relation: str) -> str:
    return f"measured as (\n    select\n{indent(listed(columns), '        ')}\n    from {relation}\n    group by all\n)"


def _last(names: Sequence[str], window: int) -> list[str]:
    bin_ = "by_bin + later as bin" if window > 1 else "by_bin as bin"
    return [*(f"by_{name} as {name}" for name in names if name != "bin"), bin_]


def _spread(relation: str, window: int) -> str:
    return f"{relation} cross join range({window}) as steps(later)" if window > 1 else relation
