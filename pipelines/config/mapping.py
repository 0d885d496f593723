"""How the rows of a source become cases: the columns, dates, points and words of its files."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from .shape import Shape

FileFormat = Literal["auto", "csv", "tsv", "xlsx", "json", "jsonl", "parquet", "feather"]
KEYWORDS = ("iso", "epoch_s", "epoch_ms", "epoch_us", "epoch_days", "excel")
NULL_WORDS = ("", "NA", "N/A", "n/a", "NULL", "Null", "null", "NaN", "nan", "None", "\\N")
CRS_NAMES = ("GCJ-02", "BD-09")


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError("expected an IANA time zone such as 'Asia/Shanghai'") from None
    return name


def _format(text: str) -> str:
    if text in KEYWORDS or "%" in text:
        return text
    raise ValueError(f"expected a pattern such as '%Y-%m-%d %H:%M:%S' or one of {', '.join(KEYWORDS)}")


def _day(value: Any) -> Any:  # noqa: ANN401
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("expected a date such as '1900-01-01' or a moment such as '1900-01-01T05:00:00'") from None
    return text


def _crs(text: str) -> str:
    name = text.upper().replace("GCJ02", "GCJ-02").replace("BD09", "BD-09")
    if name in CRS_NAMES or re.fullmatch(r"EPSG:\d{4,6}", name):
        return name
    raise ValueError("expected 'EPSG:<number>', 'GCJ-02' or 'BD-09'")


Name = Annotated[str, BeforeValidator(lambda value: str(value) if isinstance(value, int) else value)]
Zone = Annotated[str, AfterValidator(_zone)]
DateFormat = Annotated[str, AfterValidator(_format)]
Day = Annotated[str, BeforeValidator(_day)]
Crs = Annotated[str, AfterValidator(_crs)]


class TextField(Shape):
    """Where a text comes from; written as a bare column name where nothing else is needed."""

    column: Name | None = Field(None, description="one column, or a dotted path in JSON")
    columns: tuple[Name, ...] = Field((), description="several columns, joined; blank ones are left out")
    join: str = Field(" ", description="what stands between joined columns")
    first_of: tuple[Name, ...] = Field((), description="the first of these columns that is not blank")
    constant: str | None = Field(None, description="the same value for every row")
    integer: bool = Field(False, description="a number read as a fraction loses it again: `2124.0` → `2124`")
    pad: int | None = Field(None, description="zeros go in front up to this length: `2124` → `02124`", ge=1, le=64)
    words: dict[Name, str] = Field(default_factory=dict, description="words replaced by others, whole values only")

    @model_validator(mode="after")
    def _one_origin(self) -> Self:
        given = [self.column is not None, bool(self.columns), bool(self.first_of), self.constant is not None]
        if sum(given) != 1:
            raise ValueError("expected exactly one of `column`, `columns`, `first_of`, `constant`")
        return self

    @property
    def origins(self) -> tuple[str, ...]:
        """The columns it reads."""
        return ((self.column,) if self.column is not None else ()) + self.columns + self.first_of


class DateField(TextField):
    """Where a date comes from, and how it is written where that differs from `dates`."""

    formats: tuple[DateFormat, ...] | None = Field(None, description="as in `dates`, for this field")
    time_zone: Zone | None = Field(None, description="as in `dates`, for this field")
    ignore_offset: bool | None = Field(None, description="as in `dates`, for this field")


class PointField(Shape):
    """Where a point comes from: two columns, or one that holds both numbers."""

    lon: Name | None = Field(None, description="column with the longitude, or the easting of a metric `crs`")
    lat: Name | None = Field(None, description="column with the latitude, or the northing")
    column: Name | None = Field(None, description="one column: `(42.3, -71.1)`, WKT, GeoJSON or JSON with lat and lon")
    order: Literal["lat_lon", "lon_lat"] = Field("lat_lon", description="which number is first in a bare pair")

    @model_validator(mode="after")
    def _two_or_one(self) -> Self:
        if (self.lon is None) != (self.lat is None) or (self.lon is None) == (self.column is None):
            raise ValueError("expected both `lon` and `lat`, or `column`")
        return self

    @property
    def origins(self) -> tuple[str, ...]:
        """The columns it reads."""
        return tuple(name for name in (self.lon, self.lat, self.column) if name is not None)


def _short(value: Any) -> Any:  # noqa: ANN401
    return {"column": value} if isinstance(value, (str, int)) else value


Text = Annotated[TextField, BeforeValidator(_short)]
Date = Annotated[DateField, BeforeValidator(_short)]
Point = Annotated[PointField, BeforeValidator(_short)]


class Fields(Shape):
    """What each part of a case is read from."""

    id: Text | None = Field(None, description="the source's own number; without one, the row's content makes it")
    reported: Date = Field(description="when it was reported")
    due: Date | None = Field(None, description="the source's own deadline")
    closed: Date | None = Field(None, description="when it was closed")
    status: Text | None = Field(None, description="the source's word for its state")
    category: Text | None = Field(None, description="what it is about")
    category_group: Text | None = Field(None, description="the group of that category")
    unit: Text | None = Field(None, description="who handles it")
    channel: Text | None = Field(None, description="how it came in")
    priority: Text | None = Field(None, description="how pressing it is")
    area: Text | None = Field(None, description="code or name of an area, used where the point does not place it")
    point: Point | None = Field(None, description="where it is")
    title: Text | None = Field(None, description="a line of text")
    address: Text | None = Field(None, description="the address as written")

    def given(self) -> dict[str, TextField | PointField]:
        """Return the fields that are mapped, by name."""
        return {name: value for name in type(self).model_fields if (value := getattr(self, name)) is not None}


class Dates(Shape):
    """How dates are written in this source."""

    formats: tuple[DateFormat, ...] = Field(
        ("iso",),
        description=f"tried in this order on each value: strptime patterns, or {', '.join(KEYWORDS)}",
        min_length=1,
    )
    time_zone: Zone | None = Field(None, description="zone of times written without an offset; else the city's")
    ignore_offset: bool = Field(False, description="a written offset or `Z` is wrong: the time is local")
    sentinels: tuple[Day, ...] = Field((), description="days or moments that mean “no date”, as written")
    earliest: Day = Field("1970-01-02", description="a date before this day is out of range")
    latest: Day = Field("2100-01-01", description="a date from this day on is out of range")


class Mapping(Shape):
    """What both kinds of file source share."""

    dates: Dates = Field(Dates(), description="how dates are written")
    closed_states: tuple[str, ...] = Field(
        (), description="words of `status` that mean closed, in any case; without them, a close time means closed"
    )
    null_words: tuple[Name, ...] = Field(NULL_WORDS, description="values that mean “nothing”")
    crs: Crs = Field("EPSG:4326", description="what the points are written in: `EPSG:<number>`, `GCJ-02` or `BD-09`")
    sentinel_points: tuple[tuple[float, float], ...] = Field(
        (), description="points that mean “unknown”: [lon, lat] as written, before conversion"
    )
    simulated: bool = Field(False, description="these cases are invented; real figures leave them out")
    expected_seconds: int | None = Field(
        None, description="how often it should be heard; silent for three times as long, it counts as stopped", gt=0
    )


class TabularMapping(Mapping):
    """Files of rows: CSV, TSV, XLSX, JSON, JSON lines, Parquet, Feather; plain, .gz, .bz2, .xz or in a .zip."""

    kind: Literal["tabular"] = Field(description="files of recorded cases")
    fields: Fields = Field(description="what each part of a case is read from")
    format: FileFormat = Field("auto", description="what the files are; `auto` goes by their names")
    files: str = Field("*", description="which files of an archive hold cases, such as `*-street.csv`")
    encoding: str = Field("auto", description="`auto`: BOM, else UTF-8, else `fallback_encoding`; or a codec's name")
    fallback_encoding: str = Field("cp1252", description="what `auto` takes a file for that is not UTF-8")
    delimiter: str = Field("auto", description="one character; `auto` takes the one that finds the most mapped columns")
    quote: str = Field('"', description="the quoting character; empty where nothing is quoted", max_length=1)
    decimal: Literal[".", ","] = Field(".", description="the decimal mark of coordinates")
    header: bool = Field(True, description="false where the first row is a case; columns are then `1`, `2`, …")
    columns: tuple[Name, ...] = Field((), description="names of the columns where there is no header")
    skip_rows: int = Field(0, description="lines to leave out before the header is looked for", ge=0)
    sheet: str | int = Field(0, description="sheet of a workbook, by name or by place from 0")
    records: str = Field("", description="path to the rows in a JSON document: `result.items`, `pages.*.rows`")
    where: dict[Name, str] = Field(default_factory=dict, description="only rows with these values are cases")

    @model_validator(mode="after")
    def _codecs(self) -> Self:
        for name in (self.encoding, self.fallback_encoding):
            try:
                "".encode("utf-8" if name == "auto" else name)
            except LookupError:
                raise ValueError(f"{name!r} is no encoding: expected one such as 'gb18030', 'big5', 'cp1252'") from None
        if self.delimiter != "auto" and len(self.delimiter) != 1:
            raise ValueError(f"delimiter {self.delimiter!r}: expected one character or 'auto'")
        return self


class Open311Mapping(Mapping):
    """Answers of an Open311 GeoReport v2 service, JSON or XML: the fields are known."""

    kind: Literal["open311"] = Field(description="Open311 GeoReport v2 documents")
    closed_states: tuple[str, ...] = Field(("closed",), description="words of `status` that mean closed, in any case")
    closed_from_updated: bool = Field(True, description="the last update of a closed request is its close time")
