"""What programs outside may read and report: Open311 GeoReport v2."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .shape import Shape

Datatype = Literal["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"]


class Choice(Shape):
    """One value of a list to choose from."""

    key: str = Field(description="what a client sends", min_length=1)
    name_zh: str = Field(description="its Chinese name", min_length=1)
    name_en: str | None = Field(None, description="its English name; else the Chinese one")


class Attribute(Shape):
    """What a report about some categories is asked beside the standard's own fields."""

    code: str = Field(description="its name in addresses and forms", pattern=r"^[A-Za-z0-9_.-]{1,40}$")
    services: tuple[str, ...] = Field((), description="codes of categories or of their groups; all if empty")
    datatype: Datatype = Field("string", description="what is answered")
    required: bool = Field(False, description="whether a report without it is refused")
    asked_zh: str = Field(description="the question in Chinese", min_length=1)
    asked_en: str | None = Field(None, description="the question in English; else the Chinese one")
    hint: str = Field("", description="how the answer is written, such as a unit")
    values: tuple[Choice, ...] = Field((), description="what may be chosen, of a list")


class Open311(Shape):
    """The doors under `/open311/v2`."""

    public: bool = Field(False, description="whether anyone may read requests, masked; else only with a key")
    jurisdiction_id: str | None = Field(None, description="how this city is called in `jurisdiction_id`")
    contact: str = Field("", description="whom a developer asks for help")
    key_service: str = Field("", description="where a developer asks for a key")
    changeset: str = Field("", description="when this service last changed, as discovery tells it")
    precision: int = Field(3, description="decimals of coordinates told: 3 is about 100 m", ge=0, le=6)
    withheld: tuple[str, ...] = Field((), description="codes of categories or groups nobody outside reads or reports")
    attributes: tuple[Attribute, ...] = Field((), description="what reports are asked beside the standard's fields")
    most_days: int = Field(90, description="longest span of one list", ge=1, le=366)
    most_rows: int = Field(1000, description="most requests of one list", ge=1, le=10_000)
    contact_days: int = Field(180, description="how long a reporter's name and numbers are kept", ge=1, le=3650)
