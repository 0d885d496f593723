"""`citybrain audit …`: prove that the audit is whole, also while the node runs; and what commands write into it."""

from __future__ import annotations

import getpass
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated

import typer

from pipelines.config.service import RedisLog
from pipelines.contract.scope import Device
from pipelines.errors import CitybrainError
from pipelines.registry.base import Registry
from pipelines.registry.kept import kept
from pipelines.registry.sqlite import FILE

from ..identity.audit import Audit, Head
from ..identity.proof import Proof, head_of, prove
from .site import Site


def verify(
    site: Site,
    head: Annotated[
        str | None, typer.Option(help="A head kept earlier, NUMBER:HASH: prove that nothing up to it was changed.")
    ] = None,
) -> None:
    """Prove that no entry of the audit is missing, changed or put in; else name the first such one and exit 1."""
    before = head_of(head) if head else None
    tell(proven(site, before), before)


def proven(site: Site, before: Head | None = None) -> Proof:
    """Go through a site's audit."""
    with _registry(site) as registry:
        return prove(registry, before)


def tell(proof: Proof, before: Head | None = None) -> None:
    """Say whether it is whole; exit 1 where it is not."""
    if proof.broken:
        typer.echo(f"the audit is broken: {proof.broken}; the {proof.head.number} before it are whole")
        raise typer.Exit(1)
    upto = f", up to {before.number} the same as when its head was kept" if before else ""
    typer.echo(f"the audit is whole: {proof.head.number} entries{upto}; its head is {proof.head}")


def head(site: Site) -> None:
    """Print the last entry's number and hash, to be kept where nobody who runs the node can change it."""
    with _registry(site) as registry:
        typer.echo(str(Audit(registry, _now).head()))


def note(site: Site, act: str, what: str, where: str) -> None:
    """Write down what is done from this machine's command line."""
    registry = kept(site.config, site.folder, _now)
    try:
        Audit(registry, _now).note(None, act, what, where, device=console())
    finally:
        registry.close()


def console() -> Device:
    """Say whose command line this is: the user of the machine, who is nobody's account."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = str(os.getuid())
    return Device(name=f"{user}@{socket.gethostname()}")


@contextmanager
def _registry(site: Site) -> Iterator[Registry]:
    if not isinstance(site.config.log, RedisLog) and not (site.folder / FILE).exists():
        raise CitybrainError(f"there is no audit in {site.folder}: no node has run there; see --data")
    registry = kept(site.config, site.folder, _now)
    try:
        yield registry
    finally:
        registry.close()


def _now() -> datetime:
    return datetime.now(UTC)
