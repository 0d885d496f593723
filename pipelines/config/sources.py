"""The ways in, told apart by their `kind`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from .shape import Shape


class Tabular(Shape):
    """Placeholder until `mapping.py` lands."""

    model_config = ConfigDict(extra="allow")
    kind: Literal["tabular"] = Field(description="files of recorded cases")


class Simulator(Shape):
    """Placeholder until `simulation.py` lands."""

    model_config = ConfigDict(extra="allow")
    kind: Literal["simulator"] = Field(description="a city before its data is connected")


Source = Annotated[Tabular | Simulator, Field(discriminator="kind")]
