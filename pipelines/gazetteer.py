"""All names of a city with their places, as they are searched for: Chinese, pinyin, initials, English."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Protocol

HAN = re.compile(r"[㐀-鿿]+")


class Named(Protocol):
    """Anything with a name and a place."""

    id: str
    name_zh: str
    name_en: str
    lon: float | None
    lat: float | None


def entries(named: Iterable[tuple[str, Any]]) -> list[dict[str, Any]]:
    """Return one entry a place, of pairs of its kind (a level, or the name of a layer) and the place itself."""
    return [entry(kind, place) for kind, place in named]


def entry(kind: str, place: Named) -> dict[str, Any]:
    """Return the names of one place and how they are typed."""
    full, initials = spelled(place.name_zh)
    return {
        "id": place.id,
        "kind": kind,
        "name_zh": place.name_zh,
        "name_en": place.name_en,
        "lon": place.lon,
        "lat": place.lat,
        "pinyin": full,
        "initials": initials,
    }


def spelled(name: str) -> tuple[str, str]:
    """Return a Chinese name as pinyin without spaces, and its first letters; other characters stand for themselves."""
    if not HAN.search(name):
        return "", ""
    # the dictionary takes a moment to load, and no city without Chinese names needs it
    from pypinyin import lazy_pinyin

    parts = [part.lower() for part in lazy_pinyin(name)]
    whole = "".join(parts)
    first = "".join(part if part.isdigit() else part[:1] for part in parts)
    return whole, first
