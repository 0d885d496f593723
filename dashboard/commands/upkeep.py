"""`citybrain rebuild`, `backup` and `restore`: the data of a node."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from pipelines import lake
from pipelines.errors import CitybrainError
from pipelines.node import Node

from . import audit, remote
from .reach import reached
from .site import Site


def rebuild(
    site: Site,
    verify: Annotated[bool, typer.Option("--verify", help="Only compare: exit 1 where a mart differs.")] = False,
) -> None:
    """Make every mart anew from the log, or verify that they equal a rebuild."""
    with reached(site) as node:
        if not verify:
            node.rebuild()
            typer.echo("every mart was made anew from the log")
            return
        differences = [msgspec.to_builtins(difference) for difference in node.verify()]
    _tell(differences)


def _tell(differences: list[dict[str, Any]]) -> None:
    for found in differences:
        typer.echo(f"{found['mart']}: {found['missing']} rows are missing, {found['surplus']} are too many")
    if differences:
        typer.echo("run citybrain rebuild to make them anew from the log")
        raise typer.Exit(1)
    typer.echo("every mart equals a rebuild from the log")


def backup(
    site: Site,
    target: Annotated[Path, typer.Argument(help="Folder to write the backup to; it must not exist yet.")],
) -> None:
    """Write a backup that a node can be restored from, also while the node runs.

    It holds the log, what was kept aside, the files facts name, and the registry with accounts, keys, sealed parties
    and the audit: keep it where only few can read it.
    """
    if target.exists():
        raise CitybrainError(f"{target} is there already; name a new folder, so that no backup is overwritten")
    with reached(site) as node:
        audit.note(site, "export", "backup", str(target))
        made = msgspec.to_builtins(node.backup(target))
    typer.echo(f"backed up to {target}: {made['events']} events, {made['attachments']} attachments")
    for name in made["lost"]:
        typer.echo(f"attachment {name} is named by a fact, but gone: it is not in the backup")


def restore(
    site: Site,
    backup: Annotated[Path, typer.Argument(help="Folder that citybrain backup wrote.")],
) -> None:
    """Make a node's data from a backup, where there are none yet, and prove that the audit in it is whole.

    Who was signed in signs in again; keys that were revoked after the backup was made are to be revoked again.
    """
    if not backup.is_dir():
        raise CitybrainError(f"there is no backup {backup}; name the folder that citybrain backup wrote")
    with remote.found(site.folder) as running:
        if running:
            raise CitybrainError(f"a node runs on {site.folder}; stop it, or restore beside it with --data FOLDER")
    Node.restore(site.config, site.folder, backup)
    typer.echo(f"restored to {site.folder}")
    if lake.registry(backup) is None:
        typer.echo("the backup is of an earlier build: it holds no accounts, keys, parties and no audit")
        return
    audit.tell(audit.proven(site))
    audit.note(site, "deed", "restore", str(backup))
    typer.echo("people sign in again; what was revoked since the backup was made is valid again: look through the keys")
