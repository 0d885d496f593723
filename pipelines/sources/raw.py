"""Rows as they were written: text in columns, before any meaning."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

ROWS = 65_536
"""About how many rows are worked on at once, which bounds the memory an import takes."""


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A row that could not even be laid out in columns."""

    line: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Raw:
    """Some rows of one file: columns of text, the line of each row, and the rows that did not fit.

    ``typed`` names the columns that may hold text made from real dates (ISO-8601), ``mended`` the lines whose bytes
    were replaced, ``absent`` the mapped columns that no row has.
    """

    label: str
    table: pa.Table
    lines: npt.NDArray[np.int64]
    spoiled: tuple[Spoiled, ...] = ()
    typed: frozenset[str] = frozenset()
    mended: tuple[int, ...] = ()
    absent: tuple[str, ...] = ()


def from_rows(
    label: str, names: list[str], rows: Iterable[list[Any]], lines: Iterable[int], bad: tuple[Spoiled, ...] = ()
) -> Iterator[Raw]:
    """Lay rows of Python values out as text, some at a time."""
    numbered = zip(lines, rows, strict=False)
    while block := list(islice(numbered, ROWS)):
        cells = [(line, [text_of(cell) for cell in row]) for line, row in block]
        good = [(line, row) for line, row in cells if not any(row[len(names) :])]
        wide = [Spoiled(line, "wrong-field-count", text_of(row) or "") for line, row in cells if any(row[len(names) :])]
        yield _block(label, names, good, (*bad, *wide))
        bad = ()
    if bad:
        yield _block(label, names, [], bad)


def _block(label: str, names: list[str], rows: list[tuple[int, list[str | None]]], bad: tuple[Spoiled, ...]) -> Raw:
    width = len(names)
    columns = [[row[place] if place < len(row) else None for _, row in rows] for place in range(width)]
    table = pa.table([pa.array(column, pa.string()) for column in columns], names=names)
    return Raw(label, table, np.array([line for line, _ in rows], dtype=np.int64), bad, typed=frozenset(names))


def text_of(cell: Any) -> str | None:  # noqa: ANN401
    """Write one value the way a text file would."""
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if hasattr(cell, "isoformat"):
        return str(cell.isoformat()).removesuffix("T00:00:00")
    return json.dumps(cell, ensure_ascii=False, default=str) if isinstance(cell, (dict, list)) else str(cell)


def text_column(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Write a typed column the way a text file would."""
    kind = column.type
    if pa.types.is_string(kind):
        return column
    if pa.types.is_dictionary(kind):
        return text_column(column.cast(kind.value_type))
    if pa.types.is_timestamp(kind):
        zone = "+00:00" if kind.tz else ""
        instants = column.cast(pa.timestamp("us", tz="UTC" if kind.tz else None), safe=False)
        return pc.strftime(instants, "%Y-%m-%dT%H:%M:%S" + zone)
    if pa.types.is_floating(kind) and _whole(column):
        return column.cast(pa.int64(), safe=False).cast(pa.string())
    if pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return pa.chunked_array([pa.array([text_of(_plain(cell)) for cell in column.to_pylist()], pa.string())])
    return column.cast(pa.string())


def _plain(cell: Any) -> Any:  # noqa: ANN401
    return cell.decode("utf-8", "replace") if isinstance(cell, bytes) else cell


def _whole(column: pa.ChunkedArray) -> bool:
    """Tell whether numbers became fractions only because some are missing, as pandas writes them."""
    small = pc.all(pc.less(pc.abs(column), 1e15), skip_nulls=True).as_py() is not False
    return small and pc.all(pc.equal(column, pc.floor(column)), skip_nulls=True).as_py() is not False
