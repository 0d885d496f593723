"""`citybrain accounts` and `citybrain keys`: who may sign in, also while the node runs."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Annotated

import msgspec
import typer

from pipelines.config.sign_in import SignIn
from pipelines.errors import CitybrainError
from pipelines.geography import Geography
from pipelines.registry.kept import kept

from ..identity import demonstration
from ..identity.accounts import Account, AccountRefused
from ..identity.gate import Gate
from .audit import console
from .site import Site

PASSWORD = "CITYBRAIN_PASSWORD"
LOCAL = "commands"
User = Annotated[str, typer.Argument(help="The name this person signs in with.")]


def add(
    site: Site,
    user: User,
    role: Annotated[list[str], typer.Option(help="A role; may be repeated.")],
    name: Annotated[str, typer.Option(help="What others read.")] = "",
    area: Annotated[list[str] | None, typer.Option(help="An area to answer for; may be repeated.")] = None,
    unit: Annotated[str | None, typer.Option(help="The unit this person works in.")] = None,
) -> None:
    """Add a person; the password is asked for, or read from the environment's CITYBRAIN_PASSWORD."""
    with _gate(site) as gate:
        for one in area or ():
            gate.tree.path(one)
        account = Account(
            user=user, name=name or user, roles=frozenset(role), areas=frozenset(area or ()), unit=unit,
            password=gate.accounts.hashed(user, _password(user)),
        )  # fmt: skip
        gate.accounts.save(account, new=True)
        gate.denials.deed(None, LOCAL, f"add {user}", console())
    typer.echo(f"{user} may sign in as {', '.join(sorted(account.roles))}")


def listed(site: Site) -> None:
    """List the accounts."""
    with _gate(site) as gate:
        for one in gate.accounts.all():
            marks = [mark for mark, is_so in (("disabled", one.disabled), ("demo", one.demo)) if is_so]
            scope = [*sorted(one.areas), *([one.unit] if one.unit else [])]
            typer.echo("  ".join([one.user, one.name, ",".join(sorted(one.roles)), ",".join(scope), *marks]))


def disable(
    site: Site, user: User, again: Annotated[bool, typer.Option("--enable", help="Let this person in again.")] = False
) -> None:
    """Let a person in no more; their sessions end within seconds."""
    with _gate(site) as gate:
        gate.accounts.save(msgspec.structs.replace(gate.accounts.known(user), disabled=not again))
        gate.denials.deed(None, LOCAL, f"{'enable' if again else 'disable'} {user}", console())
    typer.echo(f"{user} is {'enabled' if again else 'disabled'}")


def password(site: Site, user: User) -> None:
    """Give a person another password; their sessions end within seconds."""
    with _gate(site) as gate:
        gate.accounts.known(user)
        gate.accounts.set_password(user, _password(user))
        gate.denials.deed(None, LOCAL, f"password of {user}", console())
    typer.echo(f"{user} has another password")


def forget_demo(site: Site) -> None:
    """Forget the accounts of a demonstration, so that the node may be served."""
    with _gate(site) as gate:
        typer.echo(f"{demonstration.forget(gate.accounts)} demo accounts forgotten")


def add_key(
    site: Site,
    user: User,
    label: Annotated[str, typer.Option(help="What the key is for.")],
    role: Annotated[list[str] | None, typer.Option(help="A role of this account; all without it.")] = None,
    area: Annotated[list[str] | None, typer.Option(help="An area of this account; all without it.")] = None,
    days: Annotated[float, typer.Option(help="After so many days the key ends.", min=0.01)] = 90,
) -> None:
    """Make an API key that acts for an account; it is shown once."""
    with _gate(site) as gate:
        account, until = gate.accounts.known(user), datetime.now(UTC) + timedelta(days=days)
        token, _ = gate.keys.add(account, label, role or (), area or (), by=LOCAL, until=until)
        gate.denials.deed(None, LOCAL, f"add key {label} of {user}", console())
    typer.echo(token)


def list_keys(site: Site) -> None:
    """List the API keys; the keys themselves are kept nowhere."""
    with _gate(site) as gate:
        for key in gate.keys.all():
            ends, used = key.until, gate.keys.used(key.id)
            times = [f"ends {ends:%Y-%m-%d}" if ends else "never ends", f"used {used:%Y-%m-%d}" if used else "unused"]
            typer.echo("  ".join([key.id[:12], key.label, key.user, ",".join(sorted(key.roles)), *times]))


def revoke_key(site: Site, key: Annotated[str, typer.Argument(help="The beginning of a key's id.")]) -> None:
    """End an API key within seconds."""
    with _gate(site) as gate:
        found = [one.id for one in gate.keys.all() if one.id.startswith(key)]
        if len(found) != 1:
            raise CitybrainError(f"{len(found)} keys begin with {key!r}: see citybrain keys list")
        gate.keys.revoke(found[0])
        gate.denials.deed(None, LOCAL, f"revoke key {key}", console())
    typer.echo("revoked")


@contextmanager
def _gate(site: Site) -> Iterator[Gate]:
    def now() -> datetime:
        return datetime.now(UTC)

    site.folder.mkdir(parents=True, exist_ok=True)
    registry = kept(site.config, site.folder, now)
    try:
        yield Gate(registry, now, Geography.load(site.config).tree, site.config.sign_in or SignIn())
    finally:
        registry.close()


def _password(user: str) -> str:
    given = os.environ.get(PASSWORD)
    if given:
        return given
    if not sys.stdin.isatty():
        raise AccountRefused("no_password", f"no password for {user}: set {PASSWORD}, or run it in a terminal")
    return str(typer.prompt(f"password of {user}", hide_input=True, confirmation_prompt=True))
