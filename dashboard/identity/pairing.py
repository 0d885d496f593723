"""A wall asks to be let in: it shows six digits, a person who may compares and approves them, it gets a key."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import msgspec

from pipelines.errors import CitybrainError
from pipelines.registry.base import Registry

LIFE: Final = timedelta(minutes=5)
TRIES_FORGOTTEN: Final = timedelta(minutes=15)
MOST_WRONG: Final = 5
MOST_OPEN: Final = 10
CODES: Final = 1_000_000
WAITING, TRIES, PLACES, LOG = "pairing", "pairing_tries", "pairing_places", "pairings"


class PairingRefused(CitybrainError):
    """The wall cannot be let in so."""

    def __init__(self, code: str, message: str) -> None:
        """Name the reason; its words in a person's language are in the screens' catalogue."""
        self.code = code
        super().__init__(message)


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A wall that waits: what it shows, where it stands, and, once somebody said so, what it becomes."""

    code: str
    ticket: str
    """the hash of what only the wall knows"""
    address: str
    place: int
    width: int
    height: int
    opened_at: datetime
    until: datetime
    by: str | None = None
    name: str = ""
    room: str = ""
    areas: tuple[str, ...] = ()
    refused: bool = False


class Opened(msgspec.Struct, frozen=True):
    """What the wall itself is told."""

    code: str
    ticket: str
    until: datetime


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the log of approvals."""

    at: datetime
    by: str
    what: str
    name: str
    room: str
    address: str


def _draw() -> int:
    return secrets.randbelow(CODES)


class Pairing:
    """Codes of walls: kept five minutes, used once, few at a time, hard to guess."""

    def __init__(self, registry: Registry, clock: Callable[[], datetime], draw: Callable[[], int] = _draw) -> None:
        """Keep codes in a registry that all nodes share; ``clock`` is the real time."""
        self._registry = registry
        self._clock = clock
        self._draw = draw

    def open(self, address: str, width: int, height: int) -> Opened:
        """Begin: return digits to show and a ticket to ask with."""
        now = self._clock()
        until, ticket = now + LIFE, secrets.token_urlsafe(24)
        place = self._place(address, until)
        for _ in range(100):
            code = f"{self._draw():06d}"
            waiting = Waiting(
                code=code, ticket=_hash(ticket), address=address, place=place,
                width=width, height=height, opened_at=now, until=until,
            )  # fmt: skip
            if self._registry.add(WAITING, code, msgspec.json.encode(waiting), until):
                return Opened(code, ticket, until)
        self._registry.drop(PLACES, f"{address}/{place}")
        raise PairingRefused("no_code", "all codes that were drawn are taken: try again")

    def waiting(self) -> list[Waiting]:
        """List the walls nobody has answered yet, the newest first."""
        found = (msgspec.json.decode(document, type=Waiting) for document in self._registry.all(WAITING).values())
        open_ones = (one for one in found if self._is_open(one))
        return sorted(open_ones, key=lambda one: one.opened_at, reverse=True)

    def look(self, code: str, who: str) -> Waiting:
        """Return the wall that shows these digits; a wrong try is counted for ``who`` asks."""
        return self._found(code, who)[0]

    def approve(self, code: str, who: str, name: str, room: str, areas: frozenset[str]) -> Waiting:
        """Let the wall in under a name; only the first answer counts."""
        if not name.strip():
            raise PairingRefused("no_name", "a wall needs a name: say where it hangs")
        named = name.strip()[:40]
        return self._answer(code, who, "approved", by=who, name=named, room=room, areas=tuple(sorted(areas)))

    def refuse(self, code: str, who: str) -> Waiting:
        """Send the wall away."""
        return self._answer(code, who, "refused", by=who, refused=True)

    def claim(self, code: str, ticket: str) -> Waiting | None:
        """Hand an approved wall what it became, once; None while it waits."""
        document = self._registry.get(WAITING, code)
        waiting = msgspec.json.decode(document, type=Waiting) if document else None
        if not document or not waiting or not hmac.compare_digest(waiting.ticket, _hash(ticket)):
            raise PairingRefused("expired", f"code {code!r} is not open: ask for a new one")
        if waiting.by is None and not waiting.refused and self._clock() < waiting.until:
            return None
        if not self._registry.swap(WAITING, code, document, None):
            raise PairingRefused("expired", f"code {code!r} was used already: ask for a new one")
        self._registry.drop(PLACES, f"{waiting.address}/{waiting.place}")
        if self._clock() >= waiting.until:
            raise PairingRefused("expired", f"code {code!r} is too old: ask for a new one")
        if waiting.refused:
            raise PairingRefused("refused", f"{waiting.by} refused this wall")
        return waiting

    def give_up(self, code: str, ticket: str) -> None:
        """Forget a code that its wall no longer shows."""
        document = self._registry.get(WAITING, code)
        waiting = msgspec.json.decode(document, type=Waiting) if document else None
        ours = waiting and hmac.compare_digest(waiting.ticket, _hash(ticket))
        if document and waiting and ours and self._registry.swap(WAITING, code, document, None):
            self._registry.drop(PLACES, f"{waiting.address}/{waiting.place}")

    def log(self, after: int = 0, limit: int = 200) -> list[Entry]:
        """Return who let which wall in or sent it away."""
        return [msgspec.json.decode(line, type=Entry) for _, line in self._registry.read(LOG, after, limit)]

    def _answer(self, code: str, who: str, what: str, **change: object) -> Waiting:
        waiting, document = self._found(code, who)
        answered = msgspec.structs.replace(waiting, **change)
        if not self._registry.swap(WAITING, code, document, msgspec.json.encode(answered)):
            raise PairingRefused("answered", f"somebody else answered the wall with code {code!r}")
        entry = Entry(
            at=self._clock(), by=who, what=what, name=answered.name, room=answered.room, address=answered.address
        )
        self._registry.append(LOG, msgspec.json.encode(entry))
        return answered

    def _found(self, code: str, who: str) -> tuple[Waiting, bytes]:
        if all(self._registry.get(TRIES, f"{who}/{n}") is not None for n in range(MOST_WRONG)):
            raise PairingRefused("too_many_tries", f"{MOST_WRONG} wrong codes: wait a quarter of an hour")
        document = self._registry.get(WAITING, code)
        waiting = msgspec.json.decode(document, type=Waiting) if document else None
        if document and waiting and self._is_open(waiting):
            return waiting, document
        if waiting is None:
            until = self._clock() + TRIES_FORGOTTEN
            any(self._registry.add(TRIES, f"{who}/{n}", b"1", until) for n in range(MOST_WRONG))
        raise PairingRefused("unknown_code", "no wall waits with this code: compare it with the wall")

    def _place(self, address: str, until: datetime) -> int:
        """Take one of the few places an address has; adding is atomic, so two nodes never give the same."""
        for place in range(MOST_OPEN):
            if self._registry.add(PLACES, f"{address}/{place}", b"1", until):
                return place
        raise PairingRefused("too_many_codes", f"{address} has {MOST_OPEN} open codes: approve or wait for them")

    def _is_open(self, waiting: Waiting) -> bool:
        return waiting.by is None and not waiting.refused and self._clock() < waiting.until


def _hash(ticket: str) -> str:
    return hashlib.sha256(ticket.encode()).hexdigest()
