"""Fixed points of a city (centres, video points) from tables: what maps draw beside the cases."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import Any

from .config import Config
from .config.city import PointLayer
from .errors import ConfigError


@dataclass(frozen=True, slots=True)
class Point:
    """One point with its names and what it is."""

    id: str
    name_zh: str
    name_en: str
    kind_zh: str
    kind_en: str
    lon: float
    lat: float

    def feature(self) -> dict[str, Any]:
        """Return it as a GeoJSON feature."""
        names = {"name_zh": self.name_zh, "name_en": self.name_en, "kind_zh": self.kind_zh, "kind_en": self.kind_en}
        where = {"type": "Point", "coordinates": [self.lon, self.lat]}
        return {"type": "Feature", "id": self.id, "properties": {"id": self.id} | names, "geometry": where}


@dataclass(frozen=True)
class Points:
    """One layer of points."""

    name: str
    layer: PointLayer
    points: tuple[Point, ...]

    def features(self) -> dict[str, Any]:
        """Return the layer as a GeoJSON FeatureCollection (RFC 7946)."""
        return {"type": "FeatureCollection", "features": [point.feature() for point in self.points]}

    def entry(self) -> dict[str, Any]:
        """Return what a map's chip says of it."""
        zh = self.layer.label_zh or self.name
        words = {"name_zh": zh, "name_en": self.layer.label_en or zh}
        return {"name": self.name, "shape": self.layer.shape, "count": len(self.points)} | words


def layers(config: Config) -> dict[str, Points]:
    """Read every layer of points; raise `ConfigError` naming file and line."""
    return {name: Points(name, layer, _read(config, name, layer)) for name, layer in config.layers.items()}


def _read(config: Config, name: str, layer: PointLayer) -> tuple[Point, ...]:
    path = config.resolve(layer.file)
    with path.open(encoding="utf-8", newline="") as lines:
        table = csv.DictReader(lines)
        points = []
        for row in table:
            try:
                points.append(_point(row, layer))
            except (KeyError, ValueError) as error:
                has = ", ".join(table.fieldnames or ())
                raise ConfigError(
                    f"layers.{name}: {path}, line {table.line_num}: {error} is no column or no number; it has {has}"
                ) from error
        return tuple(points)


def _point(row: dict[str, str], layer: PointLayer) -> Point:
    zh = row[layer.name_zh]
    kind = row[layer.kind_zh] if layer.kind_zh else ""
    return Point(
        row[layer.id],
        zh,
        row[layer.name_en] if layer.name_en else zh,
        kind,
        row[layer.kind_en] if layer.kind_en else kind,
        float(row[layer.lon]),
        float(row[layer.lat]),
    )
