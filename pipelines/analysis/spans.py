"""The spans a question is compared with, in the city's calendar: what a reader would call the period before."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from ..metrics.compile import Span

Shift = Callable[[datetime], datetime]
DAY, WEEK = timedelta(days=1), timedelta(days=7)


def back(span: Span, compare: str, zone: ZoneInfo) -> Shift:
    """Return how a moment of a span moves into the span it is compared with: ``previous`` or ``year``."""
    if compare == "year":
        return _by_months(12, zone)
    start, end = (moment.astimezone(zone).replace(tzinfo=None) for moment in span)
    months, length = _months(start, end), end - start
    if months:
        return _by_months(months, zone)
    if start.time() == time.min and start.weekday() == 0 and DAY < length <= WEEK:
        return _by_days(7, zone)
    if start.time() == time.min or not length % DAY:
        return _by_days(max(1, -(-length // DAY)), zone)
    return lambda moment: moment - (span[1] - span[0])


def shifted(span: Span, shift: Shift) -> Span:
    """Move a span; what would reach into the span itself, as the 31st in a short month does, ends before it."""
    return shift(span[0]), min(shift(span[1]), span[0])


def _months(start: datetime, end: datetime) -> int:
    """Tell how many months a period steps back: whole months by their number, month and year to date by one."""
    if start.day != 1 or start.time() != time.min or end <= start:
        return 0
    apart = 12 * (end.year - start.year) + end.month - start.month
    whole = end.day == 1 and end.time() == time.min
    if start.month == 1 and end.year == start.year and apart > 0:
        return 12
    if whole:
        return apart
    return 1 if apart == 0 and end - start > WEEK else 0


def _by_days(days: int, zone: ZoneInfo) -> Shift:
    def shift(moment: datetime) -> datetime:
        local = moment.astimezone(zone).replace(tzinfo=None)
        return (local - timedelta(days=days)).replace(tzinfo=zone)

    return shift


def _by_months(months: int, zone: ZoneInfo) -> Shift:
    def shift(moment: datetime) -> datetime:
        local = moment.astimezone(zone).replace(tzinfo=None)
        year, month = divmod(12 * local.year + local.month - 1 - months, 12)
        day = min(local.day, monthrange(year, month + 1)[1])
        return local.replace(year=year, month=month + 1, day=day, tzinfo=zone)

    return shift
