"""Who did what, when, where and from which device: a list that only grows, each entry sealed to the one before."""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

import msgspec

from pipelines.contract.scope import Device, Viewer
from pipelines.errors import RegistryError
from pipelines.registry.base import Registry

AUDIT: Final = "audit"
START: Final = "0" * 64
"""What the first entry is sealed to."""
ACTS: Final = (
    "command", "refused_command", "sealed", "export", "sign_in", "sign_out", "view_as", "deed", "pairing", "denied",
    "read_audit",
)  # fmt: skip
MOST_TRIES: Final = 1000
MOST_DETAIL: Final = 4096


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the audit."""

    number: int
    key: str
    """drawn by lot: no two entries are the same, and none is guessed from its hash"""
    at: datetime
    act: str
    what: str
    where: str
    user: str | None
    seen_by: str | None
    """who really looked, where somebody viewed as another"""
    roles: tuple[str, ...]
    session: str | None
    address: str
    device: str
    """the name of a paired device or a key, else what the browser calls itself"""
    screen: str | None
    detail: Any
    previous: str
    hash: str = ""


class Head(msgspec.Struct, frozen=True):
    """The last entry's number and hash: whoever keeps it can prove later that nothing before it was changed."""

    number: int
    hash: str

    def __str__(self) -> str:
        """Write it as it is kept."""
        return f"{self.number}:{self.hash}"


class Audit:
    """Note what is done at a site, in the registry all its nodes share."""

    def __init__(self, registry: Registry, clock: Callable[[], datetime]) -> None:
        """Continue the registry's chain."""
        self.registry = registry
        self._clock = clock
        self._lock = threading.Lock()
        self._head = Head(0, START)

    def note(
        self,
        viewer: Viewer | None,
        act: str,
        what: str,
        where: str,
        detail: Any = None,  # noqa: ANN401
        device: Device | str = "",
    ) -> Head:
        """Write down that somebody did something; raise `RegistryError` if it cannot be: then let it not be done."""
        if act not in ACTS:
            raise KeyError(act)
        entry = Entry(
            number=0, key=secrets.token_hex(8), at=self._clock().astimezone(UTC), act=act,
            what=_text(what, 300), where=_text(where, 300), detail=_small(detail), previous="",
            **_who(viewer, device),
        )  # fmt: skip
        with self._lock:
            self._head = self._chained(entry)
            return self._head

    def head(self) -> Head:
        """Return the last entry's number and hash, as they are stored."""
        number = self.registry.length(AUDIT)
        found = self.registry.read(AUDIT, number - 1, 1) if number else []
        return Head(number, _hash(found[0][1])) if found else Head(0, START)

    def _chained(self, entry: Entry) -> Head:
        """Add behind the last entry, whoever wrote it: only one node can add behind the same one."""
        head = self._head if self._head.number else self.head()
        for _ in range(MOST_TRIES):
            line, sealed = seal(msgspec.structs.replace(entry, number=head.number + 1, previous=head.hash))
            # a registry that was asked twice has it already
            if self.registry.extend(AUDIT, head.number, line) or self._has(head.number + 1, line):
                return sealed
            head = self.head()
        raise RegistryError(f"the audit could not be written: {MOST_TRIES} times others were faster; try again")

    def _has(self, number: int, line: bytes) -> bool:
        return self.registry.read(AUDIT, number - 1, 1) == [(number, line)]


def seal(entry: Entry) -> tuple[bytes, Head]:
    """Return an entry as it is stored, and its seal.

    The hash is the SHA-256 of the entry's JSON without ``hash``: UTF-8, keys in order, no spaces; ``previous``, the
    hash of the entry before, is part of it.
    """
    line: dict[str, Any] = msgspec.to_builtins(entry)
    del line["hash"]
    line["hash"] = hashlib.sha256(canonical(line)).hexdigest()
    return canonical(line), Head(entry.number, line["hash"])


def canonical(value: Any) -> bytes:  # noqa: ANN401
    """Return the one way to write a value as JSON."""
    return msgspec.json.encode(value, order="sorted")


def _hash(line: bytes) -> str:
    try:
        return msgspec.json.decode(line, type=Entry).hash
    except msgspec.MsgspecError:
        # whoever destroys the last entry is found out, and stops nobody from being noted
        return hashlib.sha256(line).hexdigest()


def _who(viewer: Viewer | None, device: Device | str) -> dict[str, Any]:
    used = (viewer.device if viewer else None) or (device if isinstance(device, Device) else Device(device))
    session = viewer.session[:16] if viewer and viewer.session else None
    return {
        "user": viewer.user if viewer else None,
        "seen_by": viewer.seen_by if viewer else None,
        "roles": tuple(sorted(viewer.roles)) if viewer else (),
        "session": session,
        "address": _text(used.address, 80),
        "device": _text(used.name, 200),
        "screen": (viewer.screen if viewer else None) or used.screen,
    }


def _text(text: str, most: int) -> str:
    return text[:most].encode(errors="replace").decode()


def _small(detail: Any) -> Any:  # noqa: ANN401
    """Return a detail as JSON has it; of a long one only its size and hash."""
    plain = canonical(msgspec.to_builtins(detail, str_keys=True))
    if len(plain) > MOST_DETAIL:
        return {"bytes": len(plain), "sha256": hashlib.sha256(plain).hexdigest()}
    return msgspec.json.decode(plain)
