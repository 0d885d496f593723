"""Moments as the standard writes them: W3C, with their offset."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from .refusal import RequestRefused

YEARS = range(1970, 2200)


def told(moment: datetime | None, zone: ZoneInfo) -> str | None:
    """Write a moment with the city's offset, to the second."""
    return moment.astimezone(zone).isoformat(timespec="seconds") if moment else None


def heard(name: str, words: str) -> datetime:
    """Read a moment with its offset; raise `RequestRefused` where it is none."""
    # a plus sign that was not escaped arrives as a space
    mended = re.sub(r" (\d\d:?\d\d)$", r"+\1", words.strip())
    try:
        moment = datetime.fromisoformat(mended)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or moment.year not in YEARS:
        raise RequestRefused(400, f"{name} {words[:40]!r} is no W3C moment with its offset: 2026-11-20T14:32:05+08:00")
    return moment
