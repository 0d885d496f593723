"""Where a file's columns are named, and whether the mapped ones are among them."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from ..config.mapping import TabularMapping
from ..errors import MappingError

SEARCHED = 40
"""How many rows are searched for the header: titles and notes often stand above it."""


@dataclass(frozen=True, slots=True)
class Header:
    """The names of the columns, and how many rows stand before the first case."""

    names: tuple[str, ...]
    rows: int


def sought(mapping: TabularMapping) -> dict[str, str]:
    """Return the columns a mapping reads, each with the key that names it."""
    found: dict[str, str] = {}
    for key, value in mapping.fields.given().items():
        for column in value.origins:
            found.setdefault(column, f"fields.{key}")
    for column in mapping.where:
        found.setdefault(column, "where")
    return found


def find(rows: Sequence[Sequence[str]], mapping: TabularMapping) -> Header:
    """Find the header among the first rows: the first one that has the most mapped columns."""
    if not mapping.header:
        width = max((len(row) for row in rows), default=0)
        given = list(mapping.columns)
        return Header(tuple(given + [str(place + 1) for place in range(len(given), width)]), 0)
    wanted = sought(mapping)
    best = max(range(len(rows)), key=lambda at: (hits(rows[at], wanted), -at), default=None)
    if best is None:
        return Header((), 0)
    if not hits(rows[best], wanted):
        best = next((at for at, row in enumerate(rows) if any(cell.strip() for cell in row)), 0)
    return Header(tuple(unique(rows[best])), best + 1)


def hits(row: Sequence[str], wanted: dict[str, str]) -> int:
    """Count the mapped columns that a row names."""
    return len(wanted.keys() & set(unique(row)))


def unique(row: Sequence[str | None]) -> list[str]:
    """Name every column: a blank one by its place, a repeated one with a number behind it."""
    names: list[str] = []
    for place, cell in enumerate(row, 1):
        name = (cell or "").strip().lstrip("\ufeff").strip() or f"column_{place}"
        repeat = 2
        while name in names:
            name, repeat = f"{(cell or '').strip()}_{repeat}", repeat + 1
        names.append(name)
    return names


def check(label: str, names: Sequence[str], mapping: TabularMapping, *, sparse: bool = False) -> list[str]:
    """Raise `MappingError` if a mapped column is missing, naming the nearest one there is.

    A ``sparse`` document leaves out what is blank: only id, report and `where` must be there; return the rest.
    """
    absent = [(column, key) for column, key in sought(mapping).items() if column not in names]
    for column, key in absent:
        if not sparse or key in ("fields.id", "fields.reported", "where"):
            raise MappingError(missing(label, column, key, names))
    return [column for column, _ in absent]


def missing(label: str, column: str, key: str, names: Sequence[str]) -> str:
    """Word the error about a column that is not there."""
    folded = {name.casefold(): name for name in names}
    near = difflib.get_close_matches(column.casefold(), folded, 1, 0.5)
    guess = f"did you mean {folded[near[0]]!r}? " if near else ""
    shown = ", ".join(repr(name) for name in names[:40]) + (", …" if len(names) > 40 else "")
    return f"{label}: no column {column!r}, named by {key}; {guess}It has: {shown or 'no columns'}"
