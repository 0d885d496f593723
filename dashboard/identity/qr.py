"""Square codes a phone reads, drawn on this machine as one path of the page's own colour."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import segno

QUIET = 4
"""The clear rim, in modules, that readers need."""


@dataclass(frozen=True, slots=True)
class Square:
    """A code as an SVG path in a field of ``size`` by ``size``."""

    size: int
    path: str


def square(text: str) -> Square:
    """Draw a text; it survives a quarter of the picture being unreadable at most."""
    code = segno.make(text, error="m", micro=False)
    rows = [list(row) for row in code.matrix]
    return Square(len(rows) + 2 * QUIET, "".join(_runs(y + QUIET, row) for y, row in enumerate(rows)))


def _runs(y: int, row: list[int]) -> str:
    drawn, x = "", QUIET
    for dark, run in groupby(row):
        width = len(list(run))
        if dark:
            drawn += f"M{x} {y}h{width}v1h-{width}z"
        x += width
    return drawn
