"""Events as JSON and as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
import pyarrow as pa

from ...errors import EventError
from .base import KIND_COLUMN, Event, kebab
from .columns import EVENT_SCHEMA, KINDS

_decoder: msgspec.json.Decoder[Event] | None = None


def encode(event: Event) -> bytes:
    """Write one event as JSON."""
    return msgspec.json.encode(event)


def decode(data: bytes | str) -> Event:
    """Read one event from JSON; raise `EventError` naming what is wrong."""
    global _decoder
    if _decoder is None:
        union: Any = KINDS[next(iter(KINDS))]
        for cls in KINDS.values():
            union = union | cls
        _decoder = msgspec.json.Decoder(union)
    try:
        return _decoder.decode(data)
    except msgspec.MsgspecError as error:
        raise EventError(f"event {_name(data)}: {error}") from error


class _Named(msgspec.Struct):
    id: str


def _name(data: bytes | str) -> str:
    try:
        return repr(msgspec.json.decode(data, type=_Named).id)
    except msgspec.MsgspecError:
        return repr(data[:200])


def to_table(events: Iterable[Event]) -> pa.Table:
    """Lay events out as one Arrow table with `EVENT_SCHEMA`."""
    rows = [{**{n: getattr(e, n) for n in e.__struct_fields__}, KIND_COLUMN: kebab(type(e).__name__)} for e in events]
    return pa.Table.from_pylist(rows, schema=EVENT_SCHEMA)


def from_table(table: pa.Table) -> list[Event]:
    """Read events back from a table with `EVENT_SCHEMA`; raise `EventError` on an unknown kind or a missing field."""
    return [_from_row(row) for row in table.to_pylist()]


def _from_row(row: dict[str, Any]) -> Event:
    cls = KINDS.get(row[KIND_COLUMN])
    if cls is None:
        raise EventError(f"event {row.get('id')!r}: kind {row[KIND_COLUMN]!r} is not one of {', '.join(KINDS)}")
    values = {name: row[name] for name in cls.__struct_fields__ if row.get(name) is not None}
    try:
        return msgspec.convert(values | {KIND_COLUMN: row[KIND_COLUMN]}, cls)
    except msgspec.ValidationError as error:
        raise EventError(f"event {row.get('id')!r} ({row[KIND_COLUMN]}): {error}") from error
