"""`citybrain import`: recorded cases from files, with a report of every row."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from pipelines.errors import SourceError

from . import progress
from .reach import reached
from .site import Site

COUNTS = {"read": "read", "accepted": "accepted", "events": "new events", "known_before": "events known before"}


def take_in(
    site: Site,
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Files with recorded cases.")],
    source: Annotated[str, typer.Option(help="Name under `sources` of the mapping that reads them.")],
) -> None:
    """Import recorded cases; importing a file again changes nothing."""
    check(site, files, source)
    with reached(site) as node, progress.shown() as tell:
        report = node.import_files(files, source, tell)
    show(msgspec.to_builtins(report, str_keys=True))


def check(site: Site, files: list[Path], source: str) -> None:
    """Raise `SourceError` for a file that is not there or a source nobody configured."""
    names = list(site.config.sources)
    if source not in names:
        near = difflib.get_close_matches(source, names, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(names) or 'none'}"
        raise SourceError(f"no source {source!r} under `sources` in the configuration; {hint}")
    for file in files:
        if not file.is_file():
            raise SourceError(f"there is no file {file}; looked in {file.absolute().parent}")


def show(report: dict[str, Any]) -> None:
    """Print what became of every row."""
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column("what")
    table.add_column("rows", justify="right")
    for name, words in COUNTS.items():
        table.add_row(words, f"{report[name]:,}")
    for name in ("repaired", "rejected"):
        reasons = sorted(report[name].items(), key=lambda item: (-item[1], item[0]))
        table.add_row(name, f"{sum(report[name].values()):,}")
        for reason, count in reasons:
            table.add_row(f"  {reason}", f"{count:,}")
    Console(highlight=False).print(table)
