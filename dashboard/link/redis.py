"""The rooms of many nodes: one Redis stream of messages that every node follows in order; states beside it."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from typing import Any, Final

import msgspec
import redis.asyncio
from redis.exceptions import RedisError

from .hub import Applied, Message, Note, applied
from .refusal import LinkRefused
from .scene import Room

KEPT: Final = 10_000
AGAIN: Final = 0.2
WRITTEN_WITHIN: Final = 0.2
BEYOND: Final = 1000
"""how far a state that is restored jumps ahead, so that it counts at every display"""
# takes a message once however often it is sent; numbers 1, 2, 3 … inside the server, from what a node applied on
SEND: Final = """
if not redis.call('SET', KEYS[1] .. ':said:' .. ARGV[4], 1, 'NX', 'EX', 60) then return 0 end
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
local n = tonumber(ARGV[2])
if #last > 0 then n = math.max(n, tonumber(string.match(last[1][1], '^(%d+)'))) end
redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[3], string.format('%d-0', n + 1), 'm', ARGV[1])
return n + 1
"""
# keeps states only if they are newer than those kept: what another node wrote later holds these too
WRITE: Final = """
local kept = tonumber(redis.call('HGET', KEYS[1], 'position') or '0')
local mine = tonumber(ARGV[1])
if mine <= kept then return 0 end
for i = 2, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
redis.call('HSET', KEYS[1], 'position', mine)
return 1
"""


class Restored(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """All rooms as a node had them, after Redis lost what it had acknowledged: every node takes them."""

    rooms: tuple[Room, ...]


class Said(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """An ordinary message; ``key`` tells it from every other."""

    key: str
    message: Message


Entry = Said | Restored
_ENTRY: Final[msgspec.json.Decoder[Entry]] = msgspec.json.Decoder(Entry)
_NOTE: Final[msgspec.json.Decoder[Note]] = msgspec.json.Decoder(Note)


class RedisHub:
    """Follow the stream; what this node sends comes back to it in its place among all others."""

    durable = True

    def __init__(self, url: str, key: str, rooms: dict[str, Room], node: str = "") -> None:
        self.rooms = dict(rooms)
        self.position = 0
        self._begun = dict(rooms)
        self._last: bytes | None = None
        """the entry at ``position``, to see that Redis still has the same"""
        self._stream, self._states, self._notes = key, f"{key}:states", f"{key}:notes"
        # its answers are bytes here, which its types do not tell
        self._client: Any = redis.asyncio.Redis.from_url(url, socket_timeout=10, socket_connect_timeout=2)
        self._send = self._client.register_script(SEND)
        self._write = self._client.register_script(WRITE)
        self._node = node or secrets.token_hex(4)
        self._numbers = count(1)
        self._unwritten: set[str] = set()
        self._tasks: list[asyncio.Task[None]] = []
        self._shouts: set[asyncio.Task[None]] = set()

    async def start(self, applied: Applied, heard: Callable[[Note], None], renewed: Callable[[], None]) -> None:
        """Take up the states that are kept, and follow."""
        self._applied, self._heard, self._renewed = applied, heard, renewed
        with suppress(RedisError, OSError):
            await self._load()
        follow = (self._follow, self._listen, self._write_behind)
        self._tasks = [asyncio.create_task(work()) for work in follow]

    async def stop(self) -> None:
        """End, with the states written."""
        for task in (*self._tasks, *self._shouts):
            task.cancel()
        await asyncio.gather(*self._tasks, *self._shouts, return_exceptions=True)
        with suppress(RedisError, OSError):
            await self._write_states()
        await self._client.aclose()

    async def send(self, message: Message) -> None:
        """Hand a message in; raise `LinkRefused` while Redis is away."""
        said = Said(key=f"{self._node}-{next(self._numbers)}", message=message)
        await self._append(said)

    def shout(self, note: Note) -> None:
        """Tell the other nodes; lost while Redis is away."""
        task = asyncio.ensure_future(self._publish(msgspec.json.encode(note)))
        self._shouts.add(task)
        task.add_done_callback(self._shouts.discard)

    async def _publish(self, body: bytes) -> None:
        with suppress(RedisError, OSError):
            await self._client.publish(self._notes, body)

    async def _append(self, entry: Entry) -> None:
        key = entry.key if isinstance(entry, Said) else f"{self._node}-{next(self._numbers)}"
        body = msgspec.json.encode(entry)
        # a connection that died unnoticed fails once: what is sent again is taken once
        for last in (False, False, True):
            try:
                await self._send(keys=[self._stream], args=[body, self.position, KEPT, key])
            except (RedisError, OSError) as error:
                if last:
                    raise LinkRefused("away", str(error)) from None
            else:
                return

    async def _follow(self) -> None:
        sure = False
        while True:
            try:
                if not sure:
                    await self._make_sure()
                    sure = True
                await self._read()
            except (RedisError, OSError, LinkRefused):
                sure = False
                await asyncio.sleep(AGAIN)

    async def _read(self) -> None:
        found = await self._client.xread({self._stream: f"{self.position}-0"}, count=500, block=5000)
        streams = found.values() if isinstance(found, dict) else [entries for _, entries in found or []]
        for entries in streams:
            flat = entries[0] if entries and isinstance(entries[0], list) else entries
            for entry_id, fields in flat:
                await self._take(int(entry_id.split(b"-")[0]), fields[b"m"])

    async def _take(self, number: int, body: bytes) -> None:
        if self.position and number != self.position + 1 and not _is_restored(body):
            # trimmed while this node was away: the states that others wrote hold what it missed
            await self._load()
            self._renewed()
            if number <= self.position:
                return
        self.position, self._last = number, body
        self._apply(_ENTRY.decode(body))

    def _apply(self, entry: Entry) -> None:
        if isinstance(entry, Restored):
            self.rooms |= {room.name: room for room in entry.rooms if room.name in self.rooms}
            self._unwritten |= set(self.rooms)
            self._renewed()
            return
        refused = applied(self.rooms, entry.message)
        if refused is None:
            self._unwritten.add(entry.message.room)
        self._applied(entry.message, refused)

    async def _make_sure(self) -> None:
        """After a connection was made: see that Redis has what this node applied, else give it back to all."""
        if not self.position:
            await self._load()
            return
        there = await self._client.xrange(self._stream, f"{self.position}-0", f"{self.position}-0")
        if there and there[0][1][b"m"] == self._last:
            return
        first = await self._client.xrange(self._stream, count=1)
        if first and int(first[0][0].split(b"-")[0]) > self.position:
            await self._load()
            self._renewed()
        else:
            ahead = (msgspec.structs.replace(room, seq=room.seq + BEYOND) for room in self.rooms.values())
            await self._append(Restored(rooms=tuple(ahead)))

    async def _load(self) -> None:
        kept = await self._client.hgetall(self._states)
        position = int(kept.pop(b"position", 0))
        if position < self.position:
            return
        rooms = {name.decode(): msgspec.json.decode(body, type=Room) for name, body in kept.items()}
        self.rooms |= {name: room for name, room in rooms.items() if name in self._begun}
        self.position = position
        there = await self._client.xrange(self._stream, f"{position}-0", f"{position}-0") if position else []
        self._last = there[0][1][b"m"] if there else None

    async def _write_behind(self) -> None:
        while True:
            await asyncio.sleep(WRITTEN_WITHIN)
            with suppress(RedisError, OSError):
                await self._write_states()

    async def _write_states(self) -> None:
        names, position = sorted(self._unwritten), self.position
        if not names:
            return
        states = [part for name in names for part in (name, msgspec.json.encode(self.rooms[name]))]
        await self._write(keys=[self._states], args=[position, *states])
        self._unwritten -= set(names)

    async def _listen(self) -> None:
        while True:
            try:
                async with self._client.pubsub(ignore_subscribe_messages=True) as heard:
                    await heard.subscribe(self._notes)
                    while True:
                        if note := await heard.get_message(timeout=5):
                            self._heard(_NOTE.decode(note["data"]))
            except (RedisError, OSError):
                await asyncio.sleep(AGAIN)


def _is_restored(body: bytes) -> bool:
    return b'"type":"Restored"' in body[:40]
