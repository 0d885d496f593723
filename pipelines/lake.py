"""Backups: a copy of the log as Parquet with a manifest and the files it names; restored by following it."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from .attachments.attached import Attached
from .attachments.store import FOLDER
from .contract.events import EVENT_SCHEMA
from .errors import LogError
from .registry import copied
from .registry.base import Registry
from .warehouse import Warehouse

LOG = "log.parquet"
QUARANTINE = "quarantine.parquet"
REGISTRY = "registry.jsonl"
MANIFEST = "manifest.json"
FORMAT = 1
BATCH = 100_000


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds: the city, the events, a SHA-256 of each file, and how many attachments there are.

    An attachment's name is its own SHA-256; ``lost`` are those that were named, but gone when it was made.
    """

    city: str
    events: int
    format: int
    files: dict[str, str]
    attachments: int = 0
    lost: tuple[str, ...] = ()


def begin(warehouse: Warehouse, city: str, target: Path) -> Backup:
    """Write log and quarantine, to be called where nothing changes them; `finish` makes a backup of it."""
    making = _making(target)
    making.mkdir(parents=True)
    events = _write_log(warehouse, making / LOG)
    pq.write_table(warehouse.rows("from quarantine"), making / QUARANTINE)
    return Backup(city, events, FORMAT, {name: _digest(making / name) for name in (LOG, QUARANTINE)})


def finish(begun: Backup, target: Path, attached: Attached, registry: Registry) -> Backup:
    """Add the files that facts name, which never change, and the registry; the folder appears only when it is whole."""
    making, lost = _making(target), []
    # after the log: whatever stands there was noted
    copied.write(registry, making / REGISTRY)
    names = attached.named()
    for name in names:
        if found := attached.find(name):
            (making / FOLDER / name[:2]).mkdir(parents=True, exist_ok=True)
            shutil.copyfile(found[0], making / FOLDER / name[:2] / name)
        else:
            lost.append(name)
    files = begun.files | {REGISTRY: _digest(making / REGISTRY)}
    backup = replace(begun, files=files, attachments=len(names) - len(lost), lost=tuple(lost))
    (making / MANIFEST).write_text(json.dumps(asdict(backup), indent=1), encoding="utf-8")
    making.rename(target)
    return backup


def inspect(folder: Path, city: str) -> Backup:
    """Read a backup's manifest and check its files; raise `LogError` on a broken or another city's one."""
    try:
        backup = Backup(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise LogError(f"{folder} is no backup: {MANIFEST} cannot be read ({error})") from error
    if backup.city != city:
        raise LogError(f"{folder} is a backup of city {backup.city!r}, the configuration is for {city!r}")
    for name, digest in backup.files.items():
        if not (folder / name).is_file() or _digest(folder / name) != digest:
            raise LogError(f"{folder / name} is missing or was changed since the backup was made; use another backup")
    _inspect_attachments(folder, backup)
    return backup


def registry(folder: Path) -> Path | None:
    """Return the backup's registry, None in one of an earlier build."""
    return folder / REGISTRY if (folder / REGISTRY).is_file() else None


def attachments(folder: Path) -> Iterator[bytes]:
    """Yield the backup's attachments."""
    return (file.read_bytes() for file in _attachments(folder))


def events(folder: Path) -> Iterator[pa.Table]:
    """Yield the backup's events in log order as tables with `EVENT_SCHEMA`."""
    with pq.ParquetFile(folder / LOG) as file:
        for batch in file.iter_batches(BATCH):
            yield pa.Table.from_batches([batch]).select(EVENT_SCHEMA.names).cast(EVENT_SCHEMA)


def quarantine(folder: Path) -> pa.Table:
    """Return the backup's quarantined rows."""
    return pq.read_table(folder / QUARANTINE)


def _making(target: Path) -> Path:
    return target.with_name(f".{target.name}.making")


def _attachments(folder: Path) -> list[Path]:
    return sorted((folder / FOLDER).glob("*/*"))


def _inspect_attachments(folder: Path, backup: Backup) -> None:
    files = _attachments(folder)
    if len(files) != backup.attachments:
        raise LogError(f"{folder / FOLDER} holds {len(files)} files of {backup.attachments}; use another backup")
    for file in files:
        if _digest(file) != file.name:
            raise LogError(f"{file} was changed since the backup was made; use another backup")


def _write_log(warehouse: Warehouse, file: Path) -> int:
    end, written = int(warehouse.scalar("select coalesce(max(seq), 0) from log")), 0
    schema = warehouse.rows("from log limit 0").schema
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for after in range(0, end, BATCH):
            until = min(after + BATCH, end)
            rows = warehouse.rows(
                "from log where seq > $after and seq <= $until order by seq", after=after, until=until
            )
            writer.write_table(rows.cast(schema))
            written += rows.num_rows
    return written


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
