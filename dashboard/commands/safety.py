"""What a node refuses to be served with: secrets that are missing or easily guessed, no certificate."""

from __future__ import annotations

import os
from typing import Final

from pipelines.config import Config
from pipelines.errors import ConfigError

SHORTEST: Final = 12
COMMON: Final = frozenset({"changeme", "change-me", "secret", "password", "default", "citybrain", "test", "example"})


def check(config: Config) -> None:
    """Raise `ConfigError` for a setting nobody should rely on."""
    rules = config.sign_in
    if rules is None:
        return
    if rules.oidc:
        _secret("sign_in.oidc.client_secret", rules.oidc.client_secret)
    for name in ("certificate", "key") if rules.tls else ():
        path = getattr(rules.tls, name)
        if not path.is_file():
            raise ConfigError(f"sign_in.tls.{name}: there is no file {path}")


def _secret(where: str, variable: str) -> None:
    value = os.environ.get(variable, "")
    if not value:
        raise ConfigError(f"{where}: the environment has no {variable}; export it before the start")
    if len(value) < SHORTEST or value.casefold().strip("!123") in COMMON or len(set(value)) < 5:
        raise ConfigError(f"{where}: {variable} holds a default or easily guessed secret; make a random one")
