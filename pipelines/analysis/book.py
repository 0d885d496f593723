"""An answer as a workbook: a sheet of rows, a sheet of its passport."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from .export_text import Sheet


def written(data: Sheet, said: list[tuple[str, str]]) -> bytes:
    """Return the workbook's bytes."""
    book = Workbook(write_only=True)
    first = book.create_sheet("data")
    first.freeze_panes = "A2"
    first.append([_text(first, column.title) for column in data])
    for row in zip(*(column.cells for column in data), strict=True):
        first.append([_text(first, cell) if isinstance(cell, str) else cell for cell in row])
    second = book.create_sheet("passport")
    second.column_dimensions["A"].width, second.column_dimensions["B"].width = 24, 100
    for name, value in said:
        second.append([_text(second, name), _text(second, value)])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _text(of: Any, value: str) -> Any:  # noqa: ANN401
    cell = WriteOnlyCell(of, ILLEGAL_CHARACTERS_RE.sub("", value))
    # whatever it begins with, it is no formula
    cell.data_type = "s"
    return cell
