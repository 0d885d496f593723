"""`citybrain demo`, `serve` and `replay`: a node with its screens, until it is interrupted."""

from __future__ import annotations

import gc
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from pipelines.config.site import is_loopback
from pipelines.errors import CitybrainError, ConfigError
from pipelines.node import Node

from ..identity import demonstration
from ..identity.accounts import Accounts
from . import door, intake, progress, remote, safety
from .site import Site

Prepare = Callable[[Node, progress.Progress], None]


def demo(site: Site) -> None:
    """Show a living city: its history is made or imported the first time, then traffic flows."""
    if site.config.demo is None:
        raise ConfigError("the configuration has no `demo`; use citybrain serve, or --city with a shipped pack")

    def prepare(node: Node, tell: progress.Progress) -> None:
        node.demonstrate(tell)
        _show_accounts(node)

    if site.config.sign_in and not is_loopback(site.bind()[0]):
        raise ConfigError("a demonstration's accounts let anybody in: it listens on this machine only")
    _run(site, prepare)


def serve(site: Site) -> None:
    """Serve the screens of what the log holds, and take in what the sources bring."""
    _run(site, lambda node, _tell: _refuse_demo(node))


def replay(
    site: Site,
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Files with recorded cases.")],
    source: Annotated[str, typer.Option(help="Name under `sources` of the mapping that reads them.")],
    speed: Annotated[float, typer.Option(help="How many times faster than life.", min=0.001)] = 600.0,
) -> None:
    """Play recorded cases through the live path, in the running node or in one started for it."""
    intake.check(site, files, source)
    with remote.found(site.folder) as running:
        if running:
            running.replay(files, source, speed)
            typer.echo(f"playing in the node at {running.at.url}")
            return

    def prepare(node: Node, _tell: progress.Progress) -> None:
        _refuse_demo(node)
        node.replay(files, source, speed)

    _run(site, prepare)


def _show_accounts(node: Node) -> None:
    """Keep an account for each role that anybody may take: only on this machine."""
    if node.config.sign_in is None:
        return
    busiest = "select {} as found from open_cases where {} is not null group by 1 order by count(*) desc, 1 limit 1"
    area, unit = (_first(node, busiest.format(name, name)) for name in ("area_id", "unit_id"))
    demonstration.show(Accounts(node.registry, node.wall_clock.now), node.areas, area, unit)


def _first(node: Node, sql: str) -> str | None:
    found = node.query(sql)["found"].to_pylist()
    return str(found[0]) if found else None


def _refuse_demo(node: Node) -> None:
    """Raise `ConfigError` where anybody could come in by a button."""
    if node.config.sign_in is None:
        return
    known = Accounts(node.registry, node.wall_clock.now).all()
    if shown := [account.user for account in known if account.demo]:
        raise ConfigError(
            f"{len(shown)} demo accounts, such as {shown[0]!r}, let anybody in; "
            "run citybrain accounts forget-demo first, or choose another --data"
        )
    if not known and node.config.sign_in.oidc is None:
        typer.echo("nobody can sign in yet: citybrain accounts add NAME --role security_admin", err=True)


def _run(site: Site, prepare: Prepare) -> None:
    gc.disable()  # what is imported is never garbage: looking for it takes a tenth of the start
    from dashboard import app, screens  # Dash takes a second to import, which no other command should pay

    host, port = site.bind()
    safety.check(site.config)
    _refuse_a_second(site.folder)
    port = _free(host, port)
    scheme = "https" if site.config.sign_in and site.config.sign_in.tls else "http"
    url = f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt), Node.open(site.config, site.folder) as node:
        gc.freeze()
        gc.enable()
        with progress.shown() as tell:
            prepare(node, tell)
        token = door.new_token()
        with door.opened(site.folder, url, token):
            node.start()
            with node.steward():
                app.serve(node, host, port, lambda _address: _announce(site, url, list(screens.SCREENS)), token)


def _announce(site: Site, url: str, screens: list[str]) -> None:
    city = site.config.city
    typer.echo(f"{city.name_zh} {city.name_en} is live, data in {site.folder}; Ctrl-C ends it")
    for screen in screens:
        typer.echo(f"    {url}/{screen}")


def _refuse_a_second(folder: Path) -> None:
    with remote.found(folder) as running:
        if running:
            raise CitybrainError(f"a node runs on {folder} already: {running.at.url}; stop it or choose another --data")


def _free(host: str, port: int) -> int:
    """Return the port, or a free one for 0; raise `CitybrainError` if another program has it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CitybrainError(f"cannot listen on {host}:{port} ({error.strerror}); choose another --port") from error
        return int(probe.getsockname()[1])
