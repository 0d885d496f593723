"""What each person wants to be told, and how: kept in the registry."""

from __future__ import annotations

import re
from datetime import time
from typing import Any, Final, Literal

import msgspec

from pipelines.config.webhooks import Notifications
from pipelines.contract.notices import HEARD, Quiet
from pipelines.errors import CitybrainError
from pipelines.registry.base import Registry

from . import signing
from .target import TargetRefused, target

KIND: Final = "notification_wishes"
MAIL: Final = re.compile(r"[^@\s<>,;:\"()\[\]\\]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z0-9-]{2,60}")


class WishRefused(CitybrainError):
    """These wishes cannot be kept."""

    def __init__(self, field: str, message: str) -> None:
        """Name the field, for the form."""
        self.field = field
        super().__init__(message)


class Wishes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One person's wishes; without an address or a webhook nothing is sent."""

    email: str = ""
    webhook: str = ""
    quiet: bool = True
    quiet_from: str = "22:00"
    quiet_until: str = "07:00"
    kinds: tuple[str, ...] | None = None
    """kinds of events; None: all"""
    language: Literal["zh", "en"] = "zh"
    secret: str = ""
    """signs the own webhook; made here, told to its owner alone"""

    @property
    def hours(self) -> Quiet | None:
        """Return the quiet hours, if any."""
        if not self.quiet or self.quiet_from == self.quiet_until:
            return None
        return Quiet(begins=time.fromisoformat(self.quiet_from), ends=time.fromisoformat(self.quiet_until))

    def ways(self) -> list[str]:
        """Return how this person is told."""
        return [name for name, there in (("mail", self.email), ("webhook", self.webhook)) if there]

    def wants(self, kind: str) -> bool:
        """Tell whether this person wants to hear of a kind of event."""
        return self.kinds is None or kind in self.kinds


def first(rules: Notifications, language: str) -> Wishes:
    """Return what holds for who wished nothing yet."""
    spoken: Literal["zh", "en"] = "en" if language == "en" else "zh"
    return Wishes(quiet_from=rules.quiet_from, quiet_until=rules.quiet_until, language=spoken)


def find(registry: Registry, user: str) -> Wishes | None:
    """Return a person's wishes."""
    document = registry.get(KIND, user)
    return msgspec.json.decode(document, type=Wishes) if document else None


def all_(registry: Registry) -> dict[str, Wishes]:
    """Return everybody's wishes."""
    return {user: msgspec.json.decode(document, type=Wishes) for user, document in registry.all(KIND).items()}


def save(registry: Registry, user: str, wished: dict[str, Any], rules: Notifications) -> Wishes:
    """Keep a person's wishes; raise `WishRefused` naming the field that is wrong."""
    try:
        wishes = msgspec.convert({name: value for name, value in wished.items() if name != "secret"}, Wishes)
    except msgspec.ValidationError as error:
        raise WishRefused("", str(error)) from error
    _check(wishes, rules)
    before = find(registry, user)
    same = before is not None and before.webhook == wishes.webhook
    secret = before.secret if before and same else signing.new_secret() if wishes.webhook else ""
    kept = msgspec.structs.replace(wishes, secret=secret)
    registry.put(KIND, user, msgspec.json.encode(kept))
    return kept


def _check(wishes: Wishes, rules: Notifications) -> None:
    if wishes.email and not MAIL.fullmatch(wishes.email):
        raise WishRefused("email", f"{wishes.email[:80]!r} is no e-mail address")
    for name in ("quiet_from", "quiet_until"):
        if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", getattr(wishes, name)):
            raise WishRefused(name, f"{getattr(wishes, name)[:20]!r} is no time of day such as 22:00")
    if unknown := sorted(set(wishes.kinds or ()) - HEARD.keys()):
        raise WishRefused("kinds", f"{unknown[0]!r} is none of {', '.join(HEARD)}")
    if wishes.webhook:
        try:
            target(wishes.webhook[:2000], private=rules.private_addresses)
        except TargetRefused as error:
            raise WishRefused("webhook", str(error)) from error
