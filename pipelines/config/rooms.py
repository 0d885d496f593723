"""The rooms whose displays are linked."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .shape import Shape


class RoomChoice(Shape):
    """One room: its displays share a scene."""

    name: str = Field(description="its name in addresses and frames", pattern=r"^[a-z0-9][a-z0-9_-]{0,31}$")
    name_zh: str = Field(description="its Chinese name", min_length=1)
    name_en: str = Field(description="its English name", min_length=1)
    area: str | None = Field(None, description="code of the area it begins with; else the city")
    return_minutes: float | None = Field(
        10, description="after how many minutes a push goes back where nobody says; by hand if null", gt=0, le=1440
    )


COMMAND = RoomChoice(name="command", name_zh="指挥大厅", name_en="Command centre", area=None, return_minutes=10)
RoomChoices = Annotated[tuple[RoomChoice, ...], Field(min_length=1, max_length=200)]
