"""What can be odd about a case's dates and place, and what is done about it."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ..config.mapping import Dates, Mapping
from . import crs
from .dates import DAY, Mask, Micros, Moments, micros_of, to_utc
from .issues import Reason
from .work import Work, truth, valid

Numbers = npt.NDArray[np.float64]
_SECOND = 1_000_000
GEOGRAPHIC = (crs.WGS84, "EPSG:4490", "GCJ-02", "BD-09")
_SAME_PLACE = 1e-6
_ORIGIN = 1e-9


def moments(work: Work, key: str, rules: Dates, zone: ZoneInfo) -> Moments:
    """Return a date field's moments; what means nothing or cannot be is left out and noted."""
    local, utc = (work.text(f"{key}_{kind}") for kind in ("local", "utc"))
    found = to_utc(_numbers(local), valid(local), _numbers(utc), valid(utc), zone)
    written = np.where(valid(local), _numbers(local), _numbers(utc))
    sentinel = found.known & _sentinel(written, rules)
    beyond = found.known & ~sentinel
    beyond &= (written < micros_of(rules.earliest)) | (written >= micros_of(rules.latest))
    note = work.reject if key == "reported" else work.mark
    note(work.has(key) & ~found.known, Reason.UNPARSEABLE_DATE, key)
    note(sentinel, Reason.SENTINEL_DATE, key)
    note(beyond, Reason.DATE_OUT_OF_RANGE, key)
    return replace(found, known=found.known & ~sentinel & ~beyond, sentinel=sentinel)


def _numbers(column: pa.Array) -> Micros:
    values: Micros = pc.fill_null(column, 0).to_numpy()
    return values


def _sentinel(written: Micros, rules: Dates) -> Mask:
    mask = np.zeros(len(written), dtype=bool)
    for text in rules.sentinels:
        start = micros_of(text)
        mask |= (written >= start) & (written < start + (DAY if len(text) == len("1900-01-01") else _SECOND))
    return mask


def clock_changes(work: Work, key: str, found: Moments) -> None:
    """Note the local times that came twice or never."""
    work.mark(found.ambiguous & found.known, Reason.AMBIGUOUS_LOCAL_TIME, key)
    work.mark(found.nonexistent & found.known, Reason.NONEXISTENT_LOCAL_TIME, key)


def due(work: Work, reported: Moments, found: Moments) -> Moments:
    """Leave out deadlines from before the report."""
    early = found.known & (found.micros < reported.micros)
    work.mark(early, Reason.DUE_BEFORE_REPORTED, "due")
    return replace(found, known=found.known & ~early)


def closing(work: Work, reported: Moments, found: Moments, mapping: Mapping, *, mapped: bool) -> tuple[Mask, Moments]:
    """Tell which cases are closed, and when; the state's word counts, not the close time."""
    written = work.has("closed") & ~found.sentinel
    closed = written
    if mapping.closed_states:
        words = pa.array([state.casefold() for state in mapping.closed_states])
        status = work.text("status")
        closed = np.where(valid(status), truth(pc.is_in(pc.utf8_lower(status), words)), written)
    early = found.known & (found.micros < reported.micros)
    work.mark(early, Reason.CLOSED_BEFORE_REPORTED, "closed")
    known = found.known & ~early
    work.mark(known & ~closed, Reason.CLOSE_TIME_WHILE_OPEN, "closed")
    if mapped:
        work.mark(closed & ~work.has("closed"), Reason.CLOSED_WITHOUT_TIME, "status")
    return closed, replace(found, known=known)


def points(work: Work, mapping: Mapping) -> tuple[pa.Array, pa.Array]:
    """Return WGS84 points; those that are none are left out and noted."""
    x, y = (_floats(work.text(axis)) for axis in ("x", "y"))
    there = np.isfinite(x) & np.isfinite(y)
    work.mark(work.has("point") & ~there, Reason.UNPARSEABLE_POINT, "point")
    sentinel = np.zeros(len(x), dtype=bool)
    for east, north in mapping.sentinel_points:
        sentinel |= there & (np.abs(x - east) < _SAME_PLACE) & (np.abs(y - north) < _SAME_PLACE)
    work.mark(sentinel, Reason.SENTINEL_POINT, "point")
    origin = there & ~sentinel & (np.abs(x) < _ORIGIN) & (np.abs(y) < _ORIGIN)
    work.mark(origin, Reason.NULL_ISLAND, "point")
    there &= ~sentinel & ~origin
    if mapping.crs in GEOGRAPHIC:
        turned = there & (np.abs(y) > 90) & (np.abs(y) <= 180) & (np.abs(x) <= 90)
        work.mark(turned, Reason.SWAPPED_POINT, "point")
        x, y = np.where(turned, y, x), np.where(turned, x, y)
    lon, lat = np.zeros(len(x)), np.zeros(len(x))
    lon[there], lat[there] = crs.to_wgs84(x[there], y[there], mapping.crs)
    on_earth = (np.abs(lon) <= 180) & (np.abs(lat) <= 90)
    work.mark(there & ~on_earth, Reason.OUT_OF_RANGE_POINT, "point")
    there &= on_earth
    return pa.array(lon, mask=~there), pa.array(lat, mask=~there)


def _floats(column: pa.Array) -> Numbers:
    values: Numbers = pc.fill_null(column.cast(pa.float64()), float("nan")).to_numpy()
    return values
