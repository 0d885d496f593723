"""How a metric went: a series a group, a point an hour, day or week; and how it went in the spans compared with."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..errors import QueryError
from ..metrics.compile import Question, Span
from ..metrics.course import course, stock_course
from ..metrics.definition import AnyMetric, Count
from ..metrics.passport import Asked
from .answers import named, plain
from .axis import Axis
from .inquiry import Inquiry
from .members import Members
from .spans import Shift, back, shifted

MOST_SERIES = 60
VALUES = ("value", "numerator", "denominator", "n")
NOTHING = {"value": None, "numerator": 0, "denominator": 0, "n": 0}
NOBODY = {"value": 0.0, "numerator": 0, "denominator": None, "n": 0}
COUNTED = ("count", "distinct")
Key = tuple[Any, ...]
Bins = dict[int, dict[str, Any]]
Row = dict[str, Any]


def trend(asked: Asked, inquiry: Inquiry, members: Members, step: str, window: int | None) -> Row:
    """Return the course of a metric over its span, and over those it is compared with."""
    span, stock = inquiry.span, _stock(inquiry.metric)
    if span is None:
        raise QueryError(f"metric {inquiry.metric.name!r} has no course without a period; give `from` and `to`")
    axis = Axis.of(span, step, None if stock else window, inquiry.zone)
    groups = _groups(asked, inquiry, axis)
    keys = sorted(groups, key=lambda key: -_size(groups[key]))[:MOST_SERIES]
    words = [word for word in inquiry.compare if word != "target"]
    return {
        "question": plain(inquiry),
        "step": step,
        "window": None if stock else window,
        "span": span,
        "as_of": inquiry.now.astimezone(inquiry.zone),
        "series": [_series(inquiry, members, key, _points(inquiry, groups[key], axis)) for key in keys],
        "compare": {word: _before(asked, inquiry, members, axis, keys, word) for word in words},
        "target": inquiry.metric.target,
        "truncated": len(groups) > len(keys),
    }


def _groups(asked: Asked, inquiry: Inquiry, axis: Axis) -> dict[Key, Bins]:
    """Return the measured bins of every group; one group at least where nothing is cut."""
    question = _asked(inquiry, axis)
    groups: dict[Key, Bins] = {} if inquiry.by else {(): {}}
    for row in asked.records(question.sql, **question.parameters(**inquiry.place)):
        groups.setdefault(tuple(row[name] for name in inquiry.by), {})[row["bin"]] = row
    return groups


def _asked(inquiry: Inquiry, axis: Axis) -> Question:
    metric, by, where = inquiry.metric, inquiry.by, inquiry.where
    if stock := _stock(metric):
        return stock_course(stock, by, period=axis.span, where=where, moments=axis.ends())
    return course(metric, by, period=axis.counted, where=where, bin_=axis.bin, window=axis.window, origin=axis.origin)


def _stock(metric: AnyMetric) -> Count | None:
    return metric if isinstance(metric, Count) and metric.stock else None


def _before(asked: Asked, inquiry: Inquiry, members: Members, axis: Axis, keys: list[Key], word: str) -> Row:
    shift = back(axis.span, word, inquiry.zone)
    span: Span = shifted(axis.span, shift)
    then = replace(axis, span=span)
    groups = _groups(asked, inquiry, then)
    points = {key: _points(inquiry, groups.get(key, {}), axis, then, shift) for key in keys}
    return {"span": span, "series": [_series(inquiry, members, key, points[key]) for key in keys]}


def _points(
    inquiry: Inquiry, bins: Bins, axis: Axis, then: Axis | None = None, shift: Shift | None = None
) -> list[Row]:
    """Return a value for every point of the axis, of the bin that is compared with it if there is a shift."""
    nothing = NOBODY if inquiry.metric.kind in COUNTED else NOTHING
    points = []
    for number in axis.shown():
        row, own = {"at": axis.label(number)}, number
        if then and shift:
            moment = shift(axis.at(number))
            row["of"], own = then.floor(moment), then.number(moment)
        found = bins.get(own, nothing)
        points.append(row | {name: found[name] for name in VALUES})
    return points


def _series(inquiry: Inquiry, members: Members, key: Key, points: list[Row]) -> Row:
    by = inquiry.by
    words = members.words(by[-1], key[-1]) if by else members.area(inquiry.area)
    return {"key": dict(zip(by, key, strict=True)), **named(words), "points": points}


def _size(bins: Bins) -> int:
    return sum(row["n"] for row in bins.values())
