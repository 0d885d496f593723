"""What is served is safe to be served, or the command says what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.commands import safety, serving
from dashboard.identity import demonstration
from dashboard.identity.accounts import Accounts
from pipelines.config import load
from pipelines.config.sign_in import Oidc, SignIn, Tls
from pipelines.errors import ConfigError
from pipelines.node import Node

TOWN = 'city: {id: "1", name_zh: 城, name_en: Town, time_zone: Asia/Shanghai, center: [114.9, 27.8]}\n'


def site(folder: Path, sign_in: str) -> Path:
    file = folder / "config.yaml"
    file.write_text(TOWN + f"sign_in: {sign_in}\n", encoding="utf-8")
    return file


def test_an_open_address_needs_tls_or_a_known_proxy(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"0\.0\.0\.0.*TLS"):
        load(site(tmp_path, "{}")).bind("0.0.0.0")
    assert load(site(tmp_path, "{trusted_proxy: [10.0.0.0/8]}")).bind("0.0.0.0", 80)
    with pytest.raises(ConfigError, match="address or a network"):
        load(site(tmp_path, "{trusted_proxy: [the proxy]}"))


def test_a_node_with_demo_accounts_is_not_served(tmp_path: Path) -> None:
    with Node.open(load(site(tmp_path, "{}")), tmp_path / "var") as node:
        serving._refuse_demo(node)
        accounts = Accounts(node.registry, node.wall_clock.now)
        shown = demonstration.show(accounts, node.areas, None, None)
        assert shown
        assert all(one.demo and one.password is None and len(one.roles) == 1 for one in shown)
        with pytest.raises(ConfigError, match="forget-demo"):
            serving._refuse_demo(node)
        assert demonstration.forget(accounts) == len(shown)
        serving._refuse_demo(node)


@pytest.mark.parametrize("secret", ["", "changeme", "secret123!!!", "aaaaaaaaaaaaaaaa"])
def test_a_default_secret_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, secret: str) -> None:
    config = load(site(tmp_path, "null"))
    oidc = Oidc(issuer="https://id.example", client_id="c", client_secret="OIDC_SECRET")
    monkeypatch.setenv("OIDC_SECRET", secret)
    with pytest.raises(ConfigError, match="OIDC_SECRET"):
        safety.check(config.model_copy(update={"sign_in": SignIn(oidc=oidc)}))
    monkeypatch.setenv("OIDC_SECRET", "9f86d081884c7d659a2f")
    safety.check(config.model_copy(update={"sign_in": SignIn(oidc=oidc)}))
    tls = Tls(certificate=tmp_path / "no.pem", key=tmp_path / "no.key")
    with pytest.raises(ConfigError, match=r"tls\.certificate"):
        safety.check(config.model_copy(update={"sign_in": SignIn(tls=tls)}))
