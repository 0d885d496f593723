"""Where attachments are kept: a folder of files named by the hash of what is in them."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Final

from ..config.attachments import Attachments as Limits
from ..errors import AttachmentRefused, CitybrainError, StorageFull
from . import pictures, sounds
from .kinds import PICTURES, kind_of
from .pictures import THUMBNAIL_TYPE, Offer

FOLDER: Final = "attachments"
NAME: Final = re.compile("[0-9a-f]{64}")
SMALL, MAKING = ".small", ".making-"
FORGOTTEN: Final = timedelta(hours=24)
"""How long a file may lie here before a fact names it."""
AT_ONCE: Final = 2
"""Pictures opened at the same time: each takes four bytes a pixel."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is kept: its name is the SHA-256 of what is stored; a sound has no size in pixels."""

    name: str
    media_type: str
    bytes: int
    width: int | None = None
    height: int | None = None
    offered: Offer | None = None


class Attachments:
    """Keep files, each once however often it comes; what is kept never changes."""

    def __init__(self, folder: Path | None, limits: Limits, zone: tzinfo) -> None:
        """Keep them in a folder; for None in one that goes with the process."""
        self._passing = tempfile.TemporaryDirectory(ignore_cleanup_errors=True) if folder is None else None
        self.folder = folder or Path(self._passing.name if self._passing else "")
        self.limits = limits
        self._zone = zone
        self._opening = threading.Semaphore(AT_ONCE)

    @property
    def most_bytes(self) -> int:
        """The largest file that is taken."""
        return int(self.limits.most_megabytes * 1_000_000)

    def keep(self, data: bytes, claimed: str, now: datetime) -> Kept:
        """Check, strip and keep a file; raise `AttachmentRefused` naming what is wrong with it."""
        if len(data) > self.most_bytes:
            raise AttachmentRefused("file_too_large", most=self.limits.most_megabytes)
        if not data:
            raise AttachmentRefused("file_broken", detail="it is empty")
        kind = kind_of(data, claimed)
        if kind not in PICTURES:
            sound = sounds.stripped(data, kind)
            return Kept(self._put(sound, now), kind, len(sound))
        with self._opening:
            picture = pictures.redraw(data, kind, self.limits.most_pixels, self.limits.longest_side, self._zone)
        name = self._put(picture.data, now, picture.thumbnail)
        return Kept(name, kind, len(picture.data), picture.width, picture.height, picture.offered)

    def adopt(self, data: bytes, now: datetime) -> str:
        """Keep what was kept before, as from a backup, unchanged; return its name."""
        kind = kind_of(data, "")
        return self._put(data, now, pictures.small(data, kind) if kind in PICTURES else None)

    def find(self, name: str, *, small: bool = False) -> tuple[Path, str] | None:
        """Return where a file (or a picture's thumbnail) lies and its media type, None if it is not kept."""
        file = self._path(name, small)
        if file is None or not file.is_file():
            return None
        if small:
            return file, THUMBNAIL_TYPE
        with file.open("rb") as stream:
            return file, kind_of(stream.read(64), "")

    def missing(self, names: Iterable[str]) -> list[str]:
        """Return those of these that are not kept here."""
        return [name for name in names if self.find(name) is None]

    def names(self) -> Iterator[str]:
        """Yield the name of every file that is kept."""
        return (file.name for file in self.folder.glob("[0-9a-f][0-9a-f]/*") if NAME.fullmatch(file.name))

    def sweep(self, named: Iterable[str], now: datetime) -> list[str]:
        """Drop files that no fact named within a day; return their names."""
        known, before = set(named), (now - FORGOTTEN).timestamp()
        for file in self.folder.glob(f"*/{MAKING}*"):
            if file.stat().st_mtime < before:
                file.unlink(missing_ok=True)
        dropped = [name for name in self.names() if name not in known and self._age(name) < before]
        for name in dropped:
            for place in (self._path(name), self._path(name, small=True)):
                if place:
                    place.unlink(missing_ok=True)
        return sorted(dropped)

    def close(self) -> None:
        """Forget what was kept for this process only."""
        if self._passing:
            self._passing.cleanup()

    def _path(self, name: str, small: bool = False) -> Path | None:
        return self.folder / name[:2] / (name + SMALL * small) if NAME.fullmatch(name) else None

    def _age(self, name: str) -> float:
        file = self._path(name)
        return file.stat().st_mtime if file and file.is_file() else float("inf")

    def _put(self, data: bytes, now: datetime, thumbnail: bytes | None = None) -> str:
        name = hashlib.sha256(data).hexdigest()
        try:
            place = self.folder / name[:2]
            place.mkdir(parents=True, exist_ok=True)
            # whoever finds the file finds its thumbnail too
            if thumbnail is not None:
                _write(place / (name + SMALL), thumbnail)
            _write(place / name, data)
            os.utime(place / name, (now.timestamp(), now.timestamp()))
        except OSError as error:
            raise _storage_error(error, self.folder) from error
        return name


def _write(target: Path, data: bytes) -> None:
    """Write a file that appears only when it is whole and on the disk."""
    if target.exists():
        return
    handle, making = tempfile.mkstemp(prefix=MAKING, dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(making).rename(target)
    except BaseException:
        with suppress(OSError):
            Path(making).unlink()
        raise
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _storage_error(error: OSError, folder: Path) -> CitybrainError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StorageFull("the disk is full: the file was not kept; free space and send it again")
    return CitybrainError(f"{folder}: {error.strerror}; name a folder that may be written to in attachments.folder")
