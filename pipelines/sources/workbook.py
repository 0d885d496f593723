"""Workbooks (XLSX)."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from itertools import chain, count, islice
from typing import TYPE_CHECKING, Any

from ..config.mapping import TabularMapping
from ..errors import MappingError, SourceError
from . import headers
from .archive import Member
from .raw import Raw, from_rows, text_of

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook


def read(member: Member, mapping: TabularMapping) -> Iterator[Raw]:
    """Yield a sheet's rows as text; date cells become ISO dates."""
    import openpyxl  # takes a third of a second, which a node without workbooks should not pay
    from openpyxl.utils.exceptions import InvalidFileException

    with member.open() as stream:
        data = stream.read()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and rules, which hold no cases
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise SourceError(f"{member.label}: not readable as a workbook (.xlsx): {error}") from error
    try:
        yield from _sheet(member.label, _rows(book, member.label, mapping), mapping)
    finally:
        book.close()


def _rows(book: Workbook, label: str, mapping: TabularMapping) -> Iterator[list[Any]]:
    names = book.sheetnames
    wanted = mapping.sheet
    if isinstance(wanted, str) and wanted not in names:
        raise MappingError(f"{label}: no sheet {wanted!r}; it has {', '.join(map(repr, names))}")
    if isinstance(wanted, int) and not 0 <= wanted < len(names):
        raise MappingError(f"{label}: no sheet number {wanted}; it has {len(names)}: {', '.join(map(repr, names))}")
    sheet = book[wanted if isinstance(wanted, str) else names[wanted]]
    return (list(row) for row in sheet.iter_rows(values_only=True))


def _sheet(label: str, rows: Iterator[list[Any]], mapping: TabularMapping) -> Iterable[Raw]:
    rest = islice(rows, mapping.skip_rows, None)
    first = list(islice(rest, headers.SEARCHED))
    if not first:
        raise SourceError(f"{label}: the sheet is empty")
    header = headers.find([[text_of(cell) or "" for cell in row] for row in first], mapping)
    headers.check(label, header.names, mapping)
    body = chain(first[header.rows :], rest)
    yield from from_rows(label, list(header.names), body, count(mapping.skip_rows + header.rows + 1))
