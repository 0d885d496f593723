"""The cases behind a number, a page at a time, those furthest past their deadline first."""

from __future__ import annotations

from textwrap import indent
from typing import Any

from ..metrics.compile import Question, behind
from ..metrics.passport import Asked
from .inquiry import Inquiry
from .members import Members

MOST = 500
CASES = """\
select
    case_id as id,
    title,
    area_id,
    channel,
    unit_id,
    category,
    reported_at,
    {due} as due,
    closed_at,
    case
        when is_dropped or is_stopped then null
        when coalesce(closed_at, if(is_open, $now::timestamptz, null)) > {due}
            then (epoch(coalesce(closed_at, $now::timestamptz)) - epoch({due})) / 3600
    end as hours_over,
    state,
from (
{facts}
)
order by hours_over desc nulls last, reported_at desc, id
limit $most offset $skipped"""
ACTS = """\
select
    id,
    null::varchar as title,
    area_id,
    channel,
    unit_id,
    category,
    happened_at as reported_at,
    null::timestamptz as due,
    null::timestamptz as closed_at,
    null::double as hours_over,
    null::varchar as state,
from (
{facts}
)
order by happened_at desc, id
limit $most offset $skipped"""


def page(asked: Asked, inquiry: Inquiry, members: Members, part: str, offset: int, limit: int) -> dict[str, Any]:
    """Return some of the rows of one part of a metric, and how many there are."""
    facts = behind(inquiry.metric, part, inquiry.where)
    listed = _listed(inquiry, facts)
    window = {"most": min(limit, MOST), "skipped": offset}
    found = asked.records(listed.sql, **listed.parameters(**inquiry.place), **window)
    counted = Question(f"select count(*) as n\nfrom (\n{indent(facts, '    ')}\n)", inquiry.span, listed.bound)
    total = asked.records(counted.sql, **counted.parameters(**inquiry.place))[0]["n"]
    return {
        "part": part,
        "total": total,
        "offset": offset,
        "rows": [_told(row, members) for row in found],
    }


def _listed(inquiry: Inquiry, facts: str) -> Question:
    form = CASES if inquiry.metric.fact != "acts" else ACTS
    due = "due_at" if inquiry.metric.period == "due_at" else "deadline_at"
    bound = {each.parameter: each.bound() for each in inquiry.where}
    return Question(form.format(due=due, facts=indent(facts, "    ")), inquiry.span, bound)


def _told(row: dict[str, Any], members: Members) -> dict[str, Any]:
    said = {"area": "grid", "channel": "channel", "unit": "unit", "category": "category"}
    ids = {"area": row["area_id"], "channel": row["channel"], "unit": row["unit_id"], "category": row["category"]}
    words = {name: members.words(dimension, ids[name]) for name, dimension in said.items()}
    return row | {f"{name}_{tongue}": words[name][i] for name in said for i, tongue in enumerate(("zh", "en"))}
