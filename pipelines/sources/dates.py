"""Written dates to moments in UTC: as SQL where each value is read, as arrays where the zone comes in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

Micros = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

DAY = 86_400_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_OFFSET = r"(:\d{2}(?:\.\d+)?)\s*(?:Z|z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)$"
_UNITS = {"epoch_s": "1e6", "epoch_ms": "1e3", "epoch_us": "1", "epoch_days": "864e8"}


def expressions(text: str, formats: Sequence[str], *, ignore_offset: bool) -> tuple[str, str]:
    """Return SQL for the microseconds of a local time and of a moment in UTC; the first format that fits fills one."""
    value = f"regexp_replace({text}, '{_OFFSET}', '\\1')" if ignore_offset else text
    candidates = [part for name in formats for part in _candidates(value, name, ignore_offset)]
    return _first(candidates, local=True), _first(candidates, local=False)


def _first(candidates: list[tuple[bool, str]], *, local: bool) -> str:
    mine = [sql for kind, sql in candidates if kind is local]
    if not mine:
        return "null::bigint"
    if len(mine) == len(candidates):
        return f"coalesce({', '.join(mine)}, null)"
    branches = " ".join(f"when {sql} is not null then {sql if kind is local else 'null'}" for kind, sql in candidates)
    return f"case {branches} end"


def _candidates(value: str, name: str, ignore_offset: bool) -> list[tuple[bool, str]]:
    """Return what one format may give: (is it local?, SQL for microseconds)."""
    number = f"try_cast({value} as double)"
    if name in _UNITS:
        return [(False, f"try_cast(round({number} * {_UNITS[name]}) as bigint)")]
    if name == "excel":
        inside = f"{number} between 1 and 2958465"
        return [(True, f"case when {inside} then (round(({number} - 25569) * 864e5) * 1000)::bigint end")]
    if name == "iso":
        written = f"regexp_matches({value}, '^\\d{{4}}-\\d')"
        offset = f"regexp_matches({value}, '{_OFFSET}')"
        return [
            (False, f"case when {written} and {offset} then epoch_us(try_cast({value} as timestamptz)) end"),
            (True, f"case when {written} and not {offset} then epoch_us(try_cast({value} as timestamp)) end"),
        ]
    return _pattern(value, name, ignore_offset)


def _pattern(value: str, name: str, ignore_offset: bool) -> list[tuple[bool, str]]:
    pattern = name.removesuffix("Z") + "%z" if name.endswith("SZ") else name
    if ignore_offset:
        pattern = pattern.replace("%z", "").replace("%Z", "").rstrip()
    zoned = "%z" in pattern or "%Z" in pattern
    if zoned:
        value = f"regexp_replace({value}, '[Zz]$', '+00:00')"
    quoted = pattern.replace("'", "''")
    found = [(not zoned, f"epoch_us(try_strptime({value}, '{quoted}'))")]
    if "%p" in pattern:
        halves = {"上午": "AM", "下午": "PM", "a.m.": "AM", "p.m.": "PM"}
        spelt = value
        for word, half in halves.items():
            spelt = f"replace({spelt}, '{word}', '{half}')"
        found.append((not zoned, f"epoch_us(try_strptime({spelt}, '{quoted}'))"))
    return found


@dataclass(frozen=True, slots=True)
class Moments:
    """Moments in UTC microseconds, where they are known, and which local times were odd."""

    micros: Micros
    known: Mask
    ambiguous: Mask
    nonexistent: Mask
    sentinel: Mask


def to_utc(local: Micros, is_local: Mask, utc: Micros, is_utc: Mask, zone: ZoneInfo) -> Moments:
    """Bring local times to UTC: a repeated one is the first, a skipped one becomes the first moment after."""
    micros = np.where(is_utc, utc, 0)
    ambiguous = np.zeros(len(local), dtype=bool)
    nonexistent = np.zeros(len(local), dtype=bool)
    place = np.flatnonzero(is_local)
    if len(place):
        offsets, odd = _offsets(local[place], zone)
        micros[place] = local[place] - offsets
        ambiguous[place], nonexistent[place] = odd == 1, odd == 2
    return Moments(micros, is_local | is_utc, ambiguous, nonexistent, np.zeros(len(local), dtype=bool))


def _offsets(local: Micros, zone: ZoneInfo) -> tuple[Micros, npt.NDArray[np.int8]]:
    """Return the offset of each local time, and whether it came twice (1) or never (2)."""
    days, inverse = np.unique(np.floor_divide(local, DAY), return_inverse=True)
    first = np.array([_offset(int(day) * DAY, zone, fold=0) for day in days], dtype=np.int64)
    last = np.array([_offset((int(day) + 1) * DAY, zone, fold=1) for day in days], dtype=np.int64)
    offsets = first[inverse]
    odd = np.zeros(len(local), dtype=np.int8)
    for place in np.flatnonzero((first != last)[inverse]):
        offsets[place], odd[place] = _exact(int(local[place]), zone)
    return offsets, odd


def _exact(local: int, zone: ZoneInfo) -> tuple[int, int]:
    """Treat a time of a day on which the clocks change."""
    before, after = _offset(local, zone, fold=0), _offset(local, zone, fold=1)
    if before == after:
        return before, 0
    if before > after:
        return before, 1
    start, end = local - (after - before), local
    while end - start > 1:
        middle = (start + end) // 2
        start, end = (
            (middle, end) if _offset(middle, zone, fold=0) == _offset(middle, zone, fold=1) else (start, middle)
        )
    return local - end + before, 2


def _offset(local: int, zone: ZoneInfo, *, fold: int) -> int:
    """Return the zone's distance from UTC at a local time, in microseconds."""
    try:
        moment = (_EPOCH + timedelta(microseconds=local)).replace(tzinfo=None, fold=fold)
    except OverflowError:
        return 0
    offset = moment.replace(tzinfo=zone).utcoffset()
    return 0 if offset is None else offset // timedelta(microseconds=1)


def micros_of(text: str) -> int:
    """Return the microseconds of a written local day or moment."""
    return (datetime.fromisoformat(text).replace(tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1)
