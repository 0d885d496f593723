"""Recorded cases from files: rows → records → events, with the account of every row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from .ahead import ahead
from .config import Config
from .config.mapping import Open311Mapping, TabularMapping
from .contract.events import EVENT_SCHEMA
from .contract.records import ISSUE_SCHEMA
from .contract.time import Clock
from .errors import SourceError
from .geography import Geography
from .intake import Batch, Intake
from .places import AreaIndex
from .sources import open311, tabular
from .sources.refine import Records

PLAYED_ROWS = 2_000
Mapping = TabularMapping | Open311Mapping
Progress = Callable[[str, int, int], None]


class Recorder:
    """Read files of a configured source as events of this city."""

    def __init__(self, config: Config, geography: Geography) -> None:
        self._config = config
        self._index = AreaIndex(geography.tree, geography.shapes, geography.aliases)
        self._tree = geography.tree

    def batches(
        self, paths: Sequence[Path], source: str, clock: Clock, progress: Progress | None = None
    ) -> Iterator[Batch]:
        """Yield the files' rows in blocks; raise `SourceError` for a file or a source that cannot be read."""
        mapping = self._mapping(source)
        intake = Intake(source, self._tree, self._index, clock, simulated=mapping.simulated)
        yield from ahead(intake.take(records) for records in self._records(paths, mapping, progress))

    def area_at(self, lon: float, lat: float) -> str | None:
        """Return the finest area that holds a point; None where it lies outside the city."""
        nameless = pa.nulls(1, pa.string())
        placed = self._index.place(pa.array([lon]), pa.array([lat]), nameless)
        outside = self._index.drawn and bool(placed.outside[0])
        return None if outside else str(placed.areas[0])

    def ordered(
        self, paths: Sequence[Path], source: str, clock: Clock, progress: Progress | None = None
    ) -> tuple[pa.Table, pa.Table]:
        """Return all events in the order they happened, and all issues."""
        batches = list(self.batches(paths, source, clock, progress))
        events = pa.concat_tables([EVENT_SCHEMA.empty_table(), *(batch.events for batch in batches)])
        if not events.num_rows:
            raise SourceError(f"{', '.join(map(str, paths))}: not one case to play")
        issues = pa.concat_tables([ISSUE_SCHEMA.empty_table(), *(batch.issues for batch in batches)])
        # "reported" sorts after "closed": descending, so that a case closed in the moment of its report ends closed
        return events.sort_by([("happened_at", "ascending"), ("kind", "descending"), ("id", "ascending")]), issues

    def _records(self, paths: Sequence[Path], mapping: Mapping, progress: Progress | None) -> Iterator[Records]:
        tell = (lambda done, total: progress(paths[0].name, done, total)) if progress else None
        time_zone = self._config.city.time_zone
        if isinstance(mapping, TabularMapping):
            return tabular.read(paths, mapping, time_zone=time_zone, progress=tell)
        return open311.read(paths, mapping, time_zone=time_zone, progress=tell)

    def _mapping(self, source: str) -> Mapping:
        mapping = self._config.sources.get(source)
        if isinstance(mapping, TabularMapping | Open311Mapping):
            return mapping
        known = ", ".join(sorted(self._config.sources)) or "none"
        raise SourceError(f"source {source!r} reads no files; configured under `sources`: {known}")


def split(events: pa.Table, moment: datetime) -> tuple[pa.Table, pa.Table]:
    """Cut events into those before a moment and those from it on."""
    early = pc.less(events.column("happened_at"), pa.scalar(moment, type=pa.timestamp("us", tz="UTC")))
    return events.filter(early), events.filter(pc.invert(early))


def played(events: pa.Table) -> Iterator[pa.Table]:
    """Cut ordered events into the small tables a feed plays."""
    for start in range(0, events.num_rows, PLAYED_ROWS):
        yield events.slice(start, PLAYED_ROWS)
