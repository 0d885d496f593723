"""The whole configuration of one site."""

from __future__ import annotations

import difflib
import ipaddress
from datetime import timedelta
from pathlib import Path
from typing import Self

from pydantic import Field, PrivateAttr, model_validator

from ..errors import ConfigError
from .attachments import Attachments
from .city import AreaAttributes, AreaFigures, AreaLayer, Basemap, Categories, City, PointLayer, Staff, Units
from .deadlines import Calendar, Effect, Sla
from .open311 import Open311
from .rooms import COMMAND, RoomChoices
from .service import Analysis, DemoChoice, EmbeddedLog, LiveDemo, LogChoice, ReplayDemo, Screens, Server
from .shape import Shape
from .sign_in import SignIn
from .simulation import SimulatorSource
from .sources import Source
from .webhooks import Mail, Notifications, Webhook


class Config(Shape):
    """`config.yaml` laid over its city pack."""

    pack: str | None = Field(
        None, description="city pack: a name under `pipelines/cities`, or a folder relative to this file"
    )
    city: City = Field(description="the city itself")
    areas: tuple[AreaLayer, ...] = Field((), description="layers of areas, coarsest first")
    area_attributes: AreaAttributes | None = Field(None, description="figures and names of areas from tables")
    categories: Categories | None = Field(None, description="what cases are about")
    units: Units | None = Field(None, description="who handles cases")
    staff: Staff | None = Field(None, description="who works in which area")
    area_figures: tuple[AreaFigures, ...] = Field((), description="households and size of areas, from tables")
    layers: dict[str, PointLayer] = Field(default_factory=dict, description="fixed points shown on the map, by name")
    basemap: Basemap | None = Field(None, description="streets and water under the areas; else the areas alone")
    sla: Sla = Field(Sla(), description="how long things may take")
    effect: Effect = Field(Effect(), description="how the effect of closed cases is weighed")
    calendar: Calendar = Field(Calendar(), description="working time")
    sources: dict[str, Source] = Field(default_factory=dict, description="ways in, by name")
    demo: DemoChoice | None = Field(None, description="what `citybrain demo` shows")
    log: LogChoice = Field(EmbeddedLog(), description="where the ordered log of events lives")
    attachments: Attachments = Field(Attachments(), description="photos and sound that belong to cases")
    server: Server = Field(Server(), description="where the node listens")
    analysis: Analysis = Field(Analysis(), description="how much of the machine an analyst's questions may take")
    sign_in: SignIn | None = Field(
        None, description="who may look; null: nobody signs in, the node stays on this machine"
    )
    webhooks: tuple[Webhook, ...] = Field((), description="other programs that are told what happens")
    mail: Mail | None = Field(None, description="the server that takes e-mails; none: nobody gets any")
    notifications: Notifications = Field(Notifications(), description="what people are told beyond their screens")
    rooms: RoomChoices = Field((COMMAND,), description="rooms whose displays are linked")
    open311: Open311 = Field(Open311(), description="what programs outside may read and report")
    metrics: tuple[str, ...] = Field((), description="metrics shown, in order")
    screens: Screens = Field(Screens(), description="what each screen opens with")

    _folders: tuple[Path, ...] = PrivateAttr(())

    @model_validator(mode="after")
    def _demo_names_a_source(self) -> Self:
        if self.demo is None:
            return self
        live = isinstance(self.demo, LiveDemo)
        name = self.demo.live if isinstance(self.demo, LiveDemo) else self.demo.source
        if name not in self.sources:
            key = "demo.live" if live else "demo.source"
            raise ValueError(f"{key} is {name!r}: expected one of `sources`: {known(name, self.sources)}")
        return self

    @model_validator(mode="after")
    def _levels_in_order(self) -> Self:
        order = ["county", "township", "village", "grid"]
        levels = [layer.level for layer in self.areas]
        if levels != sorted(set(levels), key=order.index):
            raise ValueError(f"areas have the levels {', '.join(levels)}: expected each once, coarsest first")
        return self

    @property
    def feeds(self) -> list[str]:
        """Name the sources that move their cases themselves: simulators, and what a demonstration replays."""
        found = [name for name, source in self.sources.items() if isinstance(source, SimulatorSource)]
        return [*found, *([self.demo.source] if isinstance(self.demo, ReplayDemo) else [])]

    @property
    def expected(self) -> dict[str, timedelta]:
        """Say how often each pushing source should be heard; a simulator's feed beats by itself."""
        pushing = {name: source for name, source in self.sources.items() if not isinstance(source, SimulatorSource)}
        found = {name: source.expected_seconds for name, source in pushing.items()}
        return {name: timedelta(seconds=seconds) for name, seconds in found.items() if seconds}

    @property
    def name(self) -> str:
        """A short name of the city for folders: its pack's, else its code."""
        return Path(self.pack).name if self.pack else self.city.id

    def resolve(self, file: str | Path) -> Path:
        """Return where a file named in the configuration lies: in the pack's folder, else beside `config.yaml`."""
        candidates = [folder / file for folder in self._folders] or [Path(file)]
        return next((path for path in candidates if path.exists()), candidates[-1])

    def bind(self, host: str | None = None, port: int | None = None) -> tuple[str, int]:
        """Return the address to listen on; raise `ConfigError` on an open one while nobody signs in."""
        host = host or self.server.host
        port = self.server.port if port is None else port
        if self.sign_in is None and not is_loopback(host):
            raise ConfigError(
                f"server.host {host!r} is reachable from other machines while `sign_in` is null: "
                "anyone there could read and change cases; listen on 127.0.0.1"
            )
        if self.sign_in and not is_loopback(host) and not (self.sign_in.tls or self.sign_in.trusted_proxy):
            raise ConfigError(
                f"server.host {host!r} is open to others without TLS: passwords could be read on the way; "
                "set sign_in.tls, or sign_in.trusted_proxy with the address of the proxy that ends TLS"
            )
        return host, port


def known(name: str, names: dict[str, Source]) -> str:
    """List the names there are, the nearest one first."""
    near = difflib.get_close_matches(name, names, 1)
    rest = [other for other in names if other not in near]
    return ", ".join([*near, *rest]) or "there are none"


def is_loopback(host: str) -> bool:
    """Tell whether only this machine reaches an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
