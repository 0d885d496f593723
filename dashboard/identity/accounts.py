"""Accounts of people: who they are, what they answer for, and a password that only its hash is known of."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from pipelines.contract.roles import ADMINS, ROLES
from pipelines.contract.scope import Scope, Viewer
from pipelines.errors import CitybrainError
from pipelines.registry.base import Registry

ACCOUNT: Final = "account"
SLOTS, LOCKED = "sign_in_tries", "sign_in_locked"
OF_DEVICES: Final = frozenset({"wall", "guest", "reporter"})
OF_UNITS: Final = frozenset({"unit_handler", "unit_head"})
SHORTEST, LONGEST = 10, 200


class AccountRefused(CitybrainError):
    """The account cannot be so."""

    def __init__(self, code: str, message: str) -> None:
        """Name the reason; its words in a person's language are in the screens' catalogue."""
        self.code = code
        super().__init__(message)


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """One person, or one demo person a role."""

    user: str
    name: str
    roles: frozenset[str]
    areas: frozenset[str] = frozenset()
    unit: str | None = None
    disabled: bool = False
    demo: bool = False
    password: str | None = None
    """argon2id; None: only the city's directory or, for a demo account, a button lets this person in"""
    origin: str = "local"
    name_en: str = ""

    @property
    def stamp(self) -> str:
        """Return what changes with anything about the account: a session of another stamp is over."""
        parts = [self.user, sorted(self.roles), sorted(self.areas), self.unit, self.disabled, self.password]
        return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:24]

    def viewer(self, session: str | None = None) -> Viewer:
        """Return this person as one who looks."""
        scope = Scope(frozenset() if self.roles & ADMINS else self.areas, self.unit)
        return Viewer(self.user, self.roles, scope, self.name, session=session)


def check_roles(roles: Iterable[str]) -> frozenset[str]:
    """Return roles one person may hold together; raise `AccountRefused` for any others."""
    held = frozenset(roles)
    if unknown := held - set(ROLES):
        raise AccountRefused("unknown_role", f"{sorted(unknown)} are no roles: use {', '.join(sorted(ROLES))}")
    if not held:
        raise AccountRefused("no_role", "an account needs a role")
    if held & OF_DEVICES:
        raise AccountRefused("of_devices", f"{', '.join(sorted(held & OF_DEVICES))} is a device's, not a person's")
    if held & ADMINS and len(held) > 1:
        raise AccountRefused("separation", f"{', '.join(sorted(held & ADMINS))} goes with no other role")
    return held


class Accounts:
    """The people of a site, in its registry."""

    def __init__(
        self,
        registry: Registry,
        clock: Callable[[], datetime],
        failures: int = 5,
        locked: timedelta = timedelta(minutes=15),
        hasher: PasswordHasher | None = None,
    ) -> None:
        """Keep accounts; so many failures lock an account or an address for so long."""
        self._registry = registry
        self._clock = clock
        self._failures = failures
        self._locked = locked
        self._hasher = hasher or PasswordHasher()
        self._nobody = self._hasher.hash("nobody has this password")

    def find(self, user: str) -> Account | None:
        """Return an account."""
        document = self._registry.get(ACCOUNT, user)
        return msgspec.json.decode(document, type=Account) if document else None

    def all(self) -> list[Account]:
        """Return every account."""
        return [msgspec.json.decode(document, type=Account) for document in self._registry.all(ACCOUNT).values()]

    def save(self, account: Account, *, new: bool = False) -> Account:
        """Keep an account; its sessions of before are over."""
        self._check(account)
        document = msgspec.json.encode(account)
        if not new:
            self._registry.put(ACCOUNT, account.user, document)
        elif not self._registry.add(ACCOUNT, account.user, document):
            raise AccountRefused("taken", f"there is an account {account.user!r} already")
        return account

    def set_password(self, user: str, password: str) -> Account:
        """Give an account another password."""
        account = self.known(user)
        return self.save(msgspec.structs.replace(account, password=self.hashed(user, password)))

    def known(self, user: str) -> Account:
        """Return an account; raise `AccountRefused` where there is none."""
        account = self.find(user)
        if account is None:
            raise AccountRefused("unknown_user", f"there is no account {user!r}")
        return account

    def drop(self, user: str) -> bool:
        """Forget an account."""
        return self._registry.drop(ACCOUNT, user)

    def hashed(self, user: str, password: str) -> str:
        """Return a password's hash; raise `AccountRefused` for one that is easily guessed."""
        if not SHORTEST <= len(password) <= LONGEST or password.casefold() == user.casefold() or len(set(password)) < 4:
            raise AccountRefused("weak", f"a password has {SHORTEST} to {LONGEST} signs, not the user's own name")
        return self._hasher.hash(password)

    def enter(self, user: str, password: str, address: str) -> Account:
        """Return whose password it is; raise `AccountRefused`, the same for a wrong one and for nobody."""
        account_key, address_key = _key("account", user), _key("address", address)
        if self._is_locked(account_key) or self._is_locked(address_key):
            raise self._refusal()
        # the try is taken before the password is looked at, so that many at once are not more tries
        if not self._take(account_key):
            raise self._refusal()
        account = self.find(user)
        usable = account is not None and account.password is not None and not account.disabled and not account.demo
        right = self._fits(account.password if account and usable and account.password else self._nobody, password)
        if account is None or not usable or not right:
            self._lock_if_full(account_key)
            self._take(address_key)
            self._lock_if_full(address_key)
            raise AccountRefused("wrong", "user or password is wrong")
        self._forget(account_key)
        return account

    def _fits(self, hashed: str, password: str) -> bool:
        try:
            return self._hasher.verify(hashed, password[:LONGEST])
        except (Argon2Error, InvalidHashError):
            return False

    def _refusal(self) -> AccountRefused:
        minutes = round(self._locked.total_seconds() / 60)
        return AccountRefused("locked", f"{self._failures} wrong tries: wait {minutes} minutes")

    def _is_locked(self, key: str) -> bool:
        return self._registry.get(LOCKED, key) is not None

    def _take(self, key: str) -> bool:
        until = self._clock() + self._locked
        return any(self._registry.add(SLOTS, f"{key}/{n}", b"1", until) for n in range(self._failures))

    def _lock_if_full(self, key: str) -> None:
        if all(self._registry.get(SLOTS, f"{key}/{n}") for n in range(self._failures)):
            self._registry.put(LOCKED, key, b"1", self._clock() + self._locked)
            self._forget(key)

    def _forget(self, key: str) -> None:
        for n in range(self._failures):
            self._registry.drop(SLOTS, f"{key}/{n}")

    def _check(self, account: Account) -> None:
        check_roles(account.roles)
        if not account.user or len(account.user) > 64 or any(sign in account.user for sign in "/\\ \n\t"):
            raise AccountRefused("bad_user", f"user {account.user!r}: expected 1 to 64 signs without spaces or slashes")
        if account.roles & OF_UNITS and not account.unit:
            raise AccountRefused("no_unit", f"{', '.join(sorted(account.roles & OF_UNITS))} belongs to a unit")
        if not account.roles & ADMINS and not account.areas:
            raise AccountRefused("no_area", "say the areas this person answers for")


def _key(kind: str, name: str) -> str:
    return f"{kind}/{hashlib.sha256(name.encode()).hexdigest()[:32]}"
