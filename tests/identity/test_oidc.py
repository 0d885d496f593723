"""A city's own directory lets people in, and a token that is not exactly what was asked for lets nobody in."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from dashboard.identity.oidc import Directory, DirectoryRefused
from pipelines.config.sign_in import Oidc
from pipelines.registry.sqlite import SqliteRegistry

from .conftest import Hand

ISSUER, BACK = "https://id.city.example", "https://brain.city.example/api/sign-in/oidc/callback"
KEY = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"})
FOREIGN = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"})
RULES = Oidc(
    issuer=ISSUER, client_id="brain", client_secret="BRAIN_SECRET",
    roles={"g-dispatch": "dispatcher", "g-aud": "auditor"},
    roles_claim="groups", areas_claim="districts", unit_claim="dept",
)  # fmt: skip
Change = Callable[[dict[str, Any]], dict[str, Any]]


class Issuer:
    """A small directory with real keys."""

    def __init__(self, hand: Hand, change: Change, key: RSAKey) -> None:
        self.hand, self.change, self.key = hand, change, key
        self.asked: dict[str, str] = {}

    def handle(self, request: httpx2.Request) -> httpx2.Response:
        path = request.url.path
        if path == "/.well-known/openid-configuration":
            ends = {name: f"{ISSUER}/{name}" for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
            return httpx2.Response(200, json={"issuer": ISSUER, **ends})
        if path == "/jwks_uri":
            return httpx2.Response(200, json={"keys": [KEY.as_dict(private=False)]})
        form = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
        proof = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).decode().rstrip("=")
        basic = base64.b64decode(request.headers["authorization"].partition(" ")[2]).decode()
        right = (form["code"], form["redirect_uri"], proof, basic)
        if right != ("code1", BACK, self.asked["code_challenge"], "brain:a secret nobody guesses"):
            return httpx2.Response(400, json={"error": "invalid_grant"})
        now = int(self.hand.now().timestamp())
        claims = {
            "iss": ISSUER, "aud": "brain", "sub": "u-17", "name": "李", "groups": ["g-dispatch", "g-other"],
            "districts": ["11"], "nonce": self.asked["nonce"], "iat": now, "exp": now + 300,
        }  # fmt: skip
        token = jwt.encode({"alg": "RS256", "kid": "k1"}, self.change(claims), self.key)
        return httpx2.Response(200, json={"id_token": token, "access_token": "x", "token_type": "Bearer"})


def come_in(
    hand: Hand, monkeypatch: pytest.MonkeyPatch, change: Change = dict, key: RSAKey = KEY, **wrong: str
) -> tuple[Any, str]:
    """Go to the directory and come back."""
    monkeypatch.setenv("BRAIN_SECRET", "a secret nobody guesses")

    async def story() -> tuple[Any, str]:
        issuer = Issuer(hand, change, key)
        registry = SqliteRegistry(None, hand.now)
        directory = Directory(RULES, registry, hand.now, httpx2.MockTransport(issuer.handle))
        target = await directory.ask(BACK, "browser1", "/desk")
        issuer.asked = {name: values[0] for name, values in parse_qs(urlsplit(target).query).items()}
        assert issuer.asked["code_challenge_method"] == "S256"
        assert "secret" not in target
        state, browser = wrong.get("state", issuer.asked["state"]), wrong.get("browser", "browser1")
        found = await directory.answer(wrong.get("code", "code1"), state, browser, BACK)
        with pytest.raises(DirectoryRefused, match="not asked for"):
            await directory.answer("code1", state, browser, BACK)
        return found

    return asyncio.run(story())


def test_a_person_of_the_directory_comes_in(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    account, onward = come_in(hand, monkeypatch)
    assert (account.user, account.name, onward) == ("oidc:u-17", "李", "/desk")
    assert account.roles == {"dispatcher"}
    assert account.areas == {"11"}
    assert account.unit is None
    assert account.password is None


WRONG: dict[str, tuple[Change, str]] = {
    "another nonce": (lambda claims: claims | {"nonce": "x"}, "nonce"),
    "expired": (lambda claims: claims | {"exp": claims["iat"] - 120}, "time"),
    "of the future": (lambda claims: claims | {"iat": claims["iat"] + 999}, "issue"),
    "a foreign issuer": (lambda claims: claims | {"iss": "https://evil.example"}, "issuer"),
    "for somebody else": (lambda claims: claims | {"aud": "other"}, "audience"),
    "for many": (lambda claims: claims | {"aud": ["brain", "other"]}, "party"),
    "no role here": (lambda claims: claims | {"groups": ["g-other"]}, "needs a role"),
    "two offices": (lambda claims: claims | {"groups": ["g-dispatch", "g-aud"]}, "no other role"),
}


@pytest.mark.parametrize(("change", "why"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_token_lets_nobody_in(hand: Hand, monkeypatch: pytest.MonkeyPatch, change: Change, why: str) -> None:
    with pytest.raises(DirectoryRefused, match=why):
        come_in(hand, monkeypatch, change)


def test_a_foreign_key_code_state_or_browser_lets_nobody_in(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DirectoryRefused, match="cannot be trusted"):
        come_in(hand, monkeypatch, key=FOREIGN)
    for wrong in ({"state": "x"}, {"browser": "browser2"}, {"code": "code2"}):
        with pytest.raises(DirectoryRefused):
            come_in(hand, monkeypatch, **wrong)
