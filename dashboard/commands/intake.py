"""`citybrain import`: recorded cases from files, with a report of every row."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Annotated

import typer

from pipelines.errors import SourceError

from . import progress
from .reach import reached
from .site import Site


def take_in(
    site: Site,
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Files with recorded cases.")],
    source: Annotated[str, typer.Option(help="Name under `sources` of the mapping that reads them.")],
) -> None:
    """Import recorded cases; importing a file again changes nothing."""
    check(site, files, source)
    with reached(site) as node, progress.shown() as tell:
        report = node.import_files(files, source, tell)
    typer.echo("\n".join(report.lines()))


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
