"""The running node: its log, its address, its demonstration."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag

from .city import Language
from .shape import File, Shape
from .wall import Wall


def _variable(name: str) -> str:
    if re.fullmatch(r"[A-Z_][A-Z0-9_]*", name):
        return name
    raise ValueError(
        "expected the NAME of an environment variable, such as CITYBRAIN_REDIS_URL, never the secret itself"
    )


SecretName = Annotated[str, AfterValidator(_variable)]
"""The name of an environment variable: a secret itself is never written in a file."""


class EmbeddedLog(Shape):
    """The log is a table of the node's own DuckDB file."""

    kind: Literal["embedded"] = Field("embedded", description="one node, nothing to install")


class RedisLog(Shape):
    """The log is a Redis stream that many nodes follow."""

    kind: Literal["redis"] = Field(description="many nodes, one Redis server with AOF")
    url_secret: SecretName = Field(description="NAME of the environment variable that holds the server's URL")
    key: str = Field("citybrain:log", description="key of the stream", min_length=1)


LogChoice = Annotated[EmbeddedLog | RedisLog, Field(discriminator="kind")]


class Server(Shape):
    """Where the node listens."""

    host: str = Field(
        "127.0.0.1", description="address to listen on; only a loopback one while nobody signs in", min_length=1
    )
    port: int = Field(8050, description="port to listen on", ge=0, le=65535)
    hosts: tuple[str, ...] = Field((), description="names this site is opened under, beside `host` and loopback")
    batch_milliseconds: int = Field(
        20, description="how long changes are gathered before they are applied", ge=1, le=1000
    )


class Analysis(Shape):
    """How much of the machine an analyst's questions may take."""

    at_once: int = Field(2, description="questions answered at the same time; the others wait", ge=1, le=64)
    waiting_seconds: float = Field(10, description="how long a question may wait for its turn", gt=0, le=600)
    timeout_seconds: float = Field(30, description="after this a question is ended", gt=0, le=3600)


class LiveDemo(Shape):
    """`citybrain demo` with simulated traffic."""

    history_days: int = Field(90, description="days of simulated history before now", ge=0, le=3650)
    live: str = Field(description="the simulator among `sources` that goes on")


class ReplayDemo(Shape):
    """`citybrain demo` with recorded cases, played through the live path."""

    files: tuple[File, ...] = Field(alias="import", description="files with the recorded cases", min_length=1)
    source: str = Field(description="the mapping among `sources` that reads them")
    replay_from: datetime | None = Field(
        None, description="local time from which cases are played; those before are imported"
    )
    speed: float = Field(600.0, description="how many times faster than life", gt=0)


def _form(value: Any) -> str:  # noqa: ANN401
    replayed = isinstance(value, ReplayDemo) or (isinstance(value, dict) and "import" in value)
    return "replay" if replayed else "live"


DemoChoice = Annotated[Annotated[LiveDemo, Tag("live")] | Annotated[ReplayDemo, Tag("replay")], Discriminator(_form)]


class Screen(Shape):
    """What one screen opens with."""

    language: Language | None = Field(None, description="the language it opens in; else the city's first")
    area: str | None = Field(None, description="code of the area it opens on; else the city")


class Screens(Shape):
    """The screens and what each opens with."""

    wall: Wall = Field(Wall(), description="the command centre's wall")
    desk: Screen = Field(Screen(), description="the dispatcher's desk")
    pocket: Screen = Field(Screen(), description="the grid worker's phone")
