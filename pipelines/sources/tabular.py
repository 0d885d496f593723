"""Recorded cases from files of rows, by a mapping alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ..config.mapping import TabularMapping
from ..contract.records import RECORD_SCHEMA
from ..errors import SourceError
from . import archive, delimited
from .issues import REJECTED, Issues, Reason
from .raw import Raw
from .refine import Records, Refinery

Progress = Callable[[int, int], None]
Reader = Callable[[archive.Member, TabularMapping], Iterator[Raw]]
READERS: dict[str, Reader] = {"csv": delimited.read, "tsv": delimited.read}


def read(
    paths: Sequence[Path], mapping: TabularMapping, *, time_zone: str, progress: Progress | None = None
) -> Iterator[Records]:
    """Yield the cases of some files, block by block; ``progress`` is told bytes done and bytes in all."""
    gauge = archive.Gauge(paths, progress)
    given = mapping.fields.given()
    with Refinery(given, mapping, time_zone, decimal=mapping.decimal, where=mapping.where) as refinery:
        for path in paths:
            with gauge.watch(path):
                yield from _path(path, mapping, refinery, gauge)


def _path(path: Path, mapping: TabularMapping, refinery: Refinery, gauge: archive.Gauge) -> Iterator[Records]:
    """Read one path; whatever the unpackers raise becomes a `SourceError` that names the file."""
    member: archive.Member | archive.Leftover | None = None
    try:
        for member in archive.members(path, mapping.files, gauge.done):
            if isinstance(member, archive.Leftover):
                yield left_out(member)
            else:
                yield from refinery.refine(_reader(member, mapping)(member, mapping))
    except archive.BROKEN as error:
        label = member.label if member else path.name
        raise SourceError(
            f"{label}: damaged or cut short ({error}); rows before the damage are kept, a sound copy adds the rest"
        ) from error


def left_out(member: archive.Leftover) -> Records:
    """Keep word of a file of an archive that was not read."""
    issues = Issues()
    issues.note(f"{member.label}:0", REJECTED, Reason.FILE_LEFT_OUT)
    return Records(RECORD_SCHEMA.empty_table(), issues.table(), 0)


def _reader(member: archive.Member, mapping: TabularMapping) -> Reader:
    kind = mapping.format if mapping.format != "auto" else member.format
    reader = READERS.get(kind or "")
    if reader is None:
        raise SourceError(
            f"{member.label}: {member.suffix or 'no suffix'!r} is no kind of file that can be read; "
            f"set `format` to one of {', '.join(READERS)}, or save it as one of them"
        )
    return reader
