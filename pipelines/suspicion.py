"""Points that lie outside the city, but inside if they had been written another way."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from .places import AreaIndex, Mask, Numbers
from .sources.crs import to_wgs84

SHIFTED = ("GCJ-02", "BD-09")
METRIC = ("EPSG:3857", "EPSG:2056", "EPSG:21781", "EPSG:27700", "EPSG:2154", "EPSG:28992", "EPSG:2263", "EPSG:2249")
FEWEST = 5
SHARE = 0.8
SAMPLE = 2_000


def swapped(index: AreaIndex, lon: Numbers, lat: Numbers) -> Mask:
    """Tell which outside points lie inside once longitude and latitude are exchanged."""
    possible = np.abs(lon) <= 90
    found = np.zeros(len(lon), dtype=bool)
    found[possible] = index.inside(lat[possible], lon[possible])
    return found


def other_crs(index: AreaIndex, x: Numbers, y: Numbers, candidates: Iterable[str]) -> str | None:
    """Return the system in which most of these points would lie inside, with the count, or None."""
    x, y = x[:SAMPLE], y[:SAMPLE]
    if len(x) < FEWEST or not index.drawn:
        return None
    counts = {crs: _inside(index, x, y, crs) for crs in candidates}
    best = max(counts, key=lambda crs: counts[crs])
    return f"{best}: {counts[best]} of {len(x)} points" if counts[best] >= SHARE * len(x) else None


def metric(index: AreaIndex) -> list[str]:
    """Return the metric systems that are likely where the city lies."""
    root = index.tree.root
    if root.lon is None or root.lat is None:
        return list(METRIC)
    strip = round(root.lon / 3)
    chinese = [f"EPSG:{4513 + strip - 25}", f"EPSG:{4534 + strip - 25}"] if 25 <= strip <= 45 else []
    zone = int((root.lon + 180) // 6) % 60 + 1
    return [*chinese, f"EPSG:{(32600 if root.lat >= 0 else 32700) + zone}", *METRIC]


def _inside(index: AreaIndex, x: Numbers, y: Numbers, crs: str) -> int:
    lon, lat = to_wgs84(x, y, crs)
    usable = np.isfinite(lon) & np.isfinite(lat)
    return int(index.inside(lon[usable], lat[usable]).sum())
