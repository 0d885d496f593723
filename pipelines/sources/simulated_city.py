"""What a simulation draws from: categories, units, grids and points inside them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely

from ..config import Config
from ..config.simulation import SimulatorSource
from ..contract.areas import LEVELS, Area
from ..errors import ConfigError
from ..geography import Geography

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Row = dict[str, str]

PRIORITIES = ("urgent", "high", "normal")
DEFAULT_LIMITS = (4.0, 24.0, 72.0)
POINTS = 32
CANDIDATES = 96
PRECISION = 6
POINT_STREAM = 101


@dataclass(frozen=True)
class Grids:
    """The finest areas, how many people live in each, and points inside them."""

    areas: tuple[Area, ...]
    ids: pa.Array
    names: pa.Array
    tops: Places
    top_ids: tuple[str, ...]
    people: Floats
    lon: Floats
    lat: Floats

    @classmethod
    def of(cls, geography: Geography, seed: int) -> Grids:
        """Take the finest level that is drawn; raise `ConfigError` where none is."""
        if not geography.levels:
            raise ConfigError("a simulator needs `areas`: without shapes there is no place where anything could happen")
        level = max(geography.levels, key=LEVELS.index)
        areas = tuple(a for a in geography.tree.areas.values() if a.level == level and a.id in geography.shapes)
        points = np.array([_points(geography.shapes[a.id], seed, place) for place, a in enumerate(areas)])
        tops = [geography.tree.path(a.id)[1].id for a in areas]
        known = sorted(set(tops))
        return cls(
            areas,
            pa.array([a.id for a in areas]),
            pa.array([a.name_zh for a in areas]),
            np.array([known.index(top) for top in tops], dtype=np.int64),
            tuple(known),
            np.array([float(a.population if a.population is not None else 1) for a in areas]),
            points[:, :, 0],
            points[:, :, 1],
        )


def _points(shape: shapely.Geometry, seed: int, place: int) -> Floats:
    """Draw points inside a shape."""
    draw = np.random.default_rng(np.random.SeedSequence([seed, POINT_STREAM, place]))
    west, south, east, north = shapely.bounds(shape)
    shapely.prepare(shape)
    tried = draw.random((CANDIDATES, 2)) * (east - west, north - south) + (west, south)
    tried = np.round(tried, PRECISION)
    inside = tried[shapely.contains_xy(shape, tried[:, 0], tried[:, 1])]
    if not len(inside):
        inside = shapely.get_coordinates(shapely.point_on_surface(shape))
    return np.asarray(np.resize(inside, (POINTS, 2)), dtype=np.float64)


@dataclass(frozen=True)
class Kinds:
    """What cases are about: how often, within how many hours, and who handles them."""

    codes: pa.Array
    groups: pa.Array
    names: pa.Array
    weights: Floats
    limits: Floats
    units: Places
    unit_ids: pa.Array

    @classmethod
    def of(cls, config: Config, source: SimulatorSource, tops: tuple[str, ...]) -> Kinds:
        """Read the lists of the configuration; raise `ConfigError` where the simulator has nothing to draw from."""
        if config.categories is None or config.units is None:
            raise ConfigError("a simulator needs `categories` and `units` in the configuration")
        categories, units = config.categories, config.units
        rows = [row for row, weight in _leaves(config, source) if weight > 0]
        if not rows:
            raise ConfigError(f"no category of {categories.file} has a weight above 0: nothing to simulate")
        unit_rows = _table(units.file)
        if not unit_rows:
            raise ConfigError(f"{units.file} has no unit: nobody to handle simulated cases")
        return cls(
            pa.array([row[categories.id] for row in rows]),
            pa.array([(row[categories.parent] or None) if categories.parent else None for row in rows], pa.string()),
            pa.array([row[categories.name_zh] for row in rows]),
            np.array([weight for _, weight in _leaves(config, source) if weight > 0]),
            np.array([_limits(config, row) for row in rows]),
            np.array([[_handlers(config, source, unit_rows, row, top) for top in tops] for row in rows]),
            pa.array([row[units.id] for row in unit_rows]),
        )


def _leaves(config: Config, source: SimulatorSource) -> Iterator[tuple[Row, float]]:
    """Yield the categories that are no other's parent, each with its weight."""
    assert config.categories is not None
    categories = config.categories
    rows = _table(categories.file)
    parents = {row[categories.parent] for row in rows} if categories.parent else set()
    for row in rows:
        code = row[categories.id]
        if code not in parents:
            weight = _number(row, source.category_weight, categories.file, 1.0)
            factors = [factor for group, factor in source.group_weights.items() if code.startswith(group)]
            yield row, weight * float(np.prod(factors))


def _limits(config: Config, row: Row) -> list[float]:
    assert config.categories is not None
    columns = config.categories.limits
    file, named = config.categories.file, columns.model_dump() if columns else {}
    pairs = zip(PRIORITIES, DEFAULT_LIMITS, strict=True)
    return [_number(row, named.get(name), file, hours) for name, hours in pairs]


HANDLERS = 6


def _handlers(config: Config, source: SimulatorSource, units: list[Row], category: Row, top: str) -> list[int]:
    """Return the units that handle a category in a part of the city: half the time its own ones, where it has any."""
    assert config.units is not None
    area, city = config.units.area, config.city.id
    duty = category[source.category_duty] if source.category_duty and source.unit_duty else None
    fit = [n for n, unit in enumerate(units) if duty is None or unit[source.unit_duty or ""] == duty]
    own = [n for n in fit if area and units[n][area] == top]
    wide = [n for n in fit if not area or units[n][area] in ("", city)]
    first, second = own or wide or fit or [0], wide or own or fit or [0]
    half = HANDLERS // 2
    return [first[n % len(first)] for n in range(half)] + [second[n % len(second)] for n in range(half)]


def _number(row: Row, column: str | None, file: Path, otherwise: float) -> float:
    if column is None or not row.get(column, "missing"):
        return otherwise
    try:
        return float(row[column])
    except KeyError:
        raise ConfigError(f"{file} has no column {column!r}; it has {', '.join(row)}") from None
    except ValueError:
        raise ConfigError(f"{file}: {column} is {row[column]!r}, expected a number") from None


def _table(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def patrolled(source: SimulatorSource, grids: Grids) -> Places:
    """Return the places of the grids that are walked every day."""
    patrols = source.patrols
    if patrols.file is None:
        return np.arange(len(grids.areas), dtype=np.int64)
    rows = _table(patrols.file)
    missing = [column for column in (patrols.id, *patrols.where) if rows and column not in rows[0]]
    if missing:
        raise ConfigError(f"{patrols.file} has no column {missing[0]!r}; it has {', '.join(rows[0])}")
    walked = {row[patrols.id] for row in rows if all(row[c] == word for c, word in patrols.where.items())}
    return np.array([place for place, area in enumerate(grids.areas) if area.id in walked], dtype=np.int64)
