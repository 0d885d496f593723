"""Where the city's areas lie: the tree, the shapes, and the GeoJSON that maps draw."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, cast

import numpy as np
import shapely
from shapely import Geometry
from shapely.geometry import mapping, shape

from .config import Config
from .config.city import AreaAttributes, AreaLayer
from .contract.areas import LEVELS, Area, AreaTree
from .errors import ConfigError
from .gazetteer import entries
from .points import Points
from .points import layers as point_layers

PRECISION = 5
KILOMETRES_A_DEGREE = 111.32
CORE_SHARE = 1 / 9
LEAST_IN_CORE = 100


@dataclass(frozen=True)
class Geography:
    """The areas of a city with their shapes (WGS84) and the other names rows may use for them."""

    tree: AreaTree
    shapes: dict[str, Geometry] = field(repr=False)
    aliases: dict[str, str] = field(repr=False)
    layers: dict[str, Points] = field(default_factory=dict, repr=False)
    credits: tuple[str, ...] = ()

    @classmethod
    def load(cls, config: Config) -> Geography:
        """Read all area layers of the configuration; raise `ConfigError` naming file and feature."""
        extra = _attributes(config)
        city = config.city
        areas = [Area(city.id, "city", city.name_zh, city.name_en, None, *city.center, extra.population(city.id))]
        shapes: dict[str, Geometry] = {}
        aliases: dict[str, str] = {}
        for layer in config.areas:
            for area, geometry, names in _features(layer, config.resolve(layer.file), city.id, extra):
                areas.append(area)
                shapes[area.id] = geometry
                aliases.update(dict.fromkeys(names, area.id))
        return cls(AreaTree.of(areas), shapes, aliases, point_layers(config), _credits(config))

    @property
    def levels(self) -> list[str]:
        """The levels that have areas to draw, coarsest first."""
        drawn = {self.tree.areas[area_id].level for area_id in self.shapes}
        return [level for level in LEVELS if level in drawn]

    def bounds(self) -> tuple[float, float, float, float]:
        """Return west, south, east, north of everything drawn, or a small box around the centre."""
        boxes = [shapely.bounds(geometry) for geometry in self.shapes.values()]
        if not boxes:
            lon, lat = self.tree.root.lon or 0.0, self.tree.root.lat or 0.0
            return lon - 0.1, lat - 0.1, lon + 0.1, lat + 0.1
        west, south, east, north = (list(map(float, side)) for side in zip(*boxes, strict=True))
        return min(west), min(south), max(east), max(north)

    def features(self, level: str) -> dict[str, Any]:
        """Return one level as a GeoJSON FeatureCollection (RFC 7946)."""
        found = [
            {"type": "Feature", "id": a.id, "properties": _words(a), "geometry": _drawn(self.shapes[a.id])}
            for a in self.tree.areas.values()
            if a.level == level and a.id in self.shapes
        ]
        return {"type": "FeatureCollection", "features": found}

    def index(self) -> dict[str, Any]:
        """Return what a map needs before any shape: levels, bounds and the names of all areas."""
        root = self.tree.root
        areas = {a.id: {**_words(a), "population": a.population} for a in self.tree.areas.values()}
        return {
            "levels": self.levels,
            "root": root.id,
            "unknown": self.tree.unknown.id,
            "center": [root.lon, root.lat],
            "bounds": list(self.bounds()),
            "sizes": {level: self.size(level) for level in self.levels},
            "core": self.core(),
            "layers": [points.entry() for points in self.layers.values()],
            "credits": list(self.credits),
            "areas": areas,
        }

    def size(self, level: str) -> float:
        """Return how wide the median area of a level is, in kilometres."""
        areas: list[float] = shapely.area(self._shapes_of(level)).tolist()
        return round(math.sqrt(median(areas)) * KILOMETRES_A_DEGREE, 3)

    def core(self) -> list[float] | None:
        """Return the box, a ninth as wide and high as the city, with most of the finest areas, if they are many."""
        shapes = self._shapes_of(self.levels[-1]) if self.levels else []
        west, south, east, north = self.bounds()
        x, y = (east - west) * CORE_SHARE / 2, (north - south) * CORE_SHARE / 2
        middles = shapely.centroid(shapes)
        lon, lat = shapely.get_x(middles), shapely.get_y(middles)
        tree = shapely.STRtree(middles)
        boxes, inside = tree.query(shapely.box(lon - x, lat - y, lon + x, lat + y))
        counts = np.bincount(boxes, minlength=1)
        if counts.max(initial=0) < LEAST_IN_CORE:
            return None
        chosen = inside[boxes == counts.argmax()]
        # the middle of what was found sits better than the area the box grew around
        middle_x, middle_y = float(lon[chosen].mean()), float(lat[chosen].mean())
        box = (middle_x - x, middle_y - y, middle_x + x, middle_y + y)
        return [round(side, PRECISION) for side in box]

    def places(self) -> list[dict[str, Any]]:
        """Return all areas and points with their names, spelled as they are searched for."""
        areas = [(a.level, a) for a in self.tree.areas.values() if a.lon is not None]
        points = [(name, point) for name, layer in self.layers.items() for point in layer.points]
        return entries([*areas, *points])

    def _shapes_of(self, level: str) -> list[Geometry]:
        return [shape for a, shape in self.shapes.items() if self.tree.areas[a].level == level]


@dataclass(frozen=True, slots=True)
class _Attributes:
    """Figures and names of areas that stand in tables of their own."""

    populations: dict[str, int]
    names_zh: dict[str, str]
    names_en: dict[str, str]

    def population(self, area_id: str) -> int | None:
        return self.populations.get(area_id)


def _credits(config: Config) -> tuple[str, ...]:
    named = [layer.credit for layer in config.areas] + [config.basemap.credit if config.basemap else None]
    return tuple(dict.fromkeys(filter(None, named)))


def _attributes(config: Config) -> _Attributes:
    wanted: AreaAttributes | None = config.area_attributes
    if wanted is None:
        return _Attributes({}, {}, {})
    figures = list(_table(config.resolve(wanted.file)))
    names = wanted.names_file
    named = list(_table(config.resolve(names.file))) if names else []
    return _Attributes(
        {
            r[wanted.id]: round(float(r[wanted.population]))
            for r in figures
            if wanted.population and r[wanted.population]
        },
        {r[names.id]: r[names.name_zh] for r in named if names and names.name_zh},
        {r[names.id]: r[names.name_en] for r in named if names and names.name_en},
    )


def _table(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _features(
    layer: AreaLayer, path: Path, city: str, extra: _Attributes
) -> Iterator[tuple[Area, Geometry, list[str]]]:
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
    except (OSError, ValueError, KeyError) as error:
        raise ConfigError(f"areas: {path} is not a GeoJSON FeatureCollection ({error!r})") from error
    for number, feature in enumerate(features, 1):
        try:
            yield _feature(layer, feature, city, extra)
        except KeyError as error:
            has = ", ".join(sorted(feature.get("properties") or {}))
            raise ConfigError(
                f"areas: {path}, feature {number}: no property {error.args[0]!r}; it has {has}"
            ) from error


def _feature(
    layer: AreaLayer, feature: dict[str, Any], city: str, extra: _Attributes
) -> tuple[Area, Geometry, list[str]]:
    properties = feature["properties"]
    area_id = str(properties[layer.id])
    name_zh = extra.names_zh.get(area_id) or str(properties[layer.name_zh])
    name_en = str(properties[layer.name_en]) if layer.name_en else extra.names_en.get(area_id, name_zh)
    people = properties[layer.population] if layer.population else extra.population(area_id)
    geometry = shape(feature["geometry"])
    center = geometry.representative_point()
    parent = str(properties[layer.parent]) if layer.parent else city
    names = [name_zh, name_en, *(str(properties[alias]) for alias in layer.aliases if properties.get(alias))]
    area = Area(
        area_id, layer.level, name_zh, name_en, parent, round(center.x, PRECISION), round(center.y, PRECISION),
        None if people is None else round(float(people)),
    )  # fmt: skip
    return area, geometry, names


def _words(area: Area) -> dict[str, Any]:
    return {
        "area_id": area.id,
        "name_zh": area.name_zh,
        "name_en": area.name_en,
        "level": area.level,
        "parent": area.parent,
        "lon": area.lon,
        "lat": area.lat,
    }


def _drawn(geometry: Geometry) -> dict[str, Any]:
    drawn = mapping(cast("Any", geometry))
    return {"type": drawn["type"], "coordinates": _rounded(drawn["coordinates"])}


def _rounded(part: Any) -> Any:  # noqa: ANN401
    if isinstance(part, float):
        return round(part, PRECISION)
    return [_rounded(inner) for inner in part]
