"""A folder that warnings are put into."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .shape import File, Shape


class CapFolder(Shape):
    """A folder whose XML files are CAP 1.2 alerts of weather, flood and other services."""

    kind: Literal["cap"] = Field(description="warnings as CAP 1.2 files in a folder")
    folder: File = Field(description="folder that is watched; files stay where they are")
    every_seconds: float = Field(2, description="how often it is looked into", ge=0.1, le=3600)
    expected_seconds: int | None = Field(
        None, description="how often it should be heard; silent for three times as long, it counts as stopped", gt=0
    )
