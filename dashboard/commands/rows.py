"""Rows on a terminal: as a table, as JSON, as CSV."""

from __future__ import annotations

import csv
import json
import math
import sys
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, TextIO

import pyarrow as pa
from rich.console import Console
from rich.table import Table


class Format(StrEnum):
    """How rows are written."""

    table = "table"
    json = "json"
    csv = "csv"


def write(rows: pa.Table, form: Format) -> None:
    """Write all rows; every value a reader cannot mistake, times in ISO 8601."""
    {Format.table: _as_table, Format.json: _as_json, Format.csv: _as_csv}[form](rows, sys.stdout)


def _as_table(rows: pa.Table, out: TextIO) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, kind in zip(rows.schema.names, rows.schema.types, strict=True):
        table.add_column(name, justify="right" if _counts(kind) else "left", overflow="fold")
    for row in _values(rows):
        table.add_row(*map(_text, row))
    Console(file=out, highlight=False, markup=False).print(table)
    out.write(f"{rows.num_rows} row{'' if rows.num_rows == 1 else 's'}\n")


def _as_json(rows: pa.Table, out: TextIO) -> None:
    objects = (json.dumps(dict(zip(rows.schema.names, row, strict=True)), ensure_ascii=False) for row in _values(rows))
    out.write("[" + ",\n ".join(objects) + "]\n")


def _as_csv(rows: pa.Table, out: TextIO) -> None:
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(rows.schema.names)
    lines.writerows([_text(value) for value in row] for row in _values(rows))


def _counts(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))


def _values(rows: pa.Table) -> list[list[Any]]:
    columns = [column.to_pylist() for column in rows.columns]
    return [[_plain(value) for value in row] for row in zip(*columns, strict=True)]


def _text(value: Any) -> str:  # noqa: ANN401
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
