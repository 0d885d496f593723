"""Events go through JSON and through Arrow unchanged, and the log's table has a column for all of them."""

from __future__ import annotations

import json
import types
import typing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.contract.events import EVENT_SCHEMA, KINDS, Event, decode, encode, from_table, to_table
from pipelines.errors import EventError

LOG_SQL = Path(__file__).parents[2] / "pipelines/sql/schema/log.sql"
START = datetime(2000, 1, 1, tzinfo=UTC)
VALUES: dict[type, st.SearchStrategy[Any]] = {
    str: st.text(max_size=12),
    bool: st.booleans(),
    int: st.integers(-(2**31), 2**31 - 1),
    float: st.floats(allow_nan=False, allow_infinity=False),
    datetime: st.timedeltas(timedelta(0), timedelta(days=36500)).map(lambda since: START + since),
}


def _value(kind: Any) -> st.SearchStrategy[Any]:
    if isinstance(kind, types.UnionType):
        return st.one_of(*(_value(part) for part in typing.get_args(kind)))
    return st.none() if kind is type(None) else VALUES[kind]


def _events_of(cls: type[Event]) -> st.SearchStrategy[Event]:
    hints = typing.get_type_hints(cls)
    return st.builds(cls, **{name: _value(hints[name]) for name in cls.__struct_fields__})


def _example(kind: str) -> dict[str, Any]:
    values = {"id": "s:7", "source": "s", "area_id": "a", "case_id": "s:7", "rating": 3, "year": 2026}
    times = {name: START.isoformat() for name in EVENT_SCHEMA.names if name.endswith("_at")}
    words = {name: "x" for name in EVENT_SCHEMA.names if EVENT_SCHEMA.field(name).type == pa.string()}
    fields = KINDS[kind].__struct_fields__
    return {"kind": kind} | {
        name: v for name, v in (words | times | values).items() if name in fields and name != "kind"
    }


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=15)
@given(data=st.data())
def test_an_event_of_every_kind_survives_json_and_arrow(kind: str, data: st.DataObject) -> None:
    event = data.draw(_events_of(KINDS[kind]))
    assert decode(encode(event)) == event
    assert json.loads(encode(event))["kind"] == kind
    assert from_table(to_table([event])) == [event]


@settings(max_examples=25)
@given(st.lists(st.one_of(*(_events_of(cls) for cls in KINDS.values())), max_size=6))
def test_a_mixed_batch_keeps_its_order_and_schema(events: list[Event]) -> None:
    table = to_table(events)
    assert table.schema == EVENT_SCHEMA
    assert from_table(table) == events


@pytest.mark.parametrize("kind", KINDS)
def test_every_missing_field_is_named_with_the_event(kind: str) -> None:
    whole = _example(kind)
    assert decode(json.dumps(whole)).id == "s:7"
    required = [field.name for field in msgspec.structs.fields(KINDS[kind]) if field.required and field.name != "id"]
    assert {"source", "area_id", "happened_at", "received_at"} <= set(required)
    for name in required:
        broken = {key: value for key, value in whole.items() if key != name}
        with pytest.raises(EventError, match=rf"^event 's:7': .*`{name}`"):
            decode(json.dumps(broken))
        table = to_table([decode(json.dumps(whole))])
        column = pa.nulls(1, EVENT_SCHEMA.field(name).type)
        with pytest.raises(EventError, match=rf"'s:7' \({kind}\).*`{name}`"):
            from_table(table.set_column(EVENT_SCHEMA.names.index(name), EVENT_SCHEMA.field(name), column))


@pytest.mark.parametrize("kind", ["case-exploded", "case-event", "CaseClosed", ""])
def test_an_unknown_kind_is_named_with_the_event(kind: str) -> None:
    event = _example("case-closed") | {"kind": kind}
    with pytest.raises(EventError, match=rf"^event 's:7': .*'{kind}'"):
        decode(json.dumps(event))
    times = {name: START for name in event if name.endswith("_at")}
    row = {**dict.fromkeys(EVENT_SCHEMA.names), **event, **times}
    with pytest.raises(EventError, match=rf"'s:7': kind '{kind}' is not one of agreement-confirmed"):
        from_table(pa.Table.from_pylist([row], schema=EVENT_SCHEMA))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"kind": 7, "id": "s:7"}', b"\xff\xfe"])
def test_what_is_no_event_is_refused(text: str | bytes) -> None:
    with pytest.raises(EventError, match="event "):
        decode(text)


def test_the_log_has_exactly_the_columns_of_all_events() -> None:
    names = {pa.string(): "VARCHAR", pa.bool_(): "BOOLEAN", pa.float64(): "DOUBLE", pa.int32(): "INTEGER"}
    wanted = {field.name: names.get(field.type, "TIMESTAMP WITH TIME ZONE") for field in EVENT_SCHEMA}
    with duckdb.connect() as connection:
        connection.execute(LOG_SQL.read_text(encoding="utf-8"))
        columns = {name: kind for name, kind, *_ in connection.execute("describe log").fetchall()}
    assert columns.pop("seq") == "BIGINT"
    assert columns == wanted
