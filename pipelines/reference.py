"""The reference relations that marts and views join: areas, units, staff and the like; remade at every start."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from .config import Config
from .config.simulation import SimulatorSource
from .contract.areas import AreaTree
from .contract.creation import CHECKED
from .contract.lifecycle import OPEN_STATES, STATE_OF_KIND
from .warehouse import Warehouse

Row = Sequence[Any]
RELATIONS = (
    "areas", "area_within", "categories", "units", "staff", "area_figures", "safety_terms", "lifecycle",
)  # fmt: skip


def fill(warehouse: Warehouse, config: Config, tree: AreaTree) -> None:
    """Replace every reference relation by what configuration and lifecycle say now."""
    soon = config.sla.due_soon
    warehouse.write(f"create or replace macro due_soon_share() as {soon.share!r}::double")
    warehouse.write(f"create or replace macro due_soon_seconds() as {soon.minutes * 60!r}")
    weights = " ".join(f"when '{part}' then {weight!r}::double" for part, weight in config.effect.model_dump().items())
    warehouse.write(f"create or replace macro effect_weight(part) as case part {weights} end")
    with warehouse.transaction():
        _replace(warehouse, "areas", _areas(tree))
        _replace(warehouse, "area_within", tree.closure())
        _replace(warehouse, "categories", _categories(config))
        _replace(warehouse, "units", _units(config))
        _replace(warehouse, "staff", _staff(config))
        _replace(warehouse, "area_figures", _figures(config))
        _replace(warehouse, "safety_terms", _safety_terms(config))
        _replace(warehouse, "lifecycle", [(k, s, s in OPEN_STATES) for k, s in sorted(STATE_OF_KIND.items()) if s])


def copy(source: Warehouse, target: Warehouse) -> None:
    """Give another warehouse the same reference relations, so that it folds the same log to the same marts."""
    for relation in RELATIONS:
        with target.lent(rows=source.rows(f"from {relation}")):
            target.write(f"delete from {relation}")
            target.write(f"insert into {relation} from rows")


def units(warehouse: Warehouse) -> frozenset[str]:
    """Return the ids of the city's units."""
    return frozenset(warehouse.rows("select unit_id from units").column("unit_id").to_pylist())


def _replace(warehouse: Warehouse, relation: str, rows: Iterable[Row]) -> None:
    warehouse.write(f"delete from {relation}")
    schema = warehouse.writer_rows(f"from {relation} limit 0").schema
    columns = list(zip(*rows, strict=True))
    if columns:
        arrays = [pa.array(column, type=field.type) for column, field in zip(columns, schema, strict=True)]
        with warehouse.lent(rows=pa.table(arrays, schema=schema)):
            warehouse.write(f"insert into {relation} from rows")


def _areas(tree: AreaTree) -> Iterable[Row]:
    for a in tree.areas.values():
        yield a.id, a.level, a.name_zh, a.name_en, a.parent, a.lon, a.lat, a.population


def _categories(config: Config) -> Iterable[Row]:
    if (c := config.categories) is None:
        return
    for row in _table(c.file):
        name_zh = row[c.name_zh]
        yield (
            row[c.id],
            (row[c.parent] or None) if c.parent else None,
            name_zh,
            row[c.name_en] if c.name_en else name_zh,
        )


def _units(config: Config) -> Iterable[Row]:
    if (u := config.units) is None:
        return
    for row in _table(u.file):
        name_zh = row[u.name_zh]
        name_en = row[u.name_en] if u.name_en else name_zh
        yield row[u.id], name_zh, name_en, row[u.level] if u.level else None, row[u.area] if u.area else None


def _staff(config: Config) -> Iterable[Row]:
    if (s := config.staff) is None:
        return
    for row in _table(s.file):
        yield row[s.id], row[s.area], row[s.role], row[s.name_zh], bool(s.full_time and row[s.full_time] == "1")


def _figures(config: Config) -> Iterable[Row]:
    known: dict[str, Row] = {}
    for f in config.area_figures:
        for row in _table(f.file):
            households = round(float(row[f.households])) if f.households and row[f.households] else None
            area_km2 = float(row[f.area_km2]) if f.area_km2 and row[f.area_km2] else None
            known[row[f.id]] = (row[f.id], households, area_km2, row[f.kind] if f.kind else None)
    return known.values()


def _safety_terms(config: Config) -> Iterable[Row]:
    safety = [source.safety for source in config.sources.values() if isinstance(source, SimulatorSource)]
    terms = {
        "batch": [name for s in safety for name in s.batches],
        "stage": list(CHECKED) if safety else [],
        "red_line": [name for s in safety for name in s.red_lines],
    }
    for kind, names in terms.items():
        yield from ((kind, name, position) for position, name in enumerate(dict.fromkeys(names)))


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
