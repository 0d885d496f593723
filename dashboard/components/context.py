"""What a screen must know before it can be laid out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from dashboard.catalogue import Language, text
from pipelines.config.wall import Wall

Mode: TypeAlias = Literal["live", "replay", "simulation"]


@dataclass(frozen=True)
class City:
    """The city a screen shows."""

    id: str
    name_zh: str
    name_en: str
    time_zone: str
    data: Literal["real", "simulated"]
    center: tuple[float, float]


@dataclass(frozen=True)
class ScreenContext:
    """One viewer's page: which city, in which language, of which area, by which build."""

    city: City
    language: Language
    root_area: str
    build: str
    mode: Mode = "live"
    wall: Wall = field(default_factory=Wall)

    @property
    def city_name(self) -> str:
        """Return the city's name in the viewer's language."""
        return self.city.name_zh if self.language == "zh" else self.city.name_en

    def say(self, key: str, **values: object) -> str:
        """Return the catalogue's words in the viewer's language."""
        return text(self.language, key, **values)
