"""The ways in, told apart by their `kind`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .mapping import Open311Mapping, TabularMapping
from .simulation import SimulatorSource
from .warnings import CapFolder

Source = Annotated[TabularMapping | Open311Mapping | SimulatorSource | CapFolder, Field(discriminator="kind")]
