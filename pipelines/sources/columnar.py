"""Parquet and Feather: columns that know their types."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.feather
import pyarrow.ipc
import pyarrow.parquet

from ..config.mapping import TabularMapping
from ..errors import SourceError
from . import headers
from .archive import Member
from .raw import ROWS, Raw, text_column


def read(member: Member, mapping: TabularMapping) -> Iterator[Raw]:
    """Yield a file's rows as text; nested columns are reached by dotted names."""
    with member.open() as stream:
        buffer = pa.py_buffer(stream.read())
    line = 1
    try:
        for batch in _batches(member, mapping, buffer):
            table = _flattened(pa.Table.from_batches([batch]))
            headers.check(member.label, table.column_names, mapping)
            yield _raw(member.label, table, line)
            line += table.num_rows
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as error:
        raise SourceError(f"{member.label}: not readable as {member.suffix[1:] or mapping.format}: {error}") from error


def _batches(member: Member, mapping: TabularMapping, buffer: pa.Buffer) -> Iterable[pa.RecordBatch]:
    kind = mapping.format if mapping.format != "auto" else member.format
    if kind == "parquet":
        yield from pyarrow.parquet.ParquetFile(pa.BufferReader(buffer)).iter_batches(ROWS)
        return
    if buffer.to_pybytes()[:4] == b"FEA1":
        yield from pyarrow.feather.read_table(io.BytesIO(buffer)).to_batches(ROWS)
        return
    with pyarrow.ipc.open_file(buffer) as file:
        for place in range(file.num_record_batches):
            yield from pa.Table.from_batches([file.get_batch(place)]).to_batches(ROWS)


def _flattened(table: pa.Table) -> pa.Table:
    while any(pa.types.is_struct(field.type) for field in table.schema):
        table = table.flatten()
    return table


def _raw(label: str, table: pa.Table, line: int) -> Raw:
    typed = frozenset(field.name for field in table.schema if pa.types.is_temporal(field.type))
    columns = [text_column(column) for column in table.columns]
    lines = np.arange(line, line + table.num_rows, dtype=np.int64)
    return Raw(label, pa.table(columns, names=headers.unique(table.column_names)), lines, typed=typed)
