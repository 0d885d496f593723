"""The ways in, told apart by their `kind`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from .mapping import Open311Mapping, TabularMapping
from .shape import Shape


class Simulator(Shape):
    """Placeholder until `simulation.py` lands."""

    model_config = ConfigDict(extra="allow")
    kind: Literal["simulator"] = Field(description="a city before its data is connected")


Source = Annotated[TabularMapping | Open311Mapping | Simulator, Field(discriminator="kind")]
