"""The period a metric is usually shown over, where nobody asks for another: as the headline shows it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from .compile import Span
from .definition import AnyMetric

TODAY = {"reported_at"}
WEEK = {"closed_at"}
MONTH = timedelta(days=30)


def span(metric: AnyMetric, now: datetime, zone: ZoneInfo) -> Span | None:
    """Return the local day for volume, 7 days for throughput, 30 days for rates, None for what is as of now."""
    if metric.period is None:
        return None
    if metric.period in TODAY and metric.kind == "count":
        return now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0), now
    return now - (timedelta(days=7) if metric.period in WEEK else MONTH), now
