"""The options every command has, and what they say together: which site, which city, where its data lie."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from pipelines.config import Config, load

OPTIONS: dict[str, tuple[Any, Any]] = {
    "config": (Annotated[Path | None, typer.Option(help="Configuration to use instead of ./config.yaml.")], None),
    "city": (Annotated[str | None, typer.Option(help="City pack to use instead of the configuration's.")], None),
    "data": (Annotated[Path, typer.Option(help="Folder for data; each city has its own folder in it.")], Path("var")),
    "host": (Annotated[str | None, typer.Option(help="Address a node listens on, instead of server.host.")], None),
    "port": (Annotated[int | None, typer.Option(help="Port a node listens on, instead of server.port.")], None),
}


@dataclass(frozen=True)
class Site:
    """What a command works on."""

    config_file: Path | None
    city: str | None
    data: Path
    host: str | None
    port: int | None

    @cached_property
    def config(self) -> Config:
        """The configuration; raise `ConfigError` saying what is wrong with it."""
        return load(self.config_file, pack=self.city)

    @property
    def folder(self) -> Path:
        """Where this city's node keeps its data."""
        return self.data.absolute() / self.config.name

    def bind(self) -> tuple[str, int]:
        """Return the address to listen on; raise `ConfigError` on one that is open to others."""
        return self.config.bind(self.host, self.port)


def sited(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options every command has, gathered in its first parameter."""

    @wraps(command)
    def run(**given: Any) -> None:  # noqa: ANN401
        shared = {name: given.pop(name) for name in OPTIONS}
        command(Site(*shared.values()), **given)

    own = list(inspect.signature(command, eval_str=True).parameters.values())[1:]
    both = own + [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)
        for name, (annotation, default) in OPTIONS.items()
    ]
    run.__signature__ = inspect.Signature(both)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in both}
    return run
