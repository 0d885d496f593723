"""One block of rows while it is refined: what was read, which rows are still alive, what was odd."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from .issues import REJECTED, REPAIRED, Issues, Reason
from .raw import Raw

Mask = npt.NDArray[np.bool_]


@dataclass
class Work:
    """A block's raw rows, their fields, and the verdicts so far."""

    raw: Raw
    rows: pa.Array
    fields: pa.Table
    alive: Mask
    issues: Issues = field(default_factory=Issues)

    @classmethod
    def begin(cls, raw: Raw, fields: pa.Table) -> Work:
        """Begin with what the reader already knew."""
        rows = labelled(raw.label, pa.array(raw.lines))
        work = cls(raw, rows, fields, np.ones(raw.table.num_rows, dtype=bool))
        for bad in raw.spoiled:
            work.issues.note(f"{raw.label}:{bad.line}", REJECTED, Reason.coded(bad.reason), raw=bad.text)
        for column in raw.absent:
            work.issues.note(f"{raw.label}:0", REPAIRED, Reason.MISSING_COLUMN, column)
        for line in raw.mended:
            work.issues.note(f"{raw.label}:{line}", REPAIRED, Reason.REPLACED_BYTES)
        return work

    def mark(self, mask: Mask, reason: Reason, key: str) -> None:
        """Note a repair, of rows that are still alive."""
        places = pa.array(np.flatnonzero(mask & self.alive))
        if len(places):
            self.issues.add(self.rows.take(places), REPAIRED, reason, key, self.text(key).take(places))

    def reject(self, mask: Mask, reason: Reason, key: str | None) -> None:
        """Note a rejection, and keep the whole row."""
        places = pa.array(np.flatnonzero(mask & self.alive))
        if len(places):
            whole = [json.dumps(row, ensure_ascii=False) for row in self.raw.table.take(places).to_pylist()]
            values = self.text(key).take(places) if key else pa.nulls(len(places), pa.string())
            self.issues.add(self.rows.take(places), REJECTED, reason, key, values, whole)
            self.alive &= ~mask

    def text(self, key: str) -> pa.Array:
        """Return a field as it was read."""
        return flat(self.fields.column(key))

    def has(self, key: str) -> Mask:
        """Tell where a field has a value."""
        return valid(self.text(key))


def labelled(label: str, lines: pa.Array) -> pa.Array:
    """Return file:line of every row."""
    return pc.binary_join_element_wise(pa.scalar(label), lines.cast(pa.string()), ":")


def flat(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Return a column as one array."""
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def valid(column: pa.Array) -> Mask:
    """Tell where a column has a value."""
    mask: Mask = column.is_valid().to_numpy(zero_copy_only=False)
    return mask


def truth(column: pa.Array | pa.ChunkedArray) -> Mask:
    """Tell where a boolean column is true; null is not."""
    mask: Mask = flat(pc.fill_null(column, False)).to_numpy(zero_copy_only=False)
    return mask
