"""Keys of programs and devices: told once, kept as hashes, narrower than whom they belong to, revocable."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final

import msgspec

from pipelines.contract.areas import AreaTree
from pipelines.contract.scope import Scope, Viewer
from pipelines.registry.base import Registry

from .accounts import Account, AccountRefused
from .sessions import name_of

KEY, DEVICE, USED = "key", "device", "key_used"
PREFIX: Final = "cbk_"


class Key(msgspec.Struct, frozen=True, kw_only=True):
    """A program's key: it acts for an account, never with more than the account has."""

    id: str
    label: str
    user: str
    roles: frozenset[str]
    areas: frozenset[str]
    unit: str | None = None
    by: str = ""
    created_at: datetime
    until: datetime | None = None

    def viewer(self, account: Account, tree: AreaTree) -> Viewer:
        """Return who it is: what the key has of what the account still has."""
        whole = Scope(account.areas)
        areas = frozenset(area for area in self.areas if whole.covers(tree, area))
        scope = Scope(areas, account.unit or self.unit)
        return Viewer(account.user, self.roles & account.roles, scope, self.label, session=self.id)


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """A paired wall, or a guest's phone."""

    id: str
    name: str
    room: str
    areas: frozenset[str]
    role: str = "wall"
    by: str = ""
    created_at: datetime
    until: datetime | None = None

    def viewer(self) -> Viewer:
        """Return the device as one who looks."""
        screen = "wall" if self.role == "wall" else None
        user = f"{self.role}:{self.id[:8]}"
        return Viewer(user, frozenset({self.role}), Scope(self.areas), self.name, screen, self.id, self.room)


class Keys:
    """The keys of a site, in its registry."""

    def __init__(self, registry: Registry, clock: Callable[[], datetime], tree: AreaTree) -> None:
        """Keep keys."""
        self._registry = registry
        self._clock = clock
        self._tree = tree

    def add(
        self,
        account: Account,
        label: str,
        roles: Iterable[str],
        areas: Iterable[str],
        *,
        unit: str | None = None,
        by: str = "",
        until: datetime | None = None,
    ) -> tuple[str, Key]:
        """Make a key of an account; return it, told once, and what is kept of it."""
        wanted, within = frozenset(roles) or account.roles, frozenset(areas) or account.areas
        if more := wanted - account.roles:
            raise AccountRefused("too_much", f"{account.user} is not {', '.join(sorted(more))}")
        for area in within:
            if not Scope(account.areas).covers(self._tree, area):
                raise AccountRefused("too_much", f"{account.user} does not answer for area {area!r}")
        if account.unit and unit not in (None, account.unit):
            raise AccountRefused("too_much", f"{account.user} does not answer for unit {unit!r}")
        token = PREFIX + secrets.token_urlsafe(32)
        key = Key(
            id=name_of(token), label=label[:80] or "key", user=account.user, roles=wanted, areas=within,
            unit=account.unit or unit, by=by, created_at=self._clock(), until=until,
        )  # fmt: skip
        self._registry.put(KEY, key.id, msgspec.json.encode(key), until)
        return token, key

    def admit(
        self, name: str, room: str, areas: Iterable[str], by: str, role: str = "wall", life: timedelta | None = None
    ) -> tuple[str, Device]:
        """Give a device its own key."""
        token, now = secrets.token_urlsafe(32), self._clock()
        until = now + life if life else None
        device = Device(
            id=name_of(token), name=name, room=room, areas=frozenset(areas), role=role, by=by, created_at=now,
            until=until,
        )  # fmt: skip
        self._registry.put(DEVICE, device.id, msgspec.json.encode(device), until)
        return token, device

    def find(self, key_id: str) -> Key | None:
        """Return a key whose time is not over."""
        document = self._registry.get(KEY, key_id)
        key = msgspec.json.decode(document, type=Key) if document else None
        return key if key and (key.until is None or self._clock() < key.until) else None

    def device(self, device_id: str) -> Device | None:
        """Return a device whose time is not over."""
        document = self._registry.get(DEVICE, device_id)
        device = msgspec.json.decode(document, type=Device) if document else None
        return device if device and (device.until is None or self._clock() < device.until) else None

    def all(self) -> list[Key]:
        """Return every key."""
        return [msgspec.json.decode(document, type=Key) for document in self._registry.all(KEY).values()]

    def devices(self) -> list[Device]:
        """Return every paired device."""
        return [msgspec.json.decode(document, type=Device) for document in self._registry.all(DEVICE).values()]

    def rename(self, device_id: str, name: str) -> Device | None:
        """Call a device otherwise."""
        device = self.device(device_id)
        if device is None or not name.strip():
            return None
        after = msgspec.structs.replace(device, name=name.strip()[:40])
        self._registry.put(DEVICE, device_id, msgspec.json.encode(after), device.until)
        return after

    def revoke(self, key_id: str) -> bool:
        """End a key everywhere."""
        return self._registry.drop(KEY, key_id)

    def revoke_device(self, device_id: str) -> bool:
        """End a device's key everywhere."""
        return self._registry.drop(DEVICE, device_id)

    def used(self, key_id: str) -> datetime | None:
        """Return when a key was last used."""
        document = self._registry.get(USED, key_id)
        return datetime.fromisoformat(document.decode()) if document else None

    def touch(self, key_id: str) -> None:
        """Note that a key is used; written down once a minute."""
        now, last = self._clock(), self.used(key_id)
        if last is None or now - last >= timedelta(seconds=60):
            self._registry.put(USED, key_id, now.isoformat().encode())
