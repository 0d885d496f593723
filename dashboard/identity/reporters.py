"""Links for who reported a case: signed, for that one case, for half a year; no account, nothing kept of whom."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from pipelines.contract.scope import Scope, Viewer
from pipelines.registry.base import Registry

SECRET: Final = "reporter_secret"
"""The kind of document; its name is a number, the highest one signs."""
HEADER: Final = "citybrain-reporter"
LIFE: Final = timedelta(days=180)
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MAC_BYTES: Final = 16
PURPOSE: Final = b"citybrain reporter's link 1\0"
LONGEST: Final = 400
DOORS: Final = (("GET", "/api/v1/reporter"), ("POST", "/api/v1/commands"), ("POST", "/api/v1/attachments"))
"""All that a link opens: a door that is not here does not know it."""


class LinkRefused(Exception):
    """The link opens nothing: ``wrong`` or ``expired``."""

    def __init__(self, code: Literal["wrong", "expired"]) -> None:
        self.code = code
        super().__init__(f"this reporter's link is {code}")


class Reporters:
    """Make and read links, with a secret that all nodes of a site share."""

    def __init__(self, registry: Registry, clock: Callable[[], datetime], city: str) -> None:
        """Keep the secret in a registry; ``clock`` is the real time, ``city`` the area that holds all cases."""
        self._registry = registry
        self._clock = clock
        self._city = city

    def link(self, case_id: str, *, exercise: bool = False) -> tuple[str, datetime]:
        """Return a case's link, the same all day long, and until when it opens."""
        until = (self._clock() + LIFE - EPOCH).days
        told = struct.pack(">HB", until, exercise) + case_id.encode()
        return _text(told + self._sign(told)), EPOCH + timedelta(days=until)

    def read(self, token: str) -> Viewer:
        """Return who brings a link; raise `LinkRefused` for a forged one, one of another secret, one that is over."""
        told, mac = _parts(token)
        if not hmac.compare_digest(mac, self._sign(told)):
            raise LinkRefused("wrong")
        until, exercise = struct.unpack_from(">HB", told)
        if self._clock() >= EPOCH + timedelta(days=until):
            raise LinkRefused("expired")
        case_id = told[3:].decode()
        # the whole city is its scope, since a case may move; all doors hold it to the one case
        return Viewer(
            f"reporter:{case_id}", frozenset({"reporter"}), Scope(frozenset({self._city})), case=case_id,
            session=f"reporter:{hashlib.sha256(mac).hexdigest()[:32]}", exercise=bool(exercise),
        )  # fmt: skip

    def viewer(self, token: str, method: str, path: str) -> Viewer | None:
        """Return who knocks at a door with a link, None where it does not open that door."""
        if (method, path.rstrip("/")) not in DOORS:
            return None
        try:
            return self.read(token)
        except LinkRefused:
            return None

    def rotate(self) -> None:
        """Sign with a new secret from now on: no link from before opens anything."""
        while not self._registry.add(SECRET, f"{self._newest() + 1:06}", secrets.token_bytes(32)):
            pass

    def _newest(self) -> int:
        return max((int(name) for name in self._registry.all(SECRET)), default=0)

    def _sign(self, told: bytes) -> bytes:
        while not (kept := self._registry.all(SECRET)):
            self.rotate()
        return hmac.digest(kept[max(kept)], PURPOSE + told, "sha256")[:MAC_BYTES]


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _parts(token: str) -> tuple[bytes, bytes]:
    try:
        data = urlsafe_b64decode(token[:LONGEST] + "=" * (-len(token[:LONGEST]) % 4))
    except ValueError:
        raise LinkRefused("wrong") from None
    # one link has one spelling
    if _text(data) != token or len(data) <= 3 + MAC_BYTES:
        raise LinkRefused("wrong")
    return data[:-MAC_BYTES], data[-MAC_BYTES:]
