"""Guests: a person in a room shows a square, a phone that reads it comes in with the room's rights for a while."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import msgspec

from pipelines.registry.base import Registry

from .pairing import PairingRefused

LIFE: Final = timedelta(minutes=10)
STAY: Final = timedelta(hours=4)
MOST_PHONES: Final = 30
INVITATIONS, PHONES = "invitations", "guest_phones"


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """Into which room, by whom, until when."""

    room: str
    areas: tuple[str, ...]
    by: str
    until: datetime


class Guests:
    """Invitations that many phones may use, each once."""

    def __init__(self, registry: Registry, clock: Callable[[], datetime]) -> None:
        """Keep them in a registry that all nodes share; ``clock`` is the real time."""
        self._registry = registry
        self._clock = clock

    def invite(self, by: str, room: str, areas: frozenset[str]) -> tuple[str, Invitation]:
        """Return a ticket to show as a square, and what it stands for."""
        ticket = secrets.token_urlsafe(18)
        invitation = Invitation(room=room, areas=tuple(sorted(areas)), by=by, until=self._clock() + LIFE)
        self._registry.put(INVITATIONS, _hash(ticket), msgspec.json.encode(invitation), invitation.until)
        return ticket, invitation

    def look(self, ticket: str) -> Invitation:
        """Return what a ticket stands for."""
        document = self._registry.get(INVITATIONS, _hash(ticket))
        invitation = msgspec.json.decode(document, type=Invitation) if document else None
        if invitation is None or self._clock() >= invitation.until:
            raise PairingRefused("expired", "this invitation is over: ask for a new one")
        return invitation

    def come(self, ticket: str, phone: str) -> Invitation:
        """Let a phone in, once; ``phone`` is what it keeps as a cookie."""
        invitation = self.look(ticket)
        hashed = _hash(ticket)
        if not self._registry.add(PHONES, f"{hashed}/{_hash(phone)}", b"1", invitation.until):
            raise PairingRefused("expired", "this phone has used the invitation already: ask for a new one")
        places = (f"{hashed}#{place}" for place in range(MOST_PHONES))
        if not any(self._registry.add(PHONES, place, b"1", invitation.until) for place in places):
            raise PairingRefused("too_many_guests", f"{MOST_PHONES} phones have used this invitation")
        return invitation


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
