"""The city: its name, areas, and the lists that cases refer to."""

from __future__ import annotations

import difflib
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field

from .shape import Shape, ShippedFile

Level = Literal["county", "township", "village", "grid"]
Language = Literal["zh", "en"]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Latitude = Annotated[float, Field(ge=-90, le=90)]


def _known_zone(name: str) -> str:
    if name in available_timezones():
        return name
    near = difflib.get_close_matches(name, sorted(available_timezones()), 1)
    raise ValueError(
        "expected an IANA time zone" + (f"; did you mean {near[0]!r}?" if near else " such as 'Asia/Shanghai'")
    )


class City(Shape):
    """The city itself, the root of all areas."""

    id: str = Field(description="its code, the root of the area tree", min_length=1)
    name_zh: str = Field(description="its name in Chinese", min_length=1)
    name_en: str = Field(description="its name in English", min_length=1)
    time_zone: Annotated[str, AfterValidator(_known_zone)] = Field(description="IANA time zone of all local times")
    languages: tuple[Language, ...] = Field(
        ("zh", "en"), description="languages of the screens, the first one is shown first", min_length=1
    )
    data: Literal["real", "simulated"] = Field("real", description="which rows the screens show")
    center: tuple[Longitude, Latitude] = Field(description="where the map opens: longitude, latitude (WGS84)")

    @property
    def zone(self) -> ZoneInfo:
        """The time zone as an object."""
        return ZoneInfo(self.time_zone)


class AreaLayer(Shape):
    """One level of areas, from a GeoJSON file of polygons."""

    level: Level = Field(description="the level these areas have")
    file: ShippedFile = Field(description="GeoJSON, WGS84")
    id: str = Field(description="property with the code")
    name_zh: str = Field(description="property with the Chinese name")
    name_en: str | None = Field(None, description="property with the English name; else the Chinese one")
    parent: str | None = Field(None, description="property with the code of the area around it; else the city")
    population: str | None = Field(None, description="property with the number of people")
    aliases: tuple[str, ...] = Field((), description="properties with other names a row may use for the area")
    credit: str | None = Field(None, description="whom maps credit for these lines")


class AreaNames(Shape):
    """Names of areas, from a table beside the polygons."""

    file: ShippedFile = Field(description="CSV with a header, UTF-8")
    id: str = Field(description="column with the area's code")
    name_zh: str | None = Field(None, description="column with the Chinese name")
    name_en: str | None = Field(None, description="column with the English name")


class AreaAttributes(Shape):
    """Figures of areas, from a table beside the polygons."""

    file: ShippedFile = Field(description="CSV with a header, UTF-8")
    id: str = Field(description="column with the area's code")
    population: str | None = Field(None, description="column with the number of people")
    names_file: AreaNames | None = Field(None, description="a second table, with names")


class Limits(Shape):
    """Columns with the hours a case of a category may take, by priority."""

    urgent: str | None = Field(None, description="column with the hours of an urgent case")
    high: str | None = Field(None, description="column with the hours of a pressing case")
    normal: str | None = Field(None, description="column with the hours of any other case")


class Categories(Shape):
    """What cases are about, as a tree of two levels."""

    file: ShippedFile = Field(description="CSV with a header, UTF-8")
    id: str = Field(description="column with the code")
    parent: str | None = Field(None, description="column with the code of the group")
    name_zh: str = Field(description="column with the Chinese name")
    name_en: str | None = Field(None, description="column with the English name; else the Chinese one")
    duty: str | None = Field(
        None, description="column with the duty it is, as `units` name theirs: suggests who gets it"
    )
    limits: Limits | None = Field(None, description="columns with the hours a case may take")


class Units(Shape):
    """Who handles cases."""

    file: ShippedFile = Field(description="CSV with a header, UTF-8")
    id: str = Field(description="column with the code")
    name_zh: str = Field(description="column with the Chinese name")
    name_en: str | None = Field(None, description="column with the English name; else the Chinese one")
    level: str | None = Field(None, description="column with the level of area it serves")
    area: str | None = Field(None, description="column with the code of the area it serves")
    duty: str | None = Field(None, description="column with the duty it has")


class Staff(Shape):
    """Who works in which area."""

    file: ShippedFile = Field(description="CSV with a header, UTF-8")
    id: str = Field(description="column with the person's number")
    area: str = Field(description="column with the code of the area")
    role: str = Field(
        description="column with the role; the screens have words for `leader`, `gridworker` and the like"
    )
    name_zh: str = Field(description="column with the name")
    full_time: str | None = Field(None, description="column that is 1 for a full-time post")


class AreaFigures(Shape):
    """What else is known of areas; of an area in several tables, the last one counts."""

    file: ShippedFile = Field(description="CSV with a header, UTF-8")
    id: str = Field(description="column with the area's code")
    households: str | None = Field(None, description="column with the number of households")
    area_km2: str | None = Field(None, description="column with the square kilometres")
    kind: str | None = Field(None, description="column with the kind of place; `urban` grids are patrolled every day")


class PointLayer(Shape):
    """Fixed points shown on the map."""

    file: ShippedFile = Field(description="CSV with a header, UTF-8")
    id: str = Field(description="column with the code")
    name_zh: str = Field(description="column with the Chinese name")
    name_en: str | None = Field(None, description="column with the English name; else the Chinese one")
    lon: str = Field(description="column with the longitude (WGS84)")
    lat: str = Field(description="column with the latitude (WGS84)")
    kind_zh: str | None = Field(None, description="column with what kind of point it is, in Chinese")
    kind_en: str | None = Field(None, description="column with what kind of point it is, in English")
    label_zh: str | None = Field(None, description="what the layer is called in Chinese; else its name")
    label_en: str | None = Field(None, description="what the layer is called in English; else the Chinese one")
    shape: Literal["square", "notched"] = Field("square", description="its mark: `notched` for video points")


class Basemap(Shape):
    """Streets and water under the areas, from one file on this machine."""

    file: ShippedFile = Field(description="PMTiles, version 3, vector or raster tiles")
    credit: str | None = Field(None, description="whom maps credit for it")
