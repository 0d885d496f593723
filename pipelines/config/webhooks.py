"""What leaves the node: facts to other programs, notices to people."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator

from ..contract.events import KINDS
from .service import SecretName
from .shape import Shape


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("https", "http") or not parts.hostname or "@" in parts.netloc:
        raise ValueError("expected an address such as https://example.org/hook, without a password in it")
    return text


def _kind(text: str) -> str:
    if text not in KINDS:
        raise ValueError(f"expected kinds of events: {', '.join(KINDS)}")
    return text


def _hour(text: str) -> str:
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text):
        raise ValueError("expected a time of day in quotes, such as '22:00'")
    return text


Address = Annotated[str, AfterValidator(_address)]
TimeOfDay = Annotated[str, AfterValidator(_hour)]


class Webhook(Shape):
    """Another program that is told what happens."""

    name: str = Field(description="its name in lists", pattern=r"^[a-z0-9][a-z0-9_-]{0,31}$")
    url: Address = Field(description="where facts are posted to; https, or http on this machine")
    secret_secret: SecretName = Field(description="NAME of the environment variable with the key that signs (whsec_…)")
    kinds: tuple[Annotated[str, AfterValidator(_kind)], ...] = Field((), description="kinds of events; all if empty")
    areas: tuple[str, ...] = Field((), description="codes of areas, with all that lies in them; the city if empty")
    units: tuple[str, ...] = Field((), description="units whose cases it hears of; all if empty")
    persons: bool = Field(False, description="whether it may read of persons; else names and texts are masked")
    exercise: bool = Field(False, description="whether it hears of drills, too")
    private_addresses: bool = Field(False, description="whether it may lie in a private network or on this machine")
    give_up_days: float = Field(3, description="what could not be delivered for so long is laid aside", gt=0, le=90)


class Mail(Shape):
    """The server that takes e-mails."""

    host: str = Field(description="name of the SMTP server", min_length=1)
    port: int = Field(587, description="its port", ge=1, le=65535)
    sender: str = Field(description="address they come from", pattern=r"^[^@\s<>]+@[^@\s<>]+$")
    username: str | None = Field(None, description="user at the server; none: it asks for none")
    password_secret: SecretName | None = Field(
        None, description="NAME of the environment variable that holds the user's password"
    )
    tls: Literal["starttls", "implicit", "none"] = Field(
        "starttls", description="how the way is closed; `none` only to this machine"
    )

    @model_validator(mode="after")
    def _closed(self) -> Self:
        if self.tls == "none" and self.host not in ("localhost", "127.0.0.1", "::1"):
            raise ValueError(f"mail to {self.host!r} could be read on the way: set tls to starttls or implicit")
        return self


class Notifications(Shape):
    """What people are told beyond their screens."""

    address: Address | None = Field(None, description="address of this site in links; none: no links")
    quiet_from: TimeOfDay = Field("22:00", description="when quiet hours begin, for who says nothing else")
    quiet_until: TimeOfDay = Field("07:00", description="when they end; the night's notices come then as one")
    private_addresses: bool = Field(False, description="whether people's own webhooks may lie in a private network")
