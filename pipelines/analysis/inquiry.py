"""A question that was understood: a metric that exists, its span, what it is cut by, kept to and compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ..contract.asking import Asking
from ..errors import QueryError
from ..metrics import usual
from ..metrics.compile import Question, Span, question
from ..metrics.definition import AnyMetric, Count, find, nearest
from ..metrics.dimension import dimensions
from ..metrics.filter import Filter, filters
from .spans import back, shifted

COMPARED = ("previous", "year", "target")
USUAL_COURSE = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question over an area as of a moment."""

    metric: AnyMetric
    area: str
    span: Span | None
    by: tuple[str, ...]
    where: tuple[Filter, ...]
    compare: tuple[str, ...]
    now: datetime
    zone: ZoneInfo
    simulated: bool

    @classmethod
    def read(cls, asking: Asking, now: datetime, zone: ZoneInfo, *, simulated: bool, course: bool = False) -> Inquiry:
        """Understand a question; raise `QueryError` naming the word that is wrong and the nearest right one."""
        metric = find(asking.metric)
        for word in asking.compare:
            if word not in COMPARED:
                raise QueryError(f"compare {word!r} is not known; {nearest(word, dict.fromkeys(COMPARED))}")
        by = tuple(each.name for each in dimensions(asking.by))
        span = _course(metric, asking, now, zone) if course else _span(metric, asking, now, zone)
        return cls(metric, asking.area, span, by, filters(asking.where), asking.compare, now, zone, simulated)

    @property
    def place(self) -> dict[str, Any]:
        """Return the values of the parameters that every question has."""
        return {"area": self.area, "now": self.now, "simulated": self.simulated}

    def compiled(self) -> Question:
        """Return the SQL of the answer."""
        return question(self.metric, self.by, period=self.span, where=self.where, whole=True)

    def over(self, span: Span | None, by: Sequence[str] | None = None) -> Inquiry:
        """Return the same question over another span."""
        return replace(self, span=span, by=self.by if by is None else tuple(by))

    def compared(self, word: str) -> Span | None:
        """Return the span of a comparison; none for what is as of now."""
        return shifted(self.span, back(self.span, word, self.zone)) if self.span else None


def _span(metric: AnyMetric, asking: Asking, now: datetime, zone: ZoneInfo) -> Span | None:
    start, end = asking.start, asking.end
    if start is None and end is None:
        return usual.span(metric, now, zone)
    if metric.period is None:
        raise QueryError(f"metric {metric.name!r} is as of now and has no period; leave `from` and `to` out")
    return _given(start, end, zone)


def _course(metric: AnyMetric, asking: Asking, now: datetime, zone: ZoneInfo) -> Span | None:
    """Return the span of a course: a stock has one too, up to now."""
    if metric.period is not None:
        return _span(metric, asking, now, zone)
    if not (isinstance(metric, Count) and metric.stock):
        raise QueryError(f"metric {metric.name!r} is as of now, and what it was is not known; ask for its answer")
    if asking.start is None and asking.end is None:
        return now.astimezone(zone) - USUAL_COURSE, now.astimezone(zone)
    start, end = _given(asking.start, asking.end, zone)
    return start, max(min(end, now.astimezone(zone)), start + timedelta(microseconds=1))


def _given(start: datetime | None, end: datetime | None, zone: ZoneInfo) -> Span:
    if start is None or end is None or start.tzinfo is None or end.tzinfo is None:
        raise QueryError("a period needs both `from` and `to`, each with its offset: 2026-11-01T00:00:00+08:00")
    if start >= end:
        raise QueryError(f"`from` {start.isoformat()} is not before `to` {end.isoformat()}; exchange them")
    return start.astimezone(zone), end.astimezone(zone)
