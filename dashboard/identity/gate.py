"""Who is looking, from what a request brings: a session, a key or a device's key; and who is sent away."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from pipelines.config.sign_in import SignIn
from pipelines.contract.areas import AreaTree
from pipelines.contract.roles import may
from pipelines.contract.scope import Viewer
from pipelines.errors import RegistryError
from pipelines.registry.base import Registry

from .accounts import ACCOUNT, Account, Accounts
from .audit import Audit
from .denials import Denials
from .keys import DEVICE, KEY, PREFIX, Keys
from .sessions import SESSION, Sessions, name_of

KINDS: Final = (ACCOUNT, SESSION, KEY, DEVICE)
BLIND: Final = timedelta(seconds=5)
"""A registry that was silent for so long is no longer taken for unchanged: nobody is known then."""
FRESH: Final = timedelta(seconds=3)
Way = Literal["session", "key", "device"]


@dataclass(frozen=True)
class Known:
    """Somebody who was let in, and by what."""

    viewer: Viewer
    way: Way
    until: datetime


class Gate:
    """Let people, programs and devices in; notice within seconds that one of them no longer may."""

    def __init__(self, registry: Registry, clock: Callable[[], datetime], tree: AreaTree, rules: SignIn) -> None:
        """Stand at a site's door under the rules of its configuration."""
        locked = timedelta(minutes=rules.lockout.minutes)
        self.rules = rules
        self.clock = clock
        self.tree = tree
        self.accounts = Accounts(registry, clock, rules.lockout.failures, locked)
        idle, longest = timedelta(minutes=rules.session_idle_minutes), timedelta(hours=rules.session_hours)
        self.sessions = Sessions(registry, clock, idle, longest)
        self.keys = Keys(registry, clock, tree)
        self.audit = Audit(registry, clock)
        self.denials = Denials(self.audit)
        self._registry = registry
        self._known: dict[str, Known] = {}
        self._lock = threading.Lock()
        self._revisions: dict[str, int] = {}
        self._heard = clock()

    def recognise(self, bearer: str | None, session: str | None, device: str | None) -> Viewer | None:
        """Return who brings these tokens, None if they open nothing; a bearer key counts alone."""
        if bearer is not None:
            return self._let_in(name_of(bearer), "key") if bearer.startswith(PREFIX) else None
        return (session and self._let_in(name_of(session), "session")) or (
            device and self._let_in(name_of(device), "device")
        ) or None  # fmt: skip

    def poll(self) -> list[str]:
        """Look whether those let in still may; return the ids of those who may not. To be asked each second."""
        try:
            revisions = {kind: self._registry.revision(kind) for kind in KINDS}
            with self._lock:
                known = dict(self._known)
            now, moved = self.clock(), revisions != self._revisions
            gone = [name for name, one in known.items() if (moved or now >= one.until) and not self._same(name, one)]
            self._revisions, self._heard = revisions, now
        except RegistryError:
            return self._forget_all() if self.clock() - self._heard > BLIND else []
        self._forget(gone)
        return gone

    def _let_in(self, name: str, way: Way) -> Viewer | None:
        with self._lock:
            known = self._known.get(name)
        now = self.clock()
        if known is None or now >= known.until or now - self._heard > BLIND:
            # what is read after this look at the revisions is at least as new as they are
            known = self._look(name, way)
            if known is None:
                return None
            with self._lock:
                self._known[name] = known
        if way == "session":
            self.sessions.touch(name, now + self.sessions.longest)
        elif way == "key":
            self.keys.touch(name)
        return known.viewer

    def _same(self, name: str, before: Known) -> bool:
        found = self._look(name, before.way)
        if found is None or found.viewer != before.viewer:
            return False
        with self._lock:
            self._known[name] = found
        return True

    def _look(self, name: str, way: Way) -> Known | None:
        """Read from the registry who this is; a moment later it is looked at anew, whatever was missed between."""
        soon = self.clock() + FRESH
        if way == "session":
            viewer = self._person(name)
        elif way == "device":
            device = self.keys.device(name)
            viewer = device.viewer() if device else None
        else:
            key = self.keys.find(name)
            account = self._may_enter(key.user) if key else None
            viewer = key.viewer(account, self.tree) if key and account else None
        return Known(viewer, way, soon) if viewer else None

    def _person(self, name: str) -> Viewer | None:
        session = self.sessions.find(name)
        account = self._may_enter(session.user) if session else None
        if session is None or account is None or account.stamp != session.stamp:
            return None
        viewer = account.viewer(name)
        if (
            session.view_as
            and session.view_until
            and self.clock() < session.view_until
            and may(viewer.roles, "view_as")
        ):
            other = self._may_enter(session.view_as)
            return replace(other.viewer(name), seen_by=account.user) if other else viewer
        return viewer

    def _may_enter(self, user: str) -> Account | None:
        account = self.accounts.find(user)
        return account if account and not account.disabled else None

    def forget(self, *names: str) -> None:
        """Look anew who these are, at the next request."""
        self._forget(list(names))

    def _forget(self, names: list[str]) -> None:
        with self._lock:
            for name in names:
                self._known.pop(name, None)

    def _forget_all(self) -> list[str]:
        with self._lock:
            names = list(self._known)
            self._known.clear()
        return names
