"""Events as columns: every kind, and the schema that is the union of their fields."""

from __future__ import annotations

import pyarrow as pa

from . import discover, disputes, effect, handling, orders, places, warnings
from .base import KIND_COLUMN, Event

PARTS = (discover, disputes, handling, orders, effect, places, warnings)
"""Read here, so that every kind is known."""
ABSTRACT = {"case-event", "dispute-event"}
KINDS: dict[str, type[Event]] = {kind: cls for kind, cls in sorted(Event.kinds.items()) if kind not in ABSTRACT}

_TIME = pa.timestamp("us", tz="UTC")
_TYPES: dict[str, pa.DataType] = {
    "simulated": pa.bool_(), "exercise": pa.bool_(), "lon": pa.float64(), "lat": pa.float64(),
    "rating": pa.int32(), "year": pa.int32(),
}  # fmt: skip


def _column_type(name: str) -> pa.DataType:
    return _TYPES.get(name, _TIME if name.endswith("_at") else pa.string())


def _columns() -> list[str]:
    names = dict.fromkeys([KIND_COLUMN, *Event.__struct_fields__])
    for cls in KINDS.values():
        names.update(dict.fromkeys(cls.__struct_fields__))
    return list(names)


EVENT_SCHEMA = pa.schema([pa.field(name, _column_type(name)) for name in _columns()])
"""One row an event; times are UTC; a column is null where its kind has no such field."""
