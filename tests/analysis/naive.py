"""Metrics counted the plain way, case by case in Python: what any answer must equal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from tests.metrics.small_city import NOW, TREE

ZONE = ZoneInfo("Asia/Shanghai")
PARENTS = {"CG01": "CG", "CG0101": "CG01"}
Case = dict[str, Any]
Test = Callable[[Case], Any]


def deadline(c: Case) -> datetime:
    moved = c["extensions"] or c["reopens"]
    return min(c["due_at"], c["original_due_at"]) if moved else c["due_at"]


def before(a: datetime | None, b: datetime | None) -> bool:
    return a is not None and b is not None and a <= b


DROPPED = {"rejected", "merged", "void"}
STOPPED = {"suspended", "waiting_reporter"}
CLOSED = {"closed", "evaluated", "archived", "reopen_requested"}


def dropped(c: Case) -> bool:
    return c["state"] in DROPPED


def stopped(c: Case) -> bool:
    return c["state"] in STOPPED


def closed(c: Case) -> bool:
    return c["state"] in CLOSED


def untimed(c: Case) -> bool:
    return closed(c) and not c.get("closed_at")


def filed(c: Case) -> bool:
    steps = ("rated_at", "evaluated_at", "handled_at", "dispatched_at", "signed_at", "filed_at")
    return closed(c) or any(c.get(step) for step in steps)


def done_at(c: Case) -> datetime | None:
    return c.get("handled_at") or c.get("closed_at") if c["state"] == "handled" or closed(c) else None


def hours(c: Case) -> float:
    return float((c["closed_at"] - c["reported_at"]) / timedelta(hours=1))


def due_closed(c: Case) -> bool:
    return not (dropped(c) or stopped(c)) and (closed(c) or deadline(c) < NOW)


@dataclass(frozen=True)
class Plain:
    kind: str
    at: Callable[[Case], datetime | None] | None
    counts: Test = lambda _c: True
    good: Test = lambda _c: True
    out_of: Test = lambda _c: True
    share: float = 0.5


METRICS: dict[str, Plain] = {
    "reported": Plain("count", lambda c: c["reported_at"]),
    "open_cases": Plain("count", None, lambda c: c["is_open"]),
    "overdue_cases": Plain("count", None, lambda c: c["is_open"] and c["due_at"] < NOW and not stopped(c)),
    "filing_rate": Plain("ratio", lambda c: c["reported_at"], lambda c: c["state"] not in ("merged", "void"), filed),
    "closure_rate": Plain("ratio", deadline, due_closed, closed),
    "on_time_closure_rate": Plain(
        "ratio", deadline, lambda c: due_closed(c) and not untimed(c), lambda c: before(c.get("closed_at"), deadline(c))
    ),
    "on_time_closure_rate_extended": Plain(
        "ratio",
        lambda c: c["due_at"],
        lambda c: not (dropped(c) or stopped(c) or untimed(c)) and (closed(c) or c["due_at"] < NOW),
        lambda c: before(c.get("closed_at"), c["due_at"]),
    ),
    "on_time_handling_rate": Plain(
        "ratio",
        deadline,
        lambda c: not (dropped(c) or stopped(c)) and (done_at(c) or deadline(c) < NOW),
        lambda c: before(done_at(c), deadline(c)),
    ),
    "rework_rate": Plain(
        "ratio",
        lambda c: c["reported_at"],
        lambda c: filed(c) and not dropped(c),
        lambda c: c["checks"] > c["checks_passed"] or c["reopens"] > 0,
    ),
    "check_pass_rate": Plain(
        "ratio", lambda c: c.get("checked_at"), good=lambda c: c["checks_passed"], out_of=lambda c: c["checks"]
    ),
    "satisfaction_rate": Plain(
        "ratio", lambda c: c.get("rated_at"), lambda c: c.get("rating"), lambda c: c["rating"] >= 4
    ),
    "response_rate": Plain(
        "ratio",
        lambda c: c.get("closed_at"),
        lambda c: c.get("rated_at") or c["closed_at"] <= NOW - timedelta(days=7),
        lambda c: c.get("rated_at"),
    ),
    "mean_handling_time": Plain("mean", lambda c: c.get("closed_at")),
    "median_handling_time": Plain("quantile", lambda c: c.get("closed_at")),
    "p90_handling_time": Plain("quantile", lambda c: c.get("closed_at"), share=0.9),
}


def level(name: str) -> Callable[[Case, datetime], Any]:
    return lambda c, _at: next((a.id for a in TREE.path(c["area_id"]) if a.level == name), None)


DIMENSIONS: dict[str, Callable[[Case, datetime], Any]] = {
    **{name: level(name) for name in ("city", "county", "township", "village", "grid")},
    "category": lambda c, _at: c["category"],
    "category_group": lambda c, _at: c.get("category_group") or PARENTS.get(c["category"]),
    "unit": lambda c, _at: c["unit_id"],
    "channel": lambda c, _at: c["channel"],
    "priority": lambda c, _at: c["priority"],
    "hour": lambda _c, at: at.astimezone(ZONE).hour,
    "weekday": lambda _c, at: at.astimezone(ZONE).isoweekday(),
    "local_day": lambda _c, at: at.astimezone(ZONE).date(),
}


def moment(metric: Plain, c: Case) -> datetime:
    at = metric.at(c) if metric.at else c["reported_at"]
    assert at is not None
    return at


def counted(
    metric: Plain, cases: list[Case], area: str, span: Any, where: dict[str, list[str]] | None = None
) -> list[Case]:
    """Return the cases that count, one by one."""

    def in_time(c: Case) -> bool:
        if metric.at is None or span is None:
            return bool(c["reported_at"] <= NOW)
        at = metric.at(c)
        return at is not None and span[0] <= at < span[1]

    def kept(c: Case) -> bool:
        values = {name: DIMENSIONS[name](c, moment(metric, c)) for name in where or {}}
        texts = {name: "" if value is None else str(value) for name, value in values.items()}
        return all(texts[name] in wanted for name, wanted in (where or {}).items())

    real = [c for c in cases if not c["simulated"] and not c["exercise"]]
    here = [c for c in real if area in {a.id for a in TREE.path(c["area_id"])}]
    return [c for c in here if in_time(c) and metric.counts(c) and kept(c)]


def value(metric: Plain, rows: list[Case]) -> tuple[float | None, int]:
    """Return the value of some cases that count, and n."""
    if metric.kind == "count":
        return len(rows), len(rows)
    if metric.kind == "ratio":
        good, out_of = (sum(int(bool(x) if isinstance(x, bool) or not isinstance(x, int) else x) for x in part)
                        for part in ([metric.good(c) for c in rows], [metric.out_of(c) for c in rows]))  # fmt: skip
        return (100 * good / out_of if out_of else None), out_of
    taken = [hours(c) for c in rows]
    if not taken:
        return None, 0
    return float(np.mean(taken) if metric.kind == "mean" else np.quantile(taken, metric.share)), len(taken)


def cut(metric: Plain, rows: list[Case], by: list[str]) -> dict[tuple[Any, ...], list[Case]]:
    """Put the cases that count into groups."""
    groups: dict[tuple[Any, ...], list[Case]] = defaultdict(list)
    for c in rows:
        groups[tuple(DIMENSIONS[name](c, moment(metric, c)) for name in by)].append(c)
    return groups


def wilson(good: float, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a share, from the textbook."""
    z, p = 1.959963985, good / n
    middle, half = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)
