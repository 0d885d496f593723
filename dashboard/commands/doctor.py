"""`citybrain doctor`: whether this machine, this configuration and these data can serve, and what to do if not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import metadata
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from pipelines.config import Config
from pipelines.config.service import RedisLog
from pipelines.contract.time import SystemClock
from pipelines.errors import CitybrainError

from .reach import reached
from .site import Site

FREE_BYTES = 2 * 2**30
BORN = datetime(2026, 1, 1, tzinfo=UTC)
TOLERANCE = timedelta(seconds=5)
LATEST = "select max(received_at)::timestamptz as at from log where not simulated"
PACKAGES = ("dash", "duckdb", "pandas", "pyarrow", "redis")


@dataclass(frozen=True)
class Finding:
    """What one look found: fine, worth knowing, or in the way; and what to do then."""

    topic: str
    state: str
    found: str
    remedy: str = ""

    @classmethod
    def fine(cls, topic: str, found: str) -> Finding:
        """Nothing to do."""
        return cls(topic, "ok", found)

    @classmethod
    def note(cls, topic: str, found: str, remedy: str) -> Finding:
        """It works, but not as well as it could."""
        return cls(topic, "note", found, remedy)

    @classmethod
    def wrong(cls, topic: str, found: str, remedy: str) -> Finding:
        """It does not work."""
        return cls(topic, "wrong", found, remedy)


def doctor(site: Site) -> None:
    """Look at environment, config, log, database, fonts and clock; say what to do; exit 1 if anything is wrong."""
    findings = [finding for look in LOOKS for finding in look(site)]
    _show(findings)
    if any(finding.state == "wrong" for finding in findings):
        raise typer.Exit(1)


def _environment(site: Site) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    packages = ", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES)
    yield Finding.fine("environment", f"Python {version}, {packages}")
    folder = _existing(site.data.absolute())
    if not os.access(folder, os.W_OK):
        yield Finding.wrong("environment", f"{folder} cannot be written", "choose another folder with --data")
    free = shutil.disk_usage(folder).free
    words = f"{free / 2**30:.1f} GiB free at {folder}"
    if free >= FREE_BYTES:
        yield Finding.fine("environment", words)
    else:
        yield Finding.note("environment", words, "free some space, or choose another disk with --data")


def _existing(folder: Path) -> Path:
    return next(path for path in (folder, *folder.parents) if path.exists())


def _config(site: Site) -> Iterator[Finding]:
    try:
        config = site.config
        config.bind(site.host, site.port)
    except CitybrainError as error:
        yield Finding.wrong("config", str(error), "mend the configuration; docs/CONFIG.md lists every key")
        return
    areas, sources = len(config.areas), len(config.sources)
    yield Finding.fine("config", f"{config.city.name_en}: {areas} layers of areas, {sources} sources")


def _log(site: Site) -> Iterator[Finding]:
    if (config := _loaded(site)) is None:
        return
    if not isinstance(config.log, RedisLog):
        yield Finding.fine("log", "embedded: it lies in the node's own database")
        return
    name = config.log.url_secret
    if not os.environ.get(name):
        yield Finding.wrong("log", f"the environment has no {name}", f"export {name}=redis://… before the start")
        return
    yield Finding.fine("log", f"Redis, key {config.log.key}, address from {name}")
    if config.attachments.folder is None:
        found = "photos and sound lie on this machine alone: other nodes of the log do not find them"
        yield Finding.note("attachments", found, "name a folder that all nodes reach in attachments.folder")


def _loaded(site: Site) -> Config | None:
    try:
        return site.config
    except CitybrainError:
        return None


def _database(site: Site) -> Iterator[Finding]:
    if _loaded(site) is None:
        return
    if not site.folder.exists():
        yield Finding.fine("database", f"none yet; the first start makes it in {site.folder}")
        return
    try:
        with reached(site) as node:
            offending = {name: rows for name, rows in node.checks().items() if rows}
            latest = node.query(LATEST).column("at")[0].as_py()
    except CitybrainError as error:
        yield Finding.wrong("database", str(error), "mend what it says, or restore a backup: citybrain restore")
        return
    yield from _checked(offending)
    yield _ahead(latest)


def _checked(offending: dict[str, int]) -> Iterator[Finding]:
    for name, rows in sorted(offending.items()):
        yield Finding.wrong(
            "database", f"check {name}: {rows} offending rows", "make the marts anew: citybrain rebuild"
        )
    if not offending:
        yield Finding.fine("database", "opens, and every check is clean")


def _ahead(latest: datetime | None) -> Finding:
    now = SystemClock().now()
    if latest is not None and latest > now + TOLERANCE:
        return Finding.wrong(
            "clock", f"the log holds events received at {latest}, now is {now}", "set this machine's clock"
        )
    return Finding.fine("clock", "nothing in the log was received in the future")


def _clock(site: Site) -> Iterator[Finding]:
    now = SystemClock().now()
    if now < BORN:
        yield Finding.wrong("clock", f"this machine says {now:%Y-%m-%d}", "set this machine's clock")
        return
    if (config := _loaded(site)) is not None:
        local = now.astimezone(config.city.zone)
        yield Finding.fine("clock", f"{local:%Y-%m-%d %H:%M:%S} in {config.city.time_zone}")
    if _asked("timedatectl", "show", "--property=NTPSynchronized", "--value") == "no":
        yield Finding.note("clock", "not synchronised", "switch on time synchronisation: timedatectl set-ntp true")


def _fonts(_site: Site) -> Iterator[Finding]:
    families = _asked("fc-list", ":lang=zh", "family")
    if families is None:
        yield Finding.note("fonts", "cannot tell: there is no fc-list here", "matters only where a browser runs")
    elif families:
        yield Finding.fine("fonts", f"{len(set(families.splitlines()))} families with Chinese characters")
    else:
        yield Finding.note("fonts", "none with Chinese characters", "for a browser here: install fonts-noto-cjk")


def _asked(*command: str) -> str | None:
    """Return what a program of the system says, or None where it is missing or fails."""
    if shutil.which(command[0]) is None:
        return None
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    return done.stdout.strip() if done.returncode == 0 else None


def _show(findings: list[Finding]) -> None:
    table = Table(box=None, pad_edge=False, show_header=False)
    for _ in range(3):
        table.add_column(overflow="fold")
    for finding in findings:
        table.add_row(finding.state, finding.topic, finding.found)
        if finding.remedy:
            table.add_row("", "", f"→ {finding.remedy}")
    Console(highlight=False, markup=False).print(table)


LOOKS: tuple[Callable[[Site], Iterator[Finding]], ...] = (_environment, _config, _log, _database, _clock, _fonts)
