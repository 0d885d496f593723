"""An answer as a file to take away: its rows, and inside the file its passport and the moment it was true."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ..errors import QueryError
from ..metrics.definition import nearest
from .export_text import Cell, Sheet, sheet, told, word
from .inquiry import Inquiry
from .members import Members

MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
LANGUAGES = ("zh", "en")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to be saved under a name."""

    name: str
    media_type: str
    content: bytes


def check(form: str, language: str) -> None:
    """Raise `QueryError` for a form or language there is not."""
    if form not in MEDIA:
        raise QueryError(f"format {form!r} is not known; {nearest(form, dict(MEDIA))}")
    if language not in LANGUAGES:
        raise QueryError(f"language {language!r} is not known; there are {', '.join(LANGUAGES)}")


def file(
    inquiry: Inquiry,
    answer: dict[str, Any],
    passport: dict[str, Any],
    members: Members,
    form: str,
    language: str,
    *,
    exercise: bool = False,
) -> File:
    """Write an answer in a form; one of an exercise says so first, and by its name."""
    data = sheet(inquiry, answer, members, language)
    said = told(inquiry, answer, passport, members, language)
    if exercise:
        said.insert(0, (word("exercise", language), word("drill", language)))
    write = {"csv": _csv, "xlsx": _xlsx, "parquet": _parquet}[form]
    return File(f"{'EXERCISE-' * exercise}{_name(inquiry)}.{form}", MEDIA[form], write(data, said))


def _name(inquiry: Inquiry) -> str:
    span = inquiry.span or (inquiry.now,)
    period = "-".join(moment.astimezone(inquiry.zone).strftime("%Y%m%dT%H%M") for moment in span)
    return f"{inquiry.metric.name}-{inquiry.area}-{period}"


def _csv(data: Sheet, said: list[tuple[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for name, value in said:
        writer.writerows([[f"# {name}: {line}"] for line in value.splitlines() or [""]])
    writer.writerow([column.title for column in data])
    writer.writerows([_harmless(cell) for cell in row] for row in zip(*(column.cells for column in data), strict=True))
    # spreadsheets take a file for UTF-8 only by its mark
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _xlsx(data: Sheet, said: list[tuple[str, str]]) -> bytes:
    from .book import written  # what writes workbooks takes a third of a second to import

    return written(data, said)


def _parquet(data: Sheet, said: list[tuple[str, str]]) -> bytes:
    table = pa.table({column.name: pa.array(column.cells, type=column.type) for column in data})
    meta = {"citybrain.passport": json.dumps(dict(said), ensure_ascii=False)}
    meta |= {f"citybrain.title.{column.name}": column.title for column in data}
    content = io.BytesIO()
    pq.write_table(table.replace_schema_metadata(meta), content)
    return content.getvalue()
