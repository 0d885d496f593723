"""The answer to a question: its total, its rows with what each contributes, the same for what it is compared with."""

from __future__ import annotations

from typing import Any

from ..metrics.definition import AnyMetric
from ..metrics.passport import Asked
from .inquiry import Inquiry
from .members import Members

Row = dict[str, Any]
MOST_ROWS = 10_000
MEASURES = ("numerator", "denominator", "value", "n", "low", "high", "rankable")


def answer(asked: Asked, inquiry: Inquiry, members: Members) -> Row:
    """Answer a question and what it is compared with."""
    total, rows = measured(asked, inquiry, members)
    found = {
        "question": plain(inquiry),
        "area": {"id": inquiry.area} | named(members.area(inquiry.area)),
        "span": inquiry.span,
        "as_of": inquiry.now.astimezone(inquiry.zone),
        "total": total,
        "rows": rows,
        "contribution_to": contribution_to(inquiry.metric, total),
        "compare": {word: _compared(asked, inquiry, members, word) for word in inquiry.compare},
        "truncated": len(rows) > MOST_ROWS,
    }
    if found["truncated"]:
        found["rows"] = sorted(rows, key=lambda row: -row["n"])[:MOST_ROWS]
    return found


def measured(asked: Asked, inquiry: Inquiry, members: Members) -> tuple[Row, list[Row]]:
    """Return the total and the rows of one span; without dimensions there is the total alone."""
    compiled = inquiry.compiled()
    found = asked.records(compiled.sql, **compiled.parameters(**inquiry.place))
    total = next({name: row[name] for name in MEASURES} for row in found if row["whole"])
    rows = [_row(row, inquiry.by, members) for row in found if not row["whole"]]
    for row in rows:
        row["contribution"] = contribution(inquiry.metric, row, total)
    return total, rows


def contribution_to(metric: AnyMetric, total: Row) -> str | None:
    """Tell what contributions add up to: the distance to the target, to the total itself (so nothing), or 100."""
    if metric.kind == "count":
        return "whole" if total["n"] else None
    if metric.kind not in ("ratio", "mean") or not total["n"]:
        return None
    return "total" if metric.target is None else "target"


def contribution(metric: AnyMetric, row: Row, total: Row) -> float | None:
    """Return what a row does to the total: points of distance, or percent of a count."""
    match contribution_to(metric, total):
        case "whole":
            return 100.0 * float(row["n"]) / float(total["n"])
        case "target" | "total":
            aim = total["value"] if metric.target is None else metric.target
            weight = float(row["n"]) / float(total["n"])
            return (float(row["value"]) - float(aim)) * weight if weight else 0.0
    return None


def plain(inquiry: Inquiry) -> Row:
    """Return a question as it may be asked again."""
    return {
        "metric": inquiry.metric.name,
        "area": inquiry.area,
        "from": inquiry.span and inquiry.span[0],
        "to": inquiry.span and inquiry.span[1],
        "by": list(inquiry.by),
        "where": [f"{each.dimension}:{value}" for each in inquiry.where for value in each.values],
        "compare": list(inquiry.compare),
    }


def named(words: tuple[str, str]) -> Row:
    """Return names in both languages under their keys."""
    return {"name_zh": words[0], "name_en": words[1]}


def _compared(asked: Asked, inquiry: Inquiry, members: Members, word: str) -> Row | None:
    if word == "target":
        return {"value": inquiry.metric.target}
    span = inquiry.compared(word)
    if span is None:
        return None
    total, rows = measured(asked, inquiry.over(span), members)
    return {"span": span, "total": total, "rows": rows[:MOST_ROWS]}


def _row(row: Row, by: tuple[str, ...], members: Members) -> Row:
    key = {name: row[name] for name in by}
    return {"key": key, **named(members.words(by[-1], row[by[-1]])), **{name: row[name] for name in MEASURES}}
