"""Recorded cases from files of rows, by a mapping alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ..config.mapping import TabularMapping
from ..errors import SourceError
from . import archive, columnar, delimited, documents, workbook
from .raw import Raw
from .refine import Records, Refinery, left_out

Reader = Callable[[archive.Member, TabularMapping], Iterator[Raw]]
READERS: dict[str, Reader] = {
    "csv": delimited.read,
    "tsv": delimited.read,
    "xlsx": workbook.read,
    "json": documents.read,
    "jsonl": documents.read_lines,
    "parquet": columnar.read,
    "feather": columnar.read,
}


def read(
    paths: Sequence[Path], mapping: TabularMapping, *, time_zone: str, progress: archive.Progress | None = None
) -> Iterator[Records]:
    """Yield the cases of some files, block by block; ``progress`` is told bytes done and bytes in all."""
    gauge = archive.Gauge(paths, progress)
    given = mapping.fields.given()
    with Refinery(given, mapping, time_zone, decimal=mapping.decimal, where=mapping.where) as refinery:
        for path in paths:
            with gauge.watch(path), archive.sound(path.name):
                for member in archive.members(path, mapping.files, gauge.done):
                    yield from _member(member, mapping, refinery)


def _member(
    member: archive.Member | archive.Leftover, mapping: TabularMapping, refinery: Refinery
) -> Iterator[Records]:
    if isinstance(member, archive.Leftover):
        yield left_out(member.label)
        return
    with archive.sound(member.label):
        yield from refinery.refine(_reader(member, mapping)(member, mapping))


def _reader(member: archive.Member, mapping: TabularMapping) -> Reader:
    kind = mapping.format if mapping.format != "auto" else member.format
    reader = READERS.get(kind or "")
    if reader is None:
        raise SourceError(
            f"{member.label}: {member.suffix or 'no suffix'!r} is no kind of file that can be read; "
            f"set `format` to one of {', '.join(READERS)}, or save it as one of them"
        )
    return reader
