"""A long history, written straight into a node's marts."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from . import scratch
from .figure import Stopwatch
from .traffic import START


def grown(data: Path, cases: int) -> float:
    """Fill a node's file with a history; return the seconds that took."""
    with Stopwatch() as watch, scratch.node(data) as node:
        names = {
            "areas": "select area_id from areas where level = 'grid'",
            "categories": "select category from categories where parent is not null",
            "units": "select unit_id from units",
        }
        values = {name: node.query(f"{sql} order by all").column(0).to_pylist() for name, sql in names.items()}
        lon, lat = node.config.city.center
        known = values | {"cases": cases, "now": START, "lon": lon, "lat": lat}
        with node.warehouse.transaction():
            for sql in (files(__package__) / "history.sql").read_text(encoding="utf-8").split(";\n"):
                if sql.strip():
                    node.warehouse.write(sql, **{name: value for name, value in known.items() if f"${name}" in sql})
        node.warehouse.checkpoint()
    return watch.seconds
