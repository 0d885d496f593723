"""Recorded cases from files: rows → records → events, with the account of every row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from .config import Config
from .config.mapping import Open311Mapping, TabularMapping
from .contract.records import ISSUE_SCHEMA
from .errors import SourceError
from .geography import Geography
from .intake import Intake
from .places import AreaIndex
from .sources import open311, tabular

PLAYED_ROWS = 2_000
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Portion:
    """Some rows of a source: how many were read, how many are cases, their events, what was wrong with them."""

    read: int
    cases: int
    events: pa.Table
    issues: pa.Table


class Recorder:
    """Read files of a configured source as events of this city."""

    def __init__(self, config: Config, geography: Geography) -> None:
        self._config = config
        self._index = AreaIndex(geography.tree, geography.shapes, geography.aliases)
        self._tree = geography.tree

    def portions(
        self, paths: Sequence[Path], source: str, received_at: datetime, progress: Progress | None = None
    ) -> Iterator[Portion]:
        """Yield the files' rows in blocks; raise `SourceError` for a file or a source that cannot be read."""
        mapping = self._mapping(source)
        read = tabular.read if isinstance(mapping, TabularMapping) else open311.read
        intake = Intake(source, self._tree, self._index, received_at)
        tell = (lambda done, total: progress(paths[0].name, done, total)) if progress else None
        for records in read(paths, mapping, time_zone=self._config.city.time_zone, progress=tell):  # type: ignore[operator]
            events, issues = intake.events(records.cases)
            yield Portion(records.read, records.cases.num_rows, events, pa.concat_tables([records.issues, issues]))

    def ordered(
        self, paths: Sequence[Path], source: str, received_at: datetime, progress: Progress | None = None
    ) -> tuple[pa.Table, pa.Table]:
        """Return all events in the order they happened, and all issues."""
        portions = list(self.portions(paths, source, received_at, progress))
        if not portions:
            raise SourceError(f"{', '.join(map(str, paths))}: not one row to play")
        events = pa.concat_tables([p.events for p in portions])
        return events.sort_by([("happened_at", "ascending"), ("id", "ascending")]), issues_of(portions)

    def _mapping(self, source: str) -> TabularMapping | Open311Mapping:
        mapping = self._config.sources.get(source)
        if isinstance(mapping, TabularMapping | Open311Mapping):
            return mapping
        known = ", ".join(sorted(self._config.sources)) or "none"
        raise SourceError(f"source {source!r} reads no files; configured under `sources`: {known}")


def issues_of(portions: Sequence[Portion]) -> pa.Table:
    """Gather the issues of all portions (`ISSUE_SCHEMA`)."""
    return pa.concat_tables([ISSUE_SCHEMA.empty_table(), *(p.issues for p in portions)])


def split(events: pa.Table, moment: datetime) -> tuple[pa.Table, pa.Table]:
    """Cut events into those before a moment and those from it on."""
    early = pc.less(events.column("happened_at"), pa.scalar(moment, type=pa.timestamp("us", tz="UTC")))
    return events.filter(early), events.filter(pc.invert(early))


def played(events: pa.Table) -> Iterator[pa.Table]:
    """Cut ordered events into the small tables a feed plays."""
    for start in range(0, events.num_rows, PLAYED_ROWS):
        yield events.slice(start, PLAYED_ROWS)
