"""The working calendar: which days and hours of a city count as working time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any, Final
from zoneinfo import ZoneInfo

from ..errors import ConfigError

Span = tuple[time, time]
DAY: Final = timedelta(days=1)
WEEKEND: Final = 5
KEYS: Final = ("version", "years")
LISTS: Final = ("off", "work")


@dataclass(frozen=True)
class WorkingCalendar:
    """Working days and hours in one time zone; a year without data is computed: Monday to Friday."""

    zone: ZoneInfo
    spans: tuple[Span, ...]
    off: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()
    version: str = "computed"

    @classmethod
    def of(cls, data: Mapping[str, Any], zone: ZoneInfo, work_hours: Iterable[str]) -> WorkingCalendar:
        """Build it from data already read, hours such as ``08:30-12:00``; raise `ConfigError` naming what is wrong."""
        _only(KEYS, data, "the calendar")
        off: set[date] = set()
        work: set[date] = set()
        for year, days in _mapping(data.get("years"), "years").items():
            lists = _mapping(days, f"years.{year}")
            _only(LISTS, lists, f"years.{year}")
            off |= _days(lists.get("off"), year, "off")
            work |= _days(lists.get("work"), year, "work")
        if both := sorted(off & work):
            raise ConfigError(f"calendar: {both[0]} stands under both off and work; keep it in one of them")
        return cls(zone, _spans(work_hours), frozenset(off), frozenset(work), str(data.get("version", "computed")))

    def is_working(self, day: date) -> bool:
        """Tell whether people work on a local day."""
        return day in self.work or (day not in self.off and day.weekday() < WEEKEND)

    def hours(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """Yield the working spans of a local day as UTC begin and end, in order; none on a day off."""
        if not self.is_working(day):
            return
        for span in self.spans:
            # where the clock is turned, what is skipped or told twice is left out: work never lies outside its hours
            begin, end = (self._readings(day, edge) for edge in span)
            if max(begin) < min(end):
                yield max(begin), min(end)

    def after_working_time(self, start: datetime, worked: timedelta) -> datetime:
        """Return the moment (UTC) at which that much working time has passed since ``start``."""
        day, left = self.local(start).date(), worked
        while True:
            for begin, end in self.hours(day):
                begin = max(begin, start)
                if begin + left <= end:
                    return begin + left
                left -= max(end - begin, timedelta())
            day += DAY

    def after_working_days(self, start: datetime, days: int) -> datetime:
        """Return the close of work (UTC) on the n-th working day; the day of ``start`` does not count."""
        day, left = self.local(start).date(), days
        while True:
            day += DAY
            closes = [end for _, end in self.hours(day)]
            left -= bool(closes)
            if not left:
                return closes[-1]

    def after_natural_days(self, start: datetime, days: int) -> datetime:
        """Return the same local time of day, so many days later, in UTC; a time the clock skips moves past the gap."""
        return (self.local(start) + days * DAY).replace(fold=0).astimezone(UTC)

    def local(self, moment: datetime) -> datetime:
        """Return a moment in the city's time zone."""
        return moment.astimezone(self.zone)

    def _readings(self, day: date, at: time) -> list[datetime]:
        return [datetime.combine(day, at.replace(fold=fold), self.zone).astimezone(UTC) for fold in (0, 1)]


def _only(keys: tuple[str, ...], data: Mapping[str, Any], where: str) -> None:
    if unknown := [key for key in data if key not in keys]:
        raise ConfigError(f"calendar: {where} has the key {unknown[0]!r}; it may have {', '.join(keys)}")


def _mapping(value: object, where: str) -> Mapping[Any, Any]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise ConfigError(f"calendar: {where} is {value!r}; expected keys with values")
    return value


def _days(values: object, year: int | str, name: str) -> set[date]:
    where = f"years.{year}.{name}"
    if values is None:
        return set()
    if not isinstance(values, list | tuple):
        raise ConfigError(f"calendar: {where} is {values!r}; expected a list of dates")
    days = {_day(value, where) for value in values}
    if strays := sorted(day for day in days if str(day.year) != str(year)):
        raise ConfigError(f"calendar: {where} has {strays[0]}, which is not in {year}; move it to its own year")
    return days


def _day(value: object, where: str) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ConfigError(f"calendar: {where} has {value!r}; expected a date such as 2026-02-17") from None


def _spans(work_hours: Iterable[str]) -> tuple[Span, ...]:
    spans = tuple(_span(text) for text in work_hours)
    if not spans:
        raise ConfigError("calendar: work_hours is empty; give at least one span such as 08:30-12:00")
    for before, after in pairwise(spans):
        if after[0] < before[1]:
            raise ConfigError(
                f"calendar: work_hours has {after[0]:%H:%M}-{after[1]:%H:%M} before {before[1]:%H:%M}, the end of "
                "the span before it; write the spans in order, none inside another"
            )
    return spans


def _span(text: str) -> Span:
    try:
        begin, end = (time.fromisoformat(part) for part in text.split("-"))
    except ValueError:
        begin = end = time()
    if begin >= end or begin.tzinfo or end.tzinfo:
        raise ConfigError(f"calendar: work_hours has {text!r}; expected a span of one day such as 08:30-12:00")
    return begin, end
