"""The command centre's wall: how far its viewers sit, how fine its pixels are, and what stands where."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal, Self, get_args

import yaml
from pydantic import AfterValidator, Field, model_validator

from .city import Language
from .shape import Shape

Scene = Literal["overview", "focus", "grids", "safety-creation"]
SHIPPED: Final = Path(__file__).with_name("wall_layouts.yaml")
PANELS: Final = (
    "map", "inset", "callout", "legend", "counts", "rates", "day", "funnel", "league", "ticker",
    "case", "steps", "near-map", "near",
    "grid-counts", "grid-map", "grid-key", "grid-silent", "grid-towns",
    "safety-counts", "safety-map", "safety-key", "safety-breaches", "safety-stages", "safety-steps",
)  # fmt: skip
"""Every panel a wall knows."""
OVER_MAP: Final = ("inset", "callout")
"""Panels that lie over the map and need no place of their own."""
EMPTY: Final = "."


def _aspect(value: str) -> str:
    if re.fullmatch(r"[1-9]\d*:[1-9]\d*", value):
        return value
    raise ValueError(f"{value!r}: expected width:height, such as 32:9")


def _track(value: int | str) -> int | str:
    if (isinstance(value, int) and value > 0) or (isinstance(value, str) and re.fullmatch(r"[1-9]\d*fr", value)):
        return value
    raise ValueError(f"{value!r}: expected a width in pixels of the drawing, such as 1110, or a share, such as 1fr")


Aspect = Annotated[str, AfterValidator(_aspect)]
Track = Annotated[int | str, AfterValidator(_track)]


class Viewing(Shape):
    """From where the wall is read: with its pixels this gives every size of its text."""

    distance_m: float = Field(8.0, description="metres from the wall to who must read it", gt=0, le=100)
    pitch_mm: float = Field(1.25, description="millimetres from pixel to pixel", gt=0, le=20)


class Arrangement(Shape):
    """One scene on one shape of wall: panels on a grid."""

    columns: tuple[Track, ...] = Field(
        description="widths: pixels of the drawing at 41 px body text, or shares of what is left", min_length=1
    )
    rows: tuple[int, ...] = Field(description="shares of the height below the header", min_length=1)
    areas: tuple[str, ...] = Field(
        description="a line a row, a panel a column; a panel over several cells is named in each, `.` is empty"
    )
    keep: tuple[str, ...] = Field(
        description="panels, most important first: the last ones give way where room is short"
    )

    @model_validator(mode="after")
    def _is_a_grid(self) -> Self:
        lines = [line.split() for line in self.areas]
        if len(lines) != len(self.rows) or any(len(line) != len(self.columns) for line in lines):
            raise ValueError(
                f"areas are not {len(self.rows)} lines of {len(self.columns)} names, as rows and columns say"
            )
        for name in sorted({name for line in lines for name in line} - {EMPTY}):
            _known(name)
            _rectangular(name, lines)
            if name not in self.keep:
                raise ValueError(f"{name!r} stands in areas and not in keep: say how important it is")
        for name in self.keep:
            _known(name)
        return self


class WallShape(Shape):
    """One shape of wall, and how each scene is laid out on it."""

    aspect: Aspect = Field(description="width:height of the walls it is for; the nearest one is taken")
    scenes: dict[Scene, Arrangement] = Field(description="how each scene is laid out", min_length=1)


class Wall(Shape):
    """What the wall opens with."""

    language: Language | None = Field(None, description="the language it opens in; else the city's first")
    area: str | None = Field(None, description="code of the area it opens on; else the city")
    viewing: Viewing = Field(Viewing(), description="geometry of the room: the size of all text follows from it")
    cabinet_px: int = Field(0, description="width of one cabinet: columns end on its seams; 0 for none", ge=0)
    layouts: dict[str, WallShape] = Field(
        default_factory=dict, description="shapes of walls by name, beside the shipped ones; the same name replaces one"
    )

    @property
    def shapes(self) -> dict[str, WallShape]:
        """The shipped shapes, with this site's over them."""
        return shipped() | self.layouts

    @property
    def digest(self) -> str:
        """Name what a wall lays itself out by, so that a display notices when it was changed."""
        shapes = {name: shape.model_dump(mode="json") for name, shape in self.shapes.items()}
        written = json.dumps([self.viewing.model_dump(), self.cabinet_px, shapes], sort_keys=True)
        return hashlib.sha256(written.encode()).hexdigest()[:12]


@cache
def shipped() -> dict[str, WallShape]:
    """Return the shapes that come with citybrain."""
    written = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    return {name: WallShape.model_validate(shape) for name, shape in written.items()}


def scenes() -> tuple[str, ...]:
    """Name every scene."""
    return get_args(Scene)


def _known(name: str) -> None:
    if name not in PANELS:
        raise ValueError(f"{name!r} is no panel of the wall: expected one of {', '.join(PANELS)}")


def _rectangular(name: str, lines: list[list[str]]) -> None:
    cells = [(r, c) for r, line in enumerate(lines) for c, found in enumerate(line) if found == name]
    height = max(r for r, _ in cells) - min(r for r, _ in cells) + 1
    width = max(c for _, c in cells) - min(c for _, c in cells) + 1
    if height * width != len(cells):
        raise ValueError(f"the cells of {name!r} are not one rectangle")
