"""The files a node keeps, and which of them the log's facts name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from ..config import Config
from ..contract.scope import Lens
from ..registry.base import Registry
from ..warehouse import Warehouse, statement
from .store import FOLDER, FORGOTTEN, Attachments, Kept

SWEEP: Final = timedelta(hours=1)
SENT: Final = "file_sent"
"""Who sent which file: a document's name is the file's and the sender's."""


class Attached:
    """Keep files, say who may see one: whoever sees a case that names it."""

    def __init__(
        self,
        config: Config,
        data: Path | None,
        warehouse: Warehouse,
        clock: Callable[[], datetime],
        registry: Registry,
    ) -> None:
        """Keep them in the configured folder, else beside the node's data; ``clock`` is the real time."""
        folder = config.attachments.folder or (data / FOLDER if data else None)
        self.files = Attachments(folder, config.attachments, config.city.zone)
        self._warehouse = warehouse
        self._simulated = config.city.data == "simulated"
        self._clock = clock
        self._registry = registry
        self._swept = clock()

    @property
    def most_bytes(self) -> int:
        """The largest file that is taken."""
        return self.files.most_bytes

    def keep(self, data: bytes, claimed: str, sender: str | None = None) -> Kept:
        """Check, strip and keep a file; raise `AttachmentRefused`. Those nobody named go, looked for once an hour."""
        now = self._clock()
        kept = self.files.keep(data, claimed, now)
        if sender:
            self._registry.put(SENT, f"{kept.name}/{sender}", b"1", now + FORGOTTEN)
        if now - self._swept >= SWEEP:
            self._swept = now
            self.sweep()
        return kept

    def adopt(self, data: bytes) -> str:
        """Keep what was kept before, as from a backup, unchanged; return its name."""
        return self.files.adopt(data, self._clock())

    def find(self, name: str, *, small: bool = False) -> tuple[Path, str] | None:
        """Return where a file (or a picture's thumbnail) lies and its media type, None if it is not kept."""
        return self.files.find(name, small=small)

    def missing(self, names: Iterable[str]) -> list[str]:
        """Return those of these that are not kept here."""
        return self.files.missing(names)

    def shown(self, name: str, areas: Iterable[str], lens: Lens) -> bool:
        """Tell whether a case of these areas names a file, as far as a lens lets one see."""
        asked = {"areas": sorted(areas), "name": name, "simulated": self._simulated}
        return bool(self._warehouse.through(lens).tuples(statement("attachments/shown"), **asked))

    def is_sent_by(self, name: str, sender: str) -> bool:
        """Tell whether somebody sent a file themselves, within a day: it may lie here for longer, sent by others."""
        return self._registry.get(SENT, f"{name}/{sender}") is not None

    def is_named(self, name: str) -> bool:
        """Tell whether a fact names a file."""
        return bool(self._warehouse.tuples(statement("attachments/is_named"), name=name))

    def given_by(self, name: str, case_id: str, actor: str) -> bool:
        """Tell whether somebody added a file to a case themselves."""
        asked = {"case_id": case_id, "actor": actor, "name": name}
        return bool(self._warehouse.tuples(statement("attachments/given_by"), **asked))

    def named(self) -> list[str]:
        """Return every file that a fact names."""
        return [str(name) for (name,) in self._warehouse.tuples(statement("attachments/named"))]

    def sweep(self) -> list[str]:
        """Drop what no fact named within a day; return the names."""
        return self.files.sweep(self.named(), self._clock())

    def close(self) -> None:
        """Forget what was kept for this process only."""
        self.files.close()
