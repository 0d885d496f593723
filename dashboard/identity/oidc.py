"""A city's own directory: OpenID Connect, authorization code with PKCE, the id token checked here."""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import httpx2
import msgspec
from authlib.common.urls import add_params_to_uri  # type: ignore[import-untyped]
from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from pipelines.config.sign_in import Oidc
from pipelines.errors import CitybrainError, ConfigError
from pipelines.registry.base import Registry

from .accounts import Account, AccountRefused, check_roles

STATE = "oidc_state"
LIFE = timedelta(minutes=10)
LEEWAY = 60
ALGORITHMS = ["RS256", "PS256", "ES256"]


class DirectoryRefused(CitybrainError):
    """The city's directory did not let this person in."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked of the directory, until it answers."""

    nonce: str
    verifier: str
    browser: str
    next: str


class Directory:
    """Speak with one issuer."""

    def __init__(
        self,
        config: Oidc,
        registry: Registry,
        clock: Callable[[], datetime],
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        """Speak as the configuration says; raise `ConfigError` without the client's secret."""
        secret = os.environ.get(config.client_secret, "")
        if not secret:
            raise ConfigError(f"sign_in.oidc.client_secret: the environment has no {config.client_secret}")
        self.config = config
        self._secret = secret
        self._registry = registry
        self._clock = clock
        self._client = httpx2.AsyncClient(transport=transport, timeout=10)
        self._found: dict[str, Any] = {}

    async def ask(self, back: str, browser: str, onward: str) -> str:
        """Return the address at the issuer to which a browser is sent; it comes back to ``back``."""
        found = await self._discover()
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        asked = Asked(nonce=nonce, verifier=verifier, browser=browser, next=onward)
        self._registry.put(STATE, state, msgspec.json.encode(asked), self._clock() + LIFE)
        parameters = {
            "response_type": "code", "client_id": self.config.client_id, "redirect_uri": back, "state": state,
            "scope": " ".join(self.config.scopes), "nonce": nonce, "code_challenge_method": "S256",
            "code_challenge": create_s256_code_challenge(verifier),
        }  # fmt: skip
        return str(add_params_to_uri(found["authorization_endpoint"], list(parameters.items())))

    async def answer(self, code: str, state: str, browser: str, back: str) -> tuple[Account, str]:
        """Return who came back and where they wanted to go; raise `DirectoryRefused` for anything odd."""
        document = self._registry.get(STATE, state)
        # a state counts once, and only in the browser that was sent away with it
        if document is None or not self._registry.swap(STATE, state, document, None):
            raise DirectoryRefused("this answer was not asked for, or too long ago: sign in again")
        asked = msgspec.json.decode(document, type=Asked)
        if not hmac.compare_digest(asked.browser, browser):
            raise DirectoryRefused("this answer was asked for by another browser: sign in again")
        found = await self._discover()
        form = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": asked.verifier,
        }  # fmt: skip
        told = await self._json("POST", found["token_endpoint"], data=form, auth=(self.config.client_id, self._secret))
        claims = await self._claims(str(told.get("id_token", "")), asked.nonce)
        return self.account(claims), asked.next

    def account(self, claims: dict[str, Any]) -> Account:
        """Return a person of the directory as an account; raise `DirectoryRefused` for one without a role here."""
        config = self.config
        roles = {config.roles[one] for one in _many(claims.get(config.roles_claim)) if one in config.roles}
        areas = _many(claims.get(config.areas_claim)) if config.areas_claim else list(config.areas)
        unit = _many(claims.get(config.unit_claim))[:1] if config.unit_claim else []
        user = str(claims.get(config.user_claim) or "")
        if not user:
            raise DirectoryRefused(f"the id token has no {config.user_claim!r}")
        try:
            held = check_roles(roles)
        except AccountRefused as refused:
            raise DirectoryRefused(f"{user}: {refused}") from refused
        name = str(claims.get(config.name_claim) or user)
        return Account(
            user=f"oidc:{user}"[:64], name=name, roles=held, areas=frozenset(areas), unit=unit[0] if unit else None,
            origin=config.issuer,
        )  # fmt: skip

    async def _claims(self, token: str, nonce: str) -> dict[str, Any]:
        try:
            claims = await self._opened(token)
        except (JoseError, ValueError) as error:
            raise DirectoryRefused(f"the id token cannot be trusted: {error}") from error
        now = self._clock().timestamp()
        audience = _many(claims.get("aud"))
        wrong = {
            "issuer": claims.get("iss") != self._found["issuer"],
            "audience": self.config.client_id not in audience,
            "party": len(audience) > 1 and claims.get("azp") != self.config.client_id,
            "time": not _number(claims.get("exp")) or now > claims["exp"] + LEEWAY,
            "issue": not _number(claims.get("iat")) or claims["iat"] > now + LEEWAY,
            "nonce": not hmac.compare_digest(str(claims.get("nonce", "")), nonce),
        }
        if names := [name for name, is_wrong in wrong.items() if is_wrong]:
            raise DirectoryRefused(f"the id token has the wrong {', '.join(names)}")
        return claims

    async def _opened(self, token: str) -> dict[str, Any]:
        """Return what a token says, its signature checked; keys that are not known are fetched once more."""
        for fresh in (False, True):
            keys = KeySet.import_key_set(await self._keys(fresh))
            try:
                return dict(jwt.decode(token, keys, algorithms=ALGORITHMS).claims)
            except (JoseError, ValueError):
                if fresh:
                    raise
        raise AssertionError("unreachable")

    async def _keys(self, fresh: bool) -> Any:  # noqa: ANN401
        if fresh or "keys" not in self._found:
            self._found["keys"] = await self._json("GET", self._found["jwks_uri"])
        return self._found["keys"]

    async def _discover(self) -> dict[str, Any]:
        if "issuer" not in self._found:
            issuer = self.config.issuer.rstrip("/")
            found = await self._json("GET", f"{issuer}/.well-known/openid-configuration")
            if str(found.get("issuer", "")).rstrip("/") != issuer:
                raise DirectoryRefused(f"the document at {issuer} speaks for {found.get('issuer')!r}")
            self._found = dict(found)
        return self._found

    async def _json(self, method: str, url: str, **rest: Any) -> dict[str, Any]:  # noqa: ANN401
        try:
            answer = await self._client.request(method, url, **rest)
            answer.raise_for_status()
            return dict(answer.json())
        except (httpx2.HTTPError, ValueError) as error:
            raise DirectoryRefused(f"the directory did not answer as it should: {type(error).__name__}") from error


def _many(value: Any) -> list[str]:  # noqa: ANN401
    if value is None:
        return []
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _number(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, int | float) and not isinstance(value, bool)
