"""`citybrain bench`: what the product costs on this machine, as ratios."""

from __future__ import annotations

import difflib
import importlib
import json
import os
import platform
from collections.abc import Iterator
from enum import StrEnum
from importlib import metadata
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from pipelines.errors import CitybrainError

from ..bench.figure import Figure, Outcome, Size
from .site import Site

# name → module of dashboard.bench; each is loaded when it runs
BENCHES = {
    "import": "imports",
    "live": "live",
    "fanout": "fanout",
    "stalled": "stalled",
    "views": "views",
    "analysis": "analysis",
    "latency": "latency",
    "map": "maps",
    "rooms": "rooms",
}
PACKAGES = ("dash", "duckdb", "pyarrow", "uvicorn", "websockets")


class Extent(StrEnum):
    """How much a bench does."""

    small = "small"
    full = "full"


def bench(
    _site: Site,
    only: Annotated[list[str] | None, typer.Option(help="One bench, may be repeated: " + ", ".join(BENCHES))] = None,
    size: Annotated[Extent, typer.Option(help="Full for figures, small to see that it works.")] = Extent.full,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON instead of a table.")] = False,
) -> None:
    """Measure what the product costs, each time beside the plainest thing that does the same."""
    chosen = [_known(name) for name in only or BENCHES]
    outcomes = dict(_run(chosen, Size(size is Extent.full)))
    if as_json:
        typer.echo(json.dumps(_report(outcomes, size), ensure_ascii=False, indent=1))
    else:
        Console(highlight=False, markup=False).print(_table(outcomes))


def _known(name: str) -> str:
    if name not in BENCHES:
        near = difflib.get_close_matches(name, BENCHES, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(BENCHES)}"
        raise CitybrainError(f"no bench {name!r}; {hint}")
    return name


def _run(names: list[str], size: Size) -> Iterator[tuple[str, Outcome]]:
    for name in names:
        typer.echo(f"{name} …", err=True)
        yield name, importlib.import_module(f"dashboard.bench.{BENCHES[name]}").run(size)


def _report(outcomes: dict[str, Outcome], size: Extent) -> dict[str, Any]:
    machine = {
        "cpus": os.cpu_count(),
        "load": [round(load, 2) for load in os.getloadavg()],
        "system": platform.platform(),
        "python": platform.python_version(),
        **{name: metadata.version(name) for name in PACKAGES},
    }
    benches = {name: outcome.plain() for name, outcome in outcomes.items()}
    return {"size": size.value, "machine": machine, "benches": benches}


def _table(outcomes: dict[str, Outcome]) -> Table:
    table = Table("bench", "figure", "value", "aim", "", box=None, pad_edge=False)
    for name, outcome in outcomes.items():
        for figure in outcome.figures:
            table.add_row(name, figure.name, f"{figure.plain()['value']} {figure.unit}", *_aim(figure))
    return table


def _aim(figure: Figure) -> tuple[str, str]:
    if figure.aim is None:
        return "", ""
    return f"{'≥' if figure.at_least else '≤'} {figure.aim:g}", "met" if figure.met else "missed"
