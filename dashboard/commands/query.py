"""`citybrain query`: a read-only question over the marts."""

from __future__ import annotations

from typing import Annotated

import typer

from . import audit
from .reach import reached
from .rows import Format, write
from .site import Site


def query(
    site: Site,
    sql: Annotated[str, typer.Argument(help="One select, in DuckDB's SQL.")],
    form: Annotated[Format, typer.Option("--format", help="How the rows are written.")] = Format.table,
) -> None:
    """Ask the marts a read-only question."""
    with reached(site) as node:
        audit.note(site, "export", "query", sql)
        rows = node.query(sql)
    write(rows, form)
