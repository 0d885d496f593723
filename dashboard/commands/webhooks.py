"""`citybrain webhooks`: how far each is, also while the node runs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from pipelines.errors import CitybrainError
from pipelines.registry.kept import kept

from ..outgoing.outbox import listing
from ..outgoing.receiver import pause, resend
from .site import Site


def webhooks(
    site: Site,
    pausing: Annotated[str | None, typer.Option("--pause", help="Stop a webhook; it goes on from there later.")] = None,
    resuming: Annotated[str | None, typer.Option("--resume", help="Let a webhook go on.")] = None,
    resending: Annotated[str | None, typer.Option("--resend", help="Take up again what was laid aside.")] = None,
) -> None:
    """List webhooks: position in the log, last success, failures, what waits, what was laid aside."""
    site.folder.mkdir(parents=True, exist_ok=True)
    registry = kept(site.config, site.folder, lambda: datetime.now(UTC))
    try:
        for name, paused in ((pausing, True), (resuming, False)):
            if name and not pause(registry, name, paused=paused):
                raise CitybrainError(f"no webhook {name!r} began yet: see citybrain webhooks")
        if resending and resend(registry, resending, datetime.now(UTC)) is None:
            raise CitybrainError(f"no webhook {resending!r} began yet: see citybrain webhooks")
        for one in listing(site.config, registry):
            typer.echo(_line(one))
    finally:
        registry.close()


def _line(one: dict[str, object]) -> str:
    if not one["began"]:
        return f"{one['name']}  {one['url']}  has not begun"
    last = one["last_success"]
    parts = [
        f"{one['name']}", f"{one['url']}", f"at {one['position']}", f"{one['delivered']} delivered",
        f"last {last:%Y-%m-%d %H:%M:%S} UTC" if isinstance(last, datetime) else "none yet",
        f"{one['failures']} failures in a row", f"{one['waiting']} wait", f"{one['dead_letters']} laid aside",
        *(["paused"] if one["paused"] else []), *([str(one["last_told"])] if one["failures"] else []),
    ]  # fmt: skip
    return "  ".join(parts)
