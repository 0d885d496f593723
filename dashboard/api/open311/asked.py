"""The query of a list of requests, as a filter."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pipelines.config.open311 import Open311
from pipelines.contract.civic import Wanted

from . import moments
from .refusal import RequestRefused

Query = Mapping[str, str]
USUAL_PAGE: Final = 50
MOST_PAGES: Final = 100_000
MOST_METRES: Final = 50_000.0
STATUSES: Final = {"open": True, "closed": False}


@dataclass(frozen=True, slots=True)
class Page:
    """Which page was asked for, and how large it is."""

    number: int
    size: int


def wanted(query: Query, rules: Open311, now: datetime) -> tuple[Wanted, Page]:
    """Read a query; raise `RequestRefused` naming what is wrong with it."""
    page = _page(query, rules)
    if ids := _listed(query, "service_request_id"):
        return Wanted(ids=ids[: rules.most_rows], count=page.size, skip=(page.number - 1) * page.size), page
    start, end = _span(query, rules, now)
    return Wanted(
        services=_listed(query, "service_code"), is_open=_status(query), start=start, end=end,
        updated_after=_moment(query, "updated_after"), updated_before=_moment(query, "updated_before"),
        near=_near(query), as_of=_whole(query, "as_of", 0, 2**62) if query.get("as_of") else None,
        skip=(page.number - 1) * page.size, count=page.size,
    ), page  # fmt: skip


def extended(query: Query) -> bool:
    """Tell whether more than the standard's fields are asked for."""
    return query.get("extensions", "").lower() == "true"


def _span(query: Query, rules: Open311, now: datetime) -> tuple[datetime, datetime]:
    """Return from when to when: whichever end is not given lies as far off as a span may be long."""
    longest = timedelta(days=rules.most_days)
    start, end = _moment(query, "start_date"), _moment(query, "end_date")
    if start is None:
        end = end or now
        start = end - longest
    end = end or start + longest
    if end < start:
        raise RequestRefused(400, "end_date lies before start_date")
    if end - start > longest:
        raise RequestRefused(400, f"start_date and end_date are more than {rules.most_days} days apart; ask in parts")
    return start, end


def _page(query: Query, rules: Open311) -> Page:
    if "page" not in query and "page_size" not in query:
        return Page(1, rules.most_rows)
    usual = min(USUAL_PAGE, rules.most_rows)
    size = _whole(query, "page_size", 1, rules.most_rows) if "page_size" in query else usual
    return Page(_whole(query, "page", 1, MOST_PAGES) if "page" in query else 1, size)


def _status(query: Query) -> bool | None:
    asked = {word.lower() for word in _listed(query, "status")}
    if unknown := asked - STATUSES.keys():
        raise RequestRefused(400, f"status {sorted(unknown)[0][:40]!r} is neither open nor closed")
    return STATUSES[asked.pop()] if len(asked) == 1 else None


def _near(query: Query) -> tuple[float, float, float] | None:
    names = [name for name in ("long", "lat", "radius") if query.get(name)]
    if not names:
        return None
    if not extended(query):
        raise RequestRefused(400, f"{names[0]} is an extension: ask with extensions=true")
    if len(names) < 3:
        raise RequestRefused(400, "lat, long and radius (metres) belong together")
    lon, lat, metres = _number(query, "long", 180), _number(query, "lat", 90), _number(query, "radius", MOST_METRES)
    if metres <= 0:
        raise RequestRefused(400, "radius is in metres, more than 0")
    return lon, lat, metres


def _listed(query: Query, name: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in query.get(name, "").split(",") if word.strip())


def _moment(query: Query, name: str) -> datetime | None:
    return moments.heard(name, query[name]) if query.get(name) else None


def _whole(query: Query, name: str, least: int, most: int) -> int:
    words = query[name].strip()
    if not (words.isascii() and words.isdigit() and len(words) < 20 and least <= int(words) <= most):
        raise RequestRefused(400, f"{name} {words[:40]!r} is no whole number from {least} to {most}")
    return int(words)


def _number(query: Query, name: str, most: float) -> float:
    try:
        value = float(query[name])
    except ValueError:
        value = math.nan
    if not abs(value) <= most:
        raise RequestRefused(400, f"{name} {query[name][:40]!r} is no number up to {most:g}")
    return value
