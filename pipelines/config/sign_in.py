"""Who may look: sessions, lockout, a city's own directory, how the node stands in the network."""

from __future__ import annotations

import ipaddress
from typing import Annotated

from pydantic import AfterValidator, Field

from .service import SecretName
from .shape import File, Shape


def _network(text: str) -> str:
    try:
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        raise ValueError("expected an address or a network, such as 10.1.2.3 or 10.1.0.0/16") from None
    return text


class Oidc(Shape):
    """A city's own directory: OpenID Connect, authorization code with PKCE."""

    issuer: str = Field(
        description="address of the issuer, where its discovery document lies", pattern=r"^https?://\S+$"
    )
    client_id: str = Field(description="how this site is known there", min_length=1)
    client_secret: SecretName = Field(description="NAME of the environment variable that holds the client's secret")
    name: str | None = Field(None, description="what the button on the sign-in page says")
    scopes: tuple[str, ...] = Field(("openid", "profile"), description="what is asked of the issuer")
    user_claim: str = Field("sub", description="claim that names the person, for ever")
    name_claim: str = Field("name", description="claim with the name others read")
    roles_claim: str = Field("roles", description="claim with the person's groups or roles")
    roles: dict[str, str] = Field(default_factory=dict, description="what each of its values is as a role here")
    areas_claim: str | None = Field(None, description="claim with area codes; else `areas` for everyone")
    areas: tuple[str, ...] = Field((), description="areas of everyone, where no claim says them")
    unit_claim: str | None = Field(None, description="claim with the unit's code")


class Lockout(Shape):
    """How guessing is stopped."""

    failures: int = Field(5, description="wrong passwords, of one account or from one address", ge=2, le=50)
    minutes: float = Field(15, description="how long it is locked then", gt=0, le=1440)


class Tls(Shape):
    """The node's own certificate."""

    certificate: File = Field(description="file with the certificate and its chain (PEM)")
    key: File = Field(description="file with its key (PEM)")


class SignIn(Shape):
    """Accounts, sessions and the way in."""

    session_idle_minutes: float = Field(240, description="a session nobody used for so long ends", gt=0)
    session_hours: float = Field(12, description="every session ends after this", gt=0, le=24 * 30)
    lockout: Lockout = Field(Lockout(), description="how guessing is stopped")
    oidc: Oidc | None = Field(None, description="the city's own directory beside the accounts kept here")
    trusted_proxy: tuple[Annotated[str, AfterValidator(_network)], ...] | None = Field(
        None, description="addresses whose X-Forwarded headers are believed: the proxy that ends TLS"
    )
    tls: Tls | None = Field(None, description="end TLS here, with this certificate")
