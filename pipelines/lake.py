"""Backups: a copy of the log as Parquet with a manifest; a node is restored by following it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from .contract.events import EVENT_SCHEMA
from .errors import LogError
from .warehouse import Warehouse

LOG = "log.parquet"
QUARANTINE = "quarantine.parquet"
MANIFEST = "manifest.json"
FORMAT = 1
BATCH = 100_000


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds: the city, the events, and a SHA-256 of each file."""

    city: str
    events: int
    format: int
    files: dict[str, str]


def write(warehouse: Warehouse, city: str, target: Path) -> Backup:
    """Write log and quarantine to a new folder; it appears only when it is whole."""
    making = target.with_name(f".{target.name}.making")
    making.mkdir(parents=True)
    events = _write_log(warehouse, making / LOG)
    pq.write_table(warehouse.rows("from quarantine"), making / QUARANTINE)
    backup = Backup(city, events, FORMAT, {name: _digest(making / name) for name in (LOG, QUARANTINE)})
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
    return backup


def events(folder: Path) -> Iterator[pa.Table]:
    """Yield the backup's events in log order as tables with `EVENT_SCHEMA`."""
    with pq.ParquetFile(folder / LOG) as file:
        for batch in file.iter_batches(BATCH):
            yield pa.Table.from_batches([batch]).select(EVENT_SCHEMA.names).cast(EVENT_SCHEMA)


def quarantine(folder: Path) -> pa.Table:
    """Return the backup's quarantined rows."""
    return pq.read_table(folder / QUARANTINE)


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
