"""What lies in a file: itself, unpacked, or the members of an archive."""

from __future__ import annotations

import bz2
import fnmatch
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from ..errors import SourceError

PACKED: dict[str, Callable[[BinaryIO], BinaryIO]] = {
    ".gz": lambda file: cast(BinaryIO, gzip.GzipFile(fileobj=file)),
    ".bz2": lambda file: cast(BinaryIO, bz2.BZ2File(file)),
    ".xz": lambda file: cast(BinaryIO, lzma.LZMAFile(file)),  # noqa: SIM115
}
MAGIC = {".gz": b"\x1f\x8b", ".bz2": b"BZh", ".xz": b"\xfd7zXZ\x00"}
Progress = Callable[[int, int], None]
DATA_SUFFIXES = {
    ".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".txt": "csv", ".dat": "csv", ".xlsx": "xlsx", ".xlsm": "xlsx",
    ".json": "json", ".geojson": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet", ".pq": "parquet",
    ".feather": "feather", ".arrow": "feather", ".xml": "xml",
}  # fmt: skip
PROSE = {".txt", ".dat"}
BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, NotImplementedError)
"""What the unpackers raise on a damaged, cut or locked file."""


@dataclass(frozen=True, slots=True)
class Member:
    """One readable file: its name in messages, its kind by name, and how to open it from the start."""

    label: str
    suffix: str
    open: Callable[[], BinaryIO]

    @property
    def format(self) -> str | None:
        """What its name says it is."""
        return DATA_SUFFIXES.get(self.suffix)


@dataclass(frozen=True, slots=True)
class Leftover:
    """A file of an archive that holds no cases, by its name."""

    label: str


def members(path: Path, pattern: str, done: Callable[[int], None]) -> Iterator[Member | Leftover]:
    """Yield what one path holds; ``done`` is told how many bytes of the path were read."""
    if not path.is_file():
        raise SourceError(f"{path}: there is no such file" if not path.exists() else f"{path}: is a folder, not a file")
    if path.stat().st_size == 0:
        raise SourceError(f"{path}: the file is empty (0 bytes); was it written to the end?")
    if zipfile.is_zipfile(path) and path.suffix.lower() != ".xlsx" and path.suffix.lower() != ".xlsm":
        yield from _zipped(path, pattern, done)
    else:
        yield _unpacked(path.name, lambda: cast(BinaryIO, Watched(path, done)))


@contextmanager
def sound(label: str) -> Iterator[None]:
    """Turn what unpackers raise on damage into a `SourceError` that names the file."""
    try:
        yield
    except BROKEN as error:
        raise SourceError(
            f"{label}: damaged or cut short ({error}); rows before the damage are kept, a sound copy adds the rest"
        ) from error


def _zipped(path: Path, pattern: str, done: Callable[[int], None]) -> Iterator[Member | Leftover]:
    with zipfile.ZipFile(cast(BinaryIO, Watched(path, done))) as archive:
        names = sorted(info.filename for info in archive.infolist() if not info.is_dir())
        chosen = _chosen(names, pattern)
        locked = [info.filename for info in archive.infolist() if info.flag_bits & 1]
        if locked:
            raise SourceError(f"{path}: {locked[0]!r} is locked with a password; save the archive without one")
        if not chosen:
            raise SourceError(f"{path}: none of its {len(names)} files matches files: {pattern!r} and can hold cases")
        for name in names:
            label = f"{path.name}/{name}"
            if name in chosen:
                yield _unpacked(label, lambda name=name: cast(BinaryIO, archive.open(name)))  # type: ignore[misc]
            else:
                yield Leftover(label)


def _chosen(names: list[str], pattern: str) -> set[str]:
    """Return the files with cases: a text that only explains the others is none of them."""
    named = [
        name for name in names if fnmatch.fnmatch(name, pattern) or fnmatch.fnmatch(PurePosixPath(name).name, pattern)
    ]
    data = [name for name in named if _suffix(name) in DATA_SUFFIXES and not name.startswith("__MACOSX/")]
    tables = [name for name in data if _suffix(name) not in PROSE]
    return set(data if pattern != "*" or not tables else tables)


def _suffix(name: str) -> str:
    path = PurePosixPath(name.lower())
    return PurePosixPath(path.stem).suffix if path.suffix in PACKED else path.suffix


def _unpacked(label: str, opener: Callable[[], BinaryIO]) -> Member:
    packing = PACKED.get(PurePosixPath(label.lower()).suffix) or _by_magic(opener)
    return Member(label, _suffix(label), (lambda: packing(opener())) if packing else opener)


def _by_magic(opener: Callable[[], BinaryIO]) -> Callable[[BinaryIO], BinaryIO] | None:
    """Know a packed file whose name does not say so by how it begins."""
    with opener() as stream:
        start = stream.read(6)
    return next((PACKED[suffix] for suffix, magic in MAGIC.items() if start.startswith(magic)), None)


class Gauge:
    """Tell how many bytes of all paths were read."""

    def __init__(self, paths: Sequence[Path], progress: Callable[[int, int], None] | None) -> None:
        """Weigh the paths."""
        self._progress = progress
        self._sizes = {path: path.stat().st_size for path in paths if path.is_file()}
        self._before = 0

    @contextmanager
    def watch(self, path: Path) -> Iterator[None]:
        """Count one path in full once it was read."""
        yield
        self._before += self._sizes.get(path, 0)
        self.done(0)

    def done(self, here: int) -> None:
        """Tell how far the present path was read."""
        if self._progress:
            self._progress(self._before + here, sum(self._sizes.values()))


class Watched(io.RawIOBase):
    """A file that tells how far it was read."""

    def __init__(self, path: Path, done: Callable[[int], None]) -> None:
        """Open the file."""
        self._file = path.open("rb", buffering=1 << 20)
        self._done = done

    def readable(self) -> bool:
        """Say yes."""
        return True

    def seekable(self) -> bool:
        """Say yes."""
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        """Read into a buffer."""
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def read(self, size: int = -1) -> bytes:
        """Read bytes."""
        data = self._file.read(size)
        self._done(self._file.tell())
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        """Move."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Tell the place."""
        return self._file.tell()

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()
