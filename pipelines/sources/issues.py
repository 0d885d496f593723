"""What was wrong with a row, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ..contract.records import ISSUE_SCHEMA

REPAIRED = "repaired"
REJECTED = "rejected"


class Reason(StrEnum):
    """Why a row was repaired or rejected; the text says what was done."""

    what: str

    def __new__(cls, code: str, what: str) -> Reason:
        """Keep the words beside the code."""
        reason = str.__new__(cls, code)
        reason._value_ = code
        reason.what = what
        return reason

    @classmethod
    def coded(cls, code: str) -> Reason:
        """Return the reason with a code."""
        return next(reason for reason in cls if reason.value == code)

    WRONG_FIELD_COUNT = "wrong-field-count", "rejected: the row has more or fewer cells than the header"
    UNREADABLE_JSON = "unreadable-json", "rejected: the line is no JSON"
    UNCLOSED_QUOTE = (
        "unclosed-quote",
        "rejected: a quote opens and never closes, so the row swallowed the rest of the file",
    )
    BLANK_ROW = "blank-row", "rejected: every cell is blank"
    NOT_SELECTED = "not-selected", "rejected: `where` asks for other values"
    MISSING_DATE = "missing-date", "rejected: nothing says when it was reported"
    UNPARSEABLE_DATE = "unparseable-date", "rejected (reported) or the date left out: no format fits"
    SENTINEL_DATE = "sentinel-date", "rejected (reported) or the date left out: it means “no date”"
    DATE_OUT_OF_RANGE = (
        "date-out-of-range",
        "rejected (reported) or the date left out: before `earliest` or after `latest`",
    )
    DUPLICATE_ROW = "duplicate-row", "rejected: the same id and the same content came before"
    CONFLICTING_ID = "conflicting-id", "rejected: the same id came before with other content; the first one stays"
    MISSING_ID = "missing-id", "repaired: the id is made from the row's content"
    MISSING_CATEGORY = "missing-category", "repaired: the category is `unknown`"
    CLOSED_BEFORE_REPORTED = "closed-before-reported", "repaired: it stays closed, its close time is left out"
    CLOSED_WITHOUT_TIME = "closed-without-time", "repaired: it stays closed, when is unknown"
    CLOSE_TIME_WHILE_OPEN = "close-time-while-open", "repaired: its state counts, it stays open"
    DUE_BEFORE_REPORTED = "due-before-reported", "repaired: the deadline is left out"
    AMBIGUOUS_LOCAL_TIME = "ambiguous-local-time", "repaired: the hour came twice that night, the first one is taken"
    NONEXISTENT_LOCAL_TIME = (
        "nonexistent-local-time",
        "repaired: the clocks skipped it, the first moment after is taken",
    )
    SENTINEL_POINT = "sentinel-point", "repaired: the point means “unknown” and is left out"
    NULL_ISLAND = "null-island", "repaired: the point 0, 0 is left out"
    UNPARSEABLE_POINT = "unparseable-point", "repaired: the point is no pair of numbers and is left out"
    OUT_OF_RANGE_POINT = "out-of-range-point", "repaired: there is no such place on earth, the point is left out"
    REPLACED_BYTES = "replaced-bytes", "repaired: bytes that are invalid in the encoding became U+FFFD"
    MISSING_COLUMN = "missing-column", "noted: no record of the document has this mapped key, which may be right"
    FILE_LEFT_OUT = "file-left-out", "noted: a file of the archive that holds no cases by its name was not read"
    SWAPPED_POINT = "swapped-point", "repaired: longitude and latitude stood the wrong way round and were exchanged"
    OUT_OF_CITY = (
        "out-of-city",
        "repaired: the point lies outside every area; the area's name or “place unknown” is used",
    )
    UNKNOWN_AREA = "unknown-area", "repaired: no area has this code or name"
    UNREADABLE_EVENT = "unreadable-event", "rejected: it is no event of a known kind with all its fields"
    ILLEGAL_TRANSITION = "illegal-transition", "rejected: the case's state does not allow it"
    FUTURE_DATE = "future-date", "rejected: it happens later than our clock and the tolerance allow"
    UNREADABLE_WARNING = "unreadable-warning", "rejected: it is no CAP 1.2 alert with all its elements"
    NOT_A_WARNING = "not-a-warning", "left out: a test, a draft, an answer, or not for the public"
    WARNING_ELSEWHERE = "warning-elsewhere", "left out: it touches no area of the city"
    WRONG_CRS_SUSPECTED = (
        "wrong-crs-suspected",
        "noted: points outside the city would lie inside if `crs` were the one named",
    )


class Issues:
    """Gather issues as columns."""

    def __init__(self) -> None:
        self._parts: list[pa.Table] = []

    def add(
        self,
        rows: pa.Array,
        outcome: str,
        reason: Reason,
        field: str | None,
        values: pa.Array,
        raw: Sequence[str] | None = None,
    ) -> None:
        """Note one reason for several rows."""
        count = len(rows)
        if not count:
            return
        columns = [
            rows, _same(outcome, count), _same(reason.value, count), _same(field, count), values,
            pa.array(raw, pa.string()) if raw is not None else pa.nulls(count, pa.string()),
        ]  # fmt: skip
        self._parts.append(pa.table([_plain(column) for column in columns], schema=ISSUE_SCHEMA))

    def note(self, row: str, outcome: str, reason: Reason, value: str | None = None, raw: str | None = None) -> None:
        """Note one thing."""
        self.add(pa.array([row]), outcome, reason, None, pa.array([value], pa.string()), None if raw is None else [raw])

    def table(self) -> pa.Table:
        """Return all of them as one table with `ISSUE_SCHEMA`."""
        return pa.concat_tables(self._parts) if self._parts else ISSUE_SCHEMA.empty_table()


def where(mask: npt.NDArray[np.bool_]) -> pa.Array:
    """Return the places where a mask holds."""
    return pa.array(np.flatnonzero(mask))


def joined(tables: Iterable[pa.Table]) -> pa.Table:
    """Return several issue tables as one."""
    return pa.concat_tables([ISSUE_SCHEMA.empty_table(), *tables])


def _same(text: str | None, count: int) -> pa.Array:
    return pa.repeat(pa.scalar(text, pa.string()), count)


def _plain(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
