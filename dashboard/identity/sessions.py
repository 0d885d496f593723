"""Sessions of people: a random token in a cookie, of which only the hash is kept."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import msgspec

from pipelines.registry.base import Registry

from .accounts import Account

SESSION, SEEN = "session", "session_seen"
TOUCH: Final = timedelta(seconds=60)


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """One browser of one person."""

    id: str
    user: str
    stamp: str
    started_at: datetime
    until: datetime
    address: str = ""
    agent: str = ""
    view_as: str | None = None
    view_until: datetime | None = None


class Sessions:
    """The sessions of a site, in its registry."""

    def __init__(self, registry: Registry, clock: Callable[[], datetime], idle: timedelta, longest: timedelta) -> None:
        """Keep sessions; one nobody used for ``idle`` is over, every one after ``longest``."""
        self._registry = registry
        self._clock = clock
        self.idle = idle
        self.longest = longest
        self._touched: dict[str, datetime] = {}

    def open(self, account: Account, address: str = "", agent: str = "") -> str:
        """Begin a session; return its token, which is told once."""
        token, now = secrets.token_urlsafe(32), self._clock()
        session = Session(
            id=name_of(token), user=account.user, stamp=account.stamp, started_at=now, until=now + self.longest,
            address=address, agent=agent[:200],
        )  # fmt: skip
        self._registry.put(SEEN, session.id, now.isoformat().encode(), session.until)
        self._registry.put(SESSION, session.id, msgspec.json.encode(session), session.until)
        return token

    def find(self, session_id: str) -> Session | None:
        """Return a session that is not over."""
        document = self._registry.get(SESSION, session_id)
        session = msgspec.json.decode(document, type=Session) if document else None
        if session is None or self._clock() >= session.until or self._clock() - self.seen(session) > self.idle:
            return None
        return session

    def seen(self, session: Session) -> datetime:
        """Return when it was last used, on whichever node."""
        document = self._registry.get(SEEN, session.id)
        told = datetime.fromisoformat(document.decode()) if document else session.started_at
        return max(told, self._touched.get(session.id, session.started_at))

    def touch(self, session_id: str, until: datetime) -> None:
        """Note that it is used; written down once a minute."""
        now = self._clock()
        if now - self._touched.get(session_id, now - TOUCH) >= TOUCH:
            self._touched[session_id] = now
            self._registry.put(SEEN, session_id, now.isoformat().encode(), until)

    def all(self, user: str | None = None) -> list[Session]:
        """Return the sessions there are, of one user or of all, the newest first."""
        kept = [msgspec.json.decode(document, type=Session) for document in self._registry.all(SESSION).values()]
        mine = [one for one in kept if user in (None, one.user)]
        return sorted(mine, key=lambda one: one.started_at, reverse=True)

    def revoke(self, session_id: str) -> bool:
        """End a session everywhere."""
        self._touched.pop(session_id, None)
        return self._registry.drop(SESSION, session_id)

    def revoke_user(self, user: str) -> int:
        """End every session of a user."""
        return sum(self.revoke(session.id) for session in self.all(user))

    def view_as(self, session_id: str, user: str | None, life: timedelta = timedelta(minutes=30)) -> Session | None:
        """Let a session look as another account for a while, or end that; None if the session is over."""
        document = self._registry.get(SESSION, session_id)
        if document is None:
            return None
        before = msgspec.json.decode(document, type=Session)
        until = self._clock() + life if user else None
        after = msgspec.structs.replace(before, view_as=user, view_until=until)
        return after if self._registry.swap(SESSION, session_id, document, msgspec.json.encode(after)) else None


def name_of(token: str) -> str:
    """Return what a token is known by: its hash, which opens nothing."""
    return hashlib.sha256(token.encode()).hexdigest()
