"""The log as a Redis stream that many nodes append to and follow; entries are CloudEvents as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import msgspec
import pyarrow as pa
import redis

from ..contract.events import EVENT_SCHEMA, decode, to_table
from ..errors import LogError, Outrun, StorageFull
from .base import Appended, Slice
from .stored import StoredLog

CHUNK = 500
NO_FILE = "Redis keeps no append-only file, so what it acknowledges could be lost: set appendonly yes"
FIELD = "event"
# numbers the entries 1, 2, 3 … inside the server, so that positions are dense whoever appends
APPEND = """
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
local n = 0
if #last > 0 then n = tonumber(string.match(last[1][1], '^(%d+)')) end
if ARGV[1] ~= '' and tonumber(ARGV[1]) ~= n then return -1 end
for i = 2, #ARGV do
  n = n + 1
  redis.call('XADD', KEYS[1], string.format('%d-0', n), 'event', ARGV[i])
end
return n
"""
ATTRIBUTES = {"id": "id", "source": "source", "type": "kind", "time": "happened_at", "subject": "case_id"}


class RedisLog:
    """Append to and read a stream; raise `LogError` while the server cannot be reached."""

    def __init__(self, url: str, key: str, stored: StoredLog) -> None:
        """Connect; raise `LogError` unless the server keeps an append-only file."""
        self._client = redis.Redis.from_url(url, decode_responses=True, socket_timeout=10, socket_connect_timeout=5)
        self._key = key
        self._stored = stored
        with self._speaking():
            if self._client.config_get("appendonly").get("appendonly") != "yes":
                raise LogError(NO_FILE)
            self._append = self._client.register_script(APPEND)

    def append(self, events: pa.Table, behind: int | None = None) -> Appended:
        """Store the events this node does not know yet; return once the server has written them."""
        fresh = self._stored.fresh(events)
        position = 0
        rows = fresh.to_pylist()
        with self._speaking():
            for start in range(0, len(rows), CHUNK):
                entries = [cloud_event(row) for row in rows[start : start + CHUNK]]
                expected = "" if behind is None else str(behind + start)
                position = int(self._append(keys=[self._key], args=[expected, *entries]))
                if position < 0:
                    raise Outrun(f"the log no longer ends at {expected}: decide again")
        return Appended(position or self.end(), len(rows), events.num_rows - len(rows))

    def read(self, after: int, limit: int) -> Slice:
        """Return up to ``limit`` events behind a position, in order."""
        with self._speaking():
            entries = cast(
                "list[tuple[str, dict[str, str]]]",
                self._client.xrange(self._key, min=f"({after}-0", max="+", count=limit),
            )
        events = to_table(decode(_flat(entry[FIELD])) for _, entry in entries)
        seq = pa.array([_number(entry_id) for entry_id, _ in entries], type=pa.int64())
        table = events.add_column(0, "seq", seq) if entries else _nothing()
        return Slice(table, seq[-1].as_py() if entries else after)

    def end(self) -> int:
        """Return the position of the last event, 0 for an empty log."""
        with self._speaking():
            last = cast("list[tuple[str, Any]]", self._client.xrevrange(self._key, count=1))
        return _number(last[0][0]) if last else 0

    def close(self) -> None:
        """Let the connection go."""
        self._client.close()

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        try:
            yield
        except redis.exceptions.ResponseError as error:
            if "OOM" in str(error) or "MISCONF" in str(error):
                raise StorageFull(f"Redis cannot keep more: {error}; nothing of this batch was acknowledged") from error
            raise LogError(f"Redis refused: {error}") from error
        except redis.exceptions.RedisError as error:
            raise LogError(f"Redis cannot be reached: {error}; it is tried again") from error


def cloud_event(row: dict[str, Any]) -> bytes:
    """Write one event row as a CloudEvent."""
    known = {name: value for name, value in row.items() if value is not None}
    attributes = {attribute: known.pop(name) for attribute, name in ATTRIBUTES.items() if name in known}
    return msgspec.json.encode({"specversion": "1.0", **attributes, "data": known})


def _flat(text: str) -> bytes:
    """Turn a CloudEvent into the form events are decoded from."""
    cloud = msgspec.json.decode(text)
    names = {name: cloud[attribute] for attribute, name in ATTRIBUTES.items() if attribute in cloud}
    return msgspec.json.encode(names | cloud.get("data", {}))


def _number(entry_id: str) -> int:
    return int(entry_id.partition("-")[0])


def _nothing() -> pa.Table:
    return EVENT_SCHEMA.empty_table().add_column(0, "seq", pa.array([], type=pa.int64()))
