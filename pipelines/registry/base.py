"""What every registry does, wherever it keeps its documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Protocol

import msgspec


class Piece(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing a registry keeps, as it is carried to another: a document, a list's entry or a kind's revision."""

    kind: str
    name: str | None = None
    """of a document"""
    number: int | None = None
    """of an entry; of neither: the revision"""
    document: bytes = b""
    until: float | None = None
    revision: int = 0


class Registry(Protocol):
    """Documents by kind and id, seen by every node of the site; each call is atomic and durable."""

    def get(self, kind: str, name: str) -> bytes | None:
        """Return a document, None if there is none or its time is over."""
        ...

    def all(self, kind: str) -> dict[str, bytes]:
        """Return every document of a kind by its id."""
        ...

    def put(self, kind: str, name: str, document: bytes, until: datetime | None = None) -> None:
        """Keep a document, in place of the one before, for ever or until a moment."""
        ...

    def add(self, kind: str, name: str, document: bytes, until: datetime | None = None) -> bool:
        """Keep a document unless there is one; tell whether it was kept."""
        ...

    def swap(self, kind: str, name: str, old: bytes, new: bytes | None) -> bool:
        """Replace (None: drop) a document only if it is still the old one; tell whether it was."""
        ...

    def drop(self, kind: str, name: str) -> bool:
        """Forget a document; tell whether there was one."""
        ...

    def append(self, kind: str, document: bytes) -> int:
        """Add to a list that only grows; return its new length."""
        ...

    def extend(self, kind: str, after: int, document: bytes) -> bool:
        """Add to a list only while it has just ``after`` entries; tell whether it was: of many, one wins."""
        ...

    def length(self, kind: str) -> int:
        """Return the number of a list's last entry."""
        ...

    def read(self, kind: str, after: int, limit: int) -> list[tuple[int, bytes]]:
        """Return up to ``limit`` entries of a list behind a number, with their numbers."""
        ...

    def revision(self, kind: str) -> int:
        """Return a number that grows with every change of a kind: cheap to ask each second."""
        ...

    def pieces(self) -> Iterator[Piece]:
        """Yield all that is kept: no list is shorter than its revision says."""
        ...

    def load(self, pieces: Iterable[Piece]) -> None:
        """Keep what another registry had; to be asked of an empty one."""
        ...

    def close(self) -> None:
        """Release what the registry holds open."""
        ...
