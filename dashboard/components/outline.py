"""The city's outline as two lines: the finer level's quiet, the coarser level's strong."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeAlias

Ring: TypeAlias = list[tuple[float, float]]
WIDTH: Final = 680.0
LEAST_STEP: Final = 0.8
"""Points nearer than this to the one before, in the drawing's units, are left out."""


def outline(levels: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Draw levels of areas, coarsest first, as SVG paths in one view box; no levels, no drawing."""
    rings = [list(_rings(level)) for level in levels]
    points = [point for level in rings for ring in level for point in ring]
    if not points:
        return {"box": "0 0 1 1", "lines": []}
    west, east = min(lon for lon, _ in points), max(lon for lon, _ in points)
    south, north = min(lat for _, lat in points), max(lat for _, lat in points)
    narrow = math.cos(math.radians((south + north) / 2))
    scale = WIDTH / max((east - west) * narrow, 1e-9)

    def place(lon: float, lat: float) -> tuple[float, float]:
        return (lon - west) * narrow * scale, (north - lat) * scale

    lines = ["".join(_line([place(*point) for point in ring]) for ring in level) for level in rings]
    return {"box": f"-2 -2 {WIDTH + 4:.0f} {(north - south) * scale + 4:.0f}", "lines": lines}


def _rings(level: dict[str, Any]) -> Iterator[Ring]:
    for feature in level["features"]:
        shape = feature["geometry"]
        parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        for part in parts:
            yield [(float(lon), float(lat)) for lon, lat, *_ in part[0]]


def _line(ring: Ring) -> str:
    kept = ring[:1]
    for point in ring[1:]:
        if math.dist(point, kept[-1]) >= LEAST_STEP:
            kept.append(point)
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in kept) + "Z" if len(kept) > 2 else ""
