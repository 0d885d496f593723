"""A watched folder: every file that is new or changed is handed in, once it stands still."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

Stamp = tuple[int, int]


class WatchedFolder:
    """Look into a folder again and again."""

    def __init__(self, folder: Path, every: float, take: Callable[[bytes], object]) -> None:
        """Hand the content of each XML file to ``take``, which may get it again after a restart."""
        self._folder = folder
        self._every = every
        self._take = take
        self._taken: dict[Path, Stamp] = {}
        self._waiting: dict[Path, Stamp] = {}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"folder {folder.name}", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """End the watch."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def look(self) -> int:
        """Take what has not changed since the last look; return how many files that were."""
        found = {file: _stamp(file) for file in sorted(self._folder.glob("*.xml"))}
        still = [file for file, stamp in found.items() if stamp and stamp == self._waiting.get(file, stamp)]
        ready = [file for file in still if found[file] != self._taken.get(file) and file in self._waiting]
        self._waiting = {file: stamp for file, stamp in found.items() if stamp}
        for file in ready:
            self._take(file.read_bytes())
            self._taken[file] = self._waiting[file]
        return len(ready)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self.look()
            except OSError:
                # a share that is away is looked for again
                self._waiting = {}
            self._stop.wait(self._every)


def _stamp(file: Path) -> Stamp | None:
    try:
        told = file.stat()
    except OSError:
        return None
    return told.st_mtime_ns, told.st_size
