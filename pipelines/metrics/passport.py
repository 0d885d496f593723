"""The passport of a number: what it is, what it counted, what it left out, and the SQL that gave it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from .compile import Question, Span, counts, question
from .definition import AnyMetric, find
from .filter import Filter

PERIODS = {
    "reported_at": ("按上报时间", "by report time"),
    "dispatched_at": ("按首次派遣时间", "by first dispatch"),
    "checked_at": ("按最近核查时间", "by last check"),
    "closed_at": ("按结案时间", "by close time"),
    "rated_at": ("按评价时间", "by rating time"),
    "deadline_at": ("按原定截止时间", "by original deadline"),
    "matured_at": ("按结案满 30 天", "by the end of 30 days after closing"),
    "due_at": ("按现行截止时间", "by deadline as it stands"),
    "happened_at": ("按行为时间", "by time of the act"),
    None: ("此刻", "as of now"),
}
EXERCISE = ("演练", "exercise")


class Asked(Protocol):
    """Whoever answers SQL: the warehouse."""

    def records(self, sql: str, **parameters: Any) -> list[dict[str, Any]]:  # noqa: ANN401
        """Answer one select, a dictionary a row."""
        ...


@dataclass(frozen=True, slots=True)
class Part:
    """Rows behind a number, by name; ``rows`` of `compile` lists them."""

    name: str
    name_zh: str
    name_en: str
    rows: int


@dataclass(frozen=True, slots=True)
class Passport:
    """Everything that a reader needs to trust a number, or to contest it."""

    metric: AnyMetric
    area: str
    span: Span | None
    as_of: datetime
    simulated: bool
    period_zh: str
    period_en: str
    value: float | None
    n: int
    low: float | None
    high: float | None
    rankable: bool
    parts: tuple[Part, ...]
    exclusions: tuple[Part, ...]
    sql: str


def passport(
    asked: Asked,
    metric: str | AnyMetric,
    *,
    area: str,
    now: datetime,
    simulated: bool,
    period: Span | None = None,
    where: Sequence[Filter] = (),
) -> Passport:
    """Answer a metric over an area and show how."""
    chosen = find(metric) if isinstance(metric, str) else metric
    asking = question(chosen, period=period, where=where)
    place: dict[str, Any] = {"area": area, "now": now, "simulated": simulated}
    (answer,) = _rows(asked, asking, place)
    behind = {row["part"]: row["rows"] for row in _rows(asked, counts(chosen, period=period, where=where), place)}
    period_zh, period_en = PERIODS[chosen.period]
    left_out = {"exercise": EXERCISE} | {name: (e.name_zh, e.name_en) for name, e in chosen.exclusions.items()}
    return Passport(
        metric=chosen,
        area=area,
        span=period,
        as_of=now,
        simulated=simulated,
        period_zh=period_zh,
        period_en=period_en,
        **{key: answer[key] for key in ("value", "n", "low", "high", "rankable")},
        parts=tuple(Part(name, *_words(name), rows) for name, rows in behind.items() if name not in left_out),
        exclusions=tuple(Part(name, *words, behind[name]) for name, words in left_out.items()),
        sql=asking.sql,
    )


def _words(part: str) -> tuple[str, str]:
    return {"numerator": ("分子", "numerator"), "denominator": ("分母", "denominator")}.get(part, (part, part))


def _rows(asked: Asked, asking: Question, place: dict[str, Any]) -> list[dict[str, Any]]:
    return asked.records(asking.sql, **asking.parameters(**place))
