"""The registry in the Redis server whose log the nodes share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Final, cast

import redis

from ..errors import RegistryError
from .base import Piece

PAGE: Final = 1000
# one change of one document, done whole inside the server; KEYS: document, names of its kind, revision
CHANGE = """
local how, name, new, old, ends = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local kept = redis.call('GET', KEYS[1])
if how == 'add' and kept then return 0 end
if how == 'swap' and kept ~= old then return 0 end
if how == 'forget' and kept ~= old then return 0 end
if how == 'drop' or how == 'forget' then
  redis.call('DEL', KEYS[1])
  redis.call('SREM', KEYS[2], name)
  redis.call('INCR', KEYS[3])
  return kept and 1 or 0
end
if how == 'swap' then redis.call('SET', KEYS[1], new, 'KEEPTTL')
elseif ends == '' then redis.call('SET', KEYS[1], new)
else redis.call('SET', KEYS[1], new, 'PXAT', ends) end
redis.call('SADD', KEYS[2], name)
redis.call('INCR', KEYS[3])
return 1
"""
APPEND = """
redis.call('INCR', KEYS[2])
return redis.call('RPUSH', KEYS[1], ARGV[1])
"""
EXTEND = """
if redis.call('LLEN', KEYS[1]) ~= tonumber(ARGV[2]) then return 0 end
redis.call('INCR', KEYS[2])
redis.call('RPUSH', KEYS[1], ARGV[1])
return 1
"""


class RedisRegistry:
    """Keep documents in Redis; raise `RegistryError` while the server cannot be reached."""

    def __init__(self, url: str, prefix: str) -> None:
        """Connect; every key begins with the prefix."""
        self._client = redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=3)
        self._prefix = prefix
        self._changed = self._client.register_script(CHANGE)
        self._appended = self._client.register_script(APPEND)
        self._extended = self._client.register_script(EXTEND)

    def get(self, kind: str, name: str) -> bytes | None:
        """Return a document, None if there is none or its time is over."""
        with _speaking():
            return cast("bytes | None", self._client.get(self._key("document", kind, name)))

    def all(self, kind: str) -> dict[str, bytes]:
        """Return every document of a kind by its id."""
        with _speaking():
            known = cast("set[bytes]", self._client.smembers(self._key("names", kind)))
            names = sorted(name.decode() for name in known)
            if not names:
                return {}
            found = cast("list[bytes | None]", self._client.mget([self._key("document", kind, n) for n in names]))
        return {name: document for name, document in zip(names, found, strict=True) if document is not None}

    def put(self, kind: str, name: str, document: bytes, until: datetime | None = None) -> None:
        """Keep a document, in place of the one before, for ever or until a moment."""
        self._change("put", kind, name, document, until=until)

    def add(self, kind: str, name: str, document: bytes, until: datetime | None = None) -> bool:
        """Keep a document unless there is one; tell whether it was kept."""
        return self._change("add", kind, name, document, until=until)

    def swap(self, kind: str, name: str, old: bytes, new: bytes | None) -> bool:
        """Replace (None: drop) a document only if it is still the old one; tell whether it was."""
        return self._change("forget" if new is None else "swap", kind, name, new or b"", old)

    def drop(self, kind: str, name: str) -> bool:
        """Forget a document; tell whether there was one."""
        return self._change("drop", kind, name)

    def append(self, kind: str, document: bytes) -> int:
        """Add to a list that only grows; return its new length."""
        with _speaking():
            keys = [self._key("list", kind), self._key("revision", kind)]
            return int(cast("int", self._appended(keys=keys, args=[document])))

    def extend(self, kind: str, after: int, document: bytes) -> bool:
        """Add to a list only while it has just ``after`` entries; tell whether it was."""
        with _speaking():
            keys = [self._key("list", kind), self._key("revision", kind)]
            return bool(self._extended(keys=keys, args=[document, after]))

    def length(self, kind: str) -> int:
        """Return the number of a list's last entry."""
        with _speaking():
            return self._client.llen(self._key("list", kind))

    def read(self, kind: str, after: int, limit: int) -> list[tuple[int, bytes]]:
        """Return up to ``limit`` entries of a list behind a number, with their numbers."""
        if limit <= 0:
            return []
        with _speaking():
            found = cast("list[bytes]", self._client.lrange(self._key("list", kind), after, after + limit - 1))
        return list(enumerate(found, after + 1))

    def revision(self, kind: str) -> int:
        """Return a number that grows with every change of a kind."""
        with _speaking():
            return int(cast("Any", self._client.get(self._key("revision", kind))) or 0)

    def pieces(self) -> Iterator[Piece]:
        """Yield all that is kept: the revisions first, so that no list is shorter than its own says."""
        with _speaking():
            for name in self._names("revision"):
                yield Piece(name, revision=self.revision(name))
            for name in self._names("list"):
                yield from (Piece(name, number=number, document=line) for number, line in self._lines(name))
            for name in self._names("names"):
                yield from self._documents(name)

    def load(self, pieces: Iterable[Piece]) -> None:
        """Keep what another registry had."""
        with _speaking():
            for piece in pieces:
                self._load(piece)

    def _load(self, piece: Piece) -> None:
        if piece.name is not None:
            until = datetime.fromtimestamp(piece.until, UTC) if piece.until is not None else None
            self.put(piece.kind, piece.name, piece.document, until)
        elif piece.number is not None:
            self._client.rpush(self._key("list", piece.kind), piece.document)
        else:
            self._client.set(self._key("revision", piece.kind), piece.revision)

    def _names(self, what: str) -> list[str]:
        """Return the kinds of which there is a list, a revision or documents."""
        begin = self._key(what, "")
        return sorted(key.decode().removeprefix(begin) for key in self._client.scan_iter(match=f"{begin}*", count=1000))

    def _lines(self, kind: str) -> Iterator[tuple[int, bytes]]:
        after = 0
        while lines := self.read(kind, after, PAGE):
            after = lines[-1][0]
            yield from lines

    def _documents(self, kind: str) -> Iterator[Piece]:
        for name, document in self.all(kind).items():
            ends = self._client.pexpiretime(self._key("document", kind, name))
            yield Piece(kind, name, document=document, until=ends / 1000 if ends > 0 else None)

    def close(self) -> None:
        """Let the connection go."""
        self._client.close()

    def _change(
        self, how: str, kind: str, name: str, new: bytes = b"", old: bytes = b"", until: datetime | None = None
    ) -> bool:
        keys = [self._key("document", kind, name), self._key("names", kind), self._key("revision", kind)]
        ends = str(max(1, int(until.timestamp() * 1000))) if until else ""
        with _speaking():
            return bool(self._changed(keys=keys, args=[how, name, new, old, ends]))

    def _key(self, *parts: str) -> str:
        return ":".join((self._prefix, *parts))


@contextmanager
def _speaking() -> Iterator[None]:
    try:
        yield
    except redis.exceptions.RedisError as error:
        raise RegistryError(f"the registry in Redis cannot be used: {error}") from error
