"""CSV, TSV and their kin."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import BinaryIO, Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from ..config.mapping import TabularMapping
from ..errors import SourceError
from . import headers
from .archive import Member
from .decode import SAMPLE, Utf8, buffered, encoding_of
from .raw import ROWS, Raw, Spoiled

DELIMITERS = (",", ";", "\t", "|", "\x01")
BLOCK = 16 << 20
_BREAK = re.compile(b"\n")


def read(member: Member, mapping: TabularMapping) -> Iterator[Raw]:
    """Yield a file's rows as text."""
    with member.open() as stream:
        sample = stream.read(SAMPLE)
    if not sample.strip():
        raise SourceError(f"{member.label}: the file is empty")
    encoding = encoding_of(sample, mapping.encoding, mapping.fallback_encoding)
    with Utf8(io.BytesIO(sample), encoding) as beginning:
        text = buffered(beginning).read(1 << 18).decode("utf-8", "replace")
    delimiter, header, skip = _layout(text, mapping, member)
    headers.check(member.label, header.names, mapping)
    with Utf8(member.open(), encoding) as stream:
        blocks = _Lines(member.label, header.names, skip, delimiter, mapping.quote).read(stream)
        yield from _ended(blocks, lambda: _odd_quotes(member, encoding, mapping.quote))


def _ended(blocks: Iterator[Raw], odd_quotes: Callable[[], bool]) -> Iterator[Raw]:
    """Reject the last row where a quote opened in it and never closed: it swallowed what came after."""
    last: Raw | None = None
    for block in blocks:
        if last is not None:
            yield last
        last = block
    if last is None:
        return
    cells = [str(column[-1]) for column in last.table.columns if last.table.num_rows]
    if any("\n" in cell for cell in cells) and odd_quotes():
        swallowed = Spoiled(int(last.lines[-1]), "unclosed-quote", json.dumps(cells, ensure_ascii=False))
        last = replace(last, table=last.table[:-1], lines=last.lines[:-1], spoiled=(*last.spoiled, swallowed))
    yield last


def _odd_quotes(member: Member, encoding: str, quote: str) -> bool:
    with Utf8(member.open(), encoding) as stream:
        blocks = iter(lambda: stream.read(BLOCK), b"")
        return sum(block.count(quote.encode()) for block in blocks) % 2 == 1


def _layout(text: str, mapping: TabularMapping, member: Member) -> tuple[str, headers.Header, int]:
    """Return the delimiter, the header and how many lines stand before the first row."""
    tab = "\t" if member.format == "tsv" or mapping.format == "tsv" else mapping.delimiter
    candidates = DELIMITERS if tab == "auto" else (tab,)
    wanted = headers.sought(mapping)
    body = "".join(text.splitlines(keepends=True)[mapping.skip_rows :])
    best: tuple[tuple[int, int], str, headers.Header, int] | None = None
    for delimiter in candidates:
        rows, ends = _first_rows(body, delimiter, mapping.quote)
        header = headers.find(rows, mapping)
        score = (len(wanted.keys() & set(header.names)), len(header.names))
        if best is None or score > best[0]:
            best = (score, delimiter, header, mapping.skip_rows + (ends[header.rows - 1] if header.rows else 0))
    if best is None:
        raise SourceError(f"{member.label}: nothing to read")
    return best[1:]


def _first_rows(text: str, delimiter: str, quote: str) -> tuple[list[list[str]], list[int]]:
    """Return the first rows and the line on which each ends; the sample may cut the last one."""
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quotechar=quote or None, quoting=quoting)
    rows, ends = [], []
    try:
        for row in reader:
            rows.append(row)
            ends.append(reader.line_num)
            if len(rows) >= headers.SEARCHED:
                break
    except csv.Error:
        pass
    return rows, ends


class _Lines:
    """Read one file's body and know the line of every row."""

    def __init__(self, label: str, names: tuple[str, ...], skip: int, delimiter: str, quote: str) -> None:
        self.label = label
        self.names = list(names)
        self.skip = skip
        self.delimiter = delimiter
        self.quote = quote
        self.bad: list[Spoiled] = []
        self.next = skip + 1
        self.inner = 0
        self.replaced: list[int] = []

    def read(self, stream: Utf8) -> Iterator[Raw]:
        """Yield the rows in blocks."""
        self.replaced = stream.replaced
        held: list[pa.RecordBatch] = []
        for batch in self._batches(buffered(stream)):
            held.append(batch)
            if sum(part.num_rows for part in held) >= ROWS:
                yield self._raw(pa.Table.from_batches(held))
                held = []
        if held or self.bad or self.replaced:
            yield self._raw(pa.Table.from_batches(held, self._schema()), final=True)

    def _schema(self) -> pa.Schema:
        return pa.schema([(name, pa.string()) for name in self.names])

    def _batches(self, stream: BinaryIO) -> Iterator[pa.RecordBatch]:
        options = {
            "read_options": arrow_csv.ReadOptions(
                use_threads=False, column_names=self.names, skip_rows=self.skip, block_size=BLOCK
            ),
            "parse_options": arrow_csv.ParseOptions(
                delimiter=self.delimiter, quote_char=self.quote or False, newlines_in_values=bool(self.quote),
                ignore_empty_lines=False, invalid_row_handler=self._keep,
            ),
            "convert_options": arrow_csv.ConvertOptions(
                column_types=self._schema(), strings_can_be_null=False, null_values=[], check_utf8=False
            ),
        }  # fmt: skip
        try:
            yield from arrow_csv.open_csv(stream, **options)
        except pa.ArrowInvalid as error:
            if "Empty CSV" in str(error):
                return
            way_out = "; a quote that opens there may never close: try `quote: ''`" if "straddl" in str(error) else ""
            raise SourceError(f"{self.label}: unreadable after row {self.next - 1}: {error}{way_out}") from error

    def _keep(self, row: arrow_csv.InvalidRow) -> str:
        self.bad.append(Spoiled(row.number or 0, "wrong-field-count", row.text))
        return "skip"

    def _raw(self, table: pa.Table, *, final: bool = False) -> Raw:
        numbers = self._numbers(table.num_rows)
        inner = _inner_lines(table)
        lines = numbers + self.inner
        if inner is not None:
            lines = lines + np.concatenate(([0], np.cumsum(inner)[:-1]))
        spoiled = [bad for bad in self.bad if final or bad.line < self.next]
        self.bad = [bad for bad in self.bad if bad not in spoiled]
        placed = tuple(Spoiled(self._line(bad.line, numbers, lines), bad.reason, bad.text) for bad in spoiled)
        if inner is not None:
            self.inner += int(inner.sum())
        last = int(lines[-1]) if len(lines) and not final else None
        mended = [line for line in self.replaced if last is None or line <= last]
        del self.replaced[: len(mended)]
        return Raw(self.label, table, lines, placed, mended=tuple(mended))

    def _numbers(self, count: int) -> npt.NDArray[np.int64]:
        """Number the good rows, leaving out the numbers of those that were spoiled."""
        taken = np.array(sorted(bad.line for bad in self.bad), dtype=np.int64)
        numbers = np.arange(self.next, self.next + count + len(taken), dtype=np.int64)
        numbers = numbers[~np.isin(numbers, taken)][:count]
        if count:
            self.next = int(numbers[-1]) + 1
        return numbers

    def _line(self, number: int, numbers: npt.NDArray[np.int64], lines: npt.NDArray[np.int64]) -> int:
        place = int(np.searchsorted(numbers, number))
        return number + (int(lines[place] - numbers[place]) if place < len(numbers) else self.inner)


def _inner_lines(table: pa.Table) -> npt.NDArray[np.int64] | None:
    """Count the line breaks inside each row's cells; None where there are none at all."""
    total: npt.NDArray[np.int64] | None = None
    for column in table.columns:
        if any(_BREAK.search(chunk.buffers()[2] or b"") for chunk in column.chunks):
            counts = pc.count_substring(column, "\n").to_numpy().astype(np.int64)
            total = counts if total is None else total + counts
    return total
