"""The registry as a SQLite file beside the node's database: commands may write to it while the node runs."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..errors import RegistryError
from .base import Piece

FILE = "registry.sqlite"
PATIENCE_SECONDS = 10.0
SCHEMA = """
create table if not exists documents (
    kind text not null, name text not null, document blob not null, until real, primary key (kind, name)
) without rowid;
create table if not exists entries (
    kind text not null, number integer not null, document blob not null, primary key (kind, number)
) without rowid;
create table if not exists revisions (kind text primary key, revision integer not null) without rowid;
"""
LIVING = "kind = ? and (until is null or until > ?)"


class _Longer(Exception):
    """Takes a change back, uncounted: the list has grown meanwhile."""


def _real_time() -> datetime:
    return datetime.now(UTC)


class SqliteRegistry:
    """Keep documents in one file, or in memory."""

    def __init__(self, file: Path | None, clock: Callable[[], datetime] = _real_time) -> None:
        """Open a file, made where there is none and readable by its owner only; memory for None."""
        self._clock = clock
        self._lock = threading.RLock()
        with _speaking():
            if file:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.touch(mode=0o600)
            self._connection = sqlite3.connect(
                file or ":memory:", PATIENCE_SECONDS, isolation_level=None, check_same_thread=False
            )
            self._connection.execute("pragma journal_mode = wal")
            self._connection.execute("pragma synchronous = full")
            self._connection.executescript(SCHEMA)

    def get(self, kind: str, name: str) -> bytes | None:
        """Return a document, None if there is none or its time is over."""
        found = self._ask(f"select document from documents where {LIVING} and name = ?", kind, self._now(), name)
        return found[0][0] if found else None

    def all(self, kind: str) -> dict[str, bytes]:
        """Return every document of a kind by its id."""
        return dict(self._ask(f"select name, document from documents where {LIVING} order by name", kind, self._now()))

    def put(self, kind: str, name: str, document: bytes, until: datetime | None = None) -> None:
        """Keep a document, in place of the one before, for ever or until a moment."""
        with self._changing(kind):
            self._keep(kind, name, document, until)

    def add(self, kind: str, name: str, document: bytes, until: datetime | None = None) -> bool:
        """Keep a document unless there is one; tell whether it was kept."""
        with self._changing(kind):
            if self.get(kind, name) is not None:
                return False
            self._keep(kind, name, document, until)
            return True

    def swap(self, kind: str, name: str, old: bytes, new: bytes | None) -> bool:
        """Replace (None: drop) a document only if it is still the old one; tell whether it was."""
        with self._changing(kind):
            if self.get(kind, name) != old:
                return False
            if new is None:
                self._ask("delete from documents where kind = ? and name = ?", kind, name)
            else:
                self._ask("update documents set document = ? where kind = ? and name = ?", new, kind, name)
            return True

    def drop(self, kind: str, name: str) -> bool:
        """Forget a document; tell whether there was one."""
        with self._changing(kind):
            known = self.get(kind, name) is not None
            self._ask("delete from documents where kind = ? and name = ?", kind, name)
            return known

    def append(self, kind: str, document: bytes) -> int:
        """Add to a list that only grows; return its new length."""
        with self._changing(kind):
            number = self.length(kind) + 1
            self._ask("insert into entries values (?, ?, ?)", kind, number, document)
            return number

    def extend(self, kind: str, after: int, document: bytes) -> bool:
        """Add to a list only while it has just ``after`` entries; tell whether it was."""
        try:
            with self._changing(kind):
                if self.length(kind) != after:
                    raise _Longer
                self._ask("insert into entries values (?, ?, ?)", kind, after + 1, document)
        except _Longer:
            return False
        return True

    def length(self, kind: str) -> int:
        """Return the number of a list's last entry."""
        return int(self._ask("select coalesce(max(number), 0) from entries where kind = ?", kind)[0][0])

    def read(self, kind: str, after: int, limit: int) -> list[tuple[int, bytes]]:
        """Return up to ``limit`` entries of a list behind a number, with their numbers."""
        sql = "select number, document from entries where kind = ? and number > ? order by number limit ?"
        return self._ask(sql, kind, after, limit)

    def revision(self, kind: str) -> int:
        """Return a number that grows with every change of a kind."""
        found = self._ask("select revision from revisions where kind = ?", kind)
        return int(found[0][0]) if found else 0

    def pieces(self) -> Iterator[Piece]:
        """Yield all that is kept, of one moment."""
        with self._lock:
            self._ask("begin")
            try:
                revisions = self._ask("select kind, revision from revisions order by kind")
                entries = self._ask("select kind, number, document from entries order by kind, number")
                living = (
                    "select kind, name, document, until from documents where until is null or until > ? order by 1, 2"
                )
                documents = self._ask(living, self._now())
            finally:
                self._ask("commit")
        yield from (Piece(kind, revision=revision) for kind, revision in revisions)
        yield from (Piece(kind, number=number, document=document) for kind, number, document in entries)
        yield from (Piece(kind, name, document=document, until=until) for kind, name, document, until in documents)

    def load(self, pieces: Iterable[Piece]) -> None:
        """Keep what another registry had, all or nothing."""
        with self._lock:
            self._ask("begin immediate")
            try:
                for piece in pieces:
                    self._load(piece)
            except BaseException:
                self._ask("rollback")
                raise
            self._ask("commit")

    def _load(self, piece: Piece) -> None:
        if piece.name is not None:
            told = (piece.kind, piece.name, piece.document, piece.until)
            self._ask("insert or replace into documents values (?, ?, ?, ?)", *told)
        elif piece.number is not None:
            self._ask("insert into entries values (?, ?, ?)", piece.kind, piece.number, piece.document)
        else:
            self._ask("insert or replace into revisions values (?, ?)", piece.kind, piece.revision)

    def close(self) -> None:
        """Let the file go."""
        with self._lock:
            self._connection.close()

    def _keep(self, kind: str, name: str, document: bytes, until: datetime | None) -> None:
        self._ask("delete from documents where kind = ? and until <= ?", kind, self._now())
        ends = until.timestamp() if until else None
        self._ask("insert or replace into documents values (?, ?, ?, ?)", kind, name, document, ends)

    @contextmanager
    def _changing(self, kind: str) -> Iterator[None]:
        with self._lock:
            self._ask("begin immediate")
            try:
                yield
                up = "insert into revisions values (?, 1) on conflict (kind) do update set revision = revision + 1"
                self._ask(up, kind)
            except BaseException:
                self._ask("rollback")
                raise
            self._ask("commit")

    def _ask(self, sql: str, *values: object) -> list[Any]:
        with self._lock, _speaking():
            return self._connection.execute(sql, values).fetchall()

    def _now(self) -> float:
        return self._clock().timestamp()


@contextmanager
def _speaking() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise RegistryError(f"the registry file cannot be used: {error}") from error
