"""Who does what in a simulated city: a grid's own collectors report, a unit's posts handle."""

from __future__ import annotations

import csv
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ..config import Config
from ..config.simulation import SimulatorSource

Places = npt.NDArray[np.int64]
COLLECTOR = "gridworker"
POSTS = 3
"""Posts of a unit that handle its cases, called by the unit's number and their own."""


@dataclass(frozen=True)
class People:
    """The collectors of each grid, one after the other, and where each grid's begin."""

    staff: pa.Array
    begins: Places
    counts: Places
    collecting: tuple[bool, ...]

    @classmethod
    def of(cls, config: Config, source: SimulatorSource, grids: pa.Array) -> People:
        """Read who works where; a city without such a list has nobody who reports by name."""
        by_grid: dict[str, list[str]] = {}
        for person, area in _rows(config):
            by_grid.setdefault(area, []).append(person)
        each = [by_grid.get(grid, []) for grid in grids.to_pylist()]
        counts = np.array([len(people) for people in each], dtype=np.int64)
        return cls(
            pa.array([person for people in each for person in people], pa.string()),
            np.concatenate([[0], np.cumsum(counts)])[:-1].astype(np.int64),
            counts,
            tuple(channel in source.collecting for channel in source.channels),
        )

    def collectors(self, grid: Places, channel: Places) -> pa.Array:
        """Return which of its grid's collectors reported each case of a day, in turn; null where none did."""
        known = np.array(self.collecting)[channel] & (self.counts[grid] > 0)
        turn = np.arange(len(grid)) % np.maximum(self.counts[grid], 1)
        rows = pa.array(self.begins[grid] + turn, mask=~known)
        return self.staff.take(rows)

    def handlers(self, units: pa.Array) -> pa.Array:
        """Return the post of a unit that handles each case of a day, in turn."""
        posts = pa.array(np.arange(len(units)) % POSTS + 1).cast(pa.string())
        return pc.binary_join_element_wise(units, posts, "-")


def _rows(config: Config) -> list[tuple[str, str]]:
    if (columns := config.staff) is None:
        return []
    with columns.file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [(row[columns.id], row[columns.area]) for row in rows if row[columns.role] == COLLECTOR]
