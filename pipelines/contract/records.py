"""The columnar form of recorded cases, and of what was wrong with them."""

from __future__ import annotations

import pyarrow as pa

_TIME = pa.timestamp("us", tz="UTC")

RECORD_SCHEMA = pa.schema(
    [
        ("row", pa.string()),
        ("id", pa.string()),
        ("reported_at", _TIME),
        ("due_at", _TIME),
        ("closed_at", _TIME),
        ("status", pa.string()),
        ("is_closed", pa.bool_()),
        ("category", pa.string()),
        ("category_group", pa.string()),
        ("unit_id", pa.string()),
        ("channel", pa.string()),
        ("priority", pa.string()),
        ("area", pa.string()),
        ("lon", pa.float64()),
        ("lat", pa.float64()),
        ("title", pa.string()),
        ("address", pa.string()),
    ]
)
"""One row a recorded case; ``row`` is file:line; times UTC; points WGS84; ``area`` a code or name as written."""

ISSUE_SCHEMA = pa.schema(
    [
        ("row", pa.string()),
        ("outcome", pa.string()),
        ("reason", pa.string()),
        ("field", pa.string()),
        ("value", pa.string()),
        ("raw", pa.string()),
    ]
)
"""One row a repair or rejection; ``raw`` is the whole row as JSON where it was rejected."""
