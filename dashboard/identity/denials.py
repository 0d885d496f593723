"""What was asked for and refused, and what administrators did: lists that only grow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec

from pipelines.contract.scope import Viewer
from pipelines.registry.base import Registry

DENIALS, DEEDS = "denials", "deeds"


class Denials:
    """Note refusals and deeds of a site, in its registry."""

    def __init__(self, registry: Registry, clock: Callable[[], datetime]) -> None:
        """Keep both lists."""
        self._registry = registry
        self._clock = clock

    def note(self, viewer: Viewer | None, what: str, where: str, device: str = "") -> None:
        """Write down that somebody may not do or see something."""
        self._registry.append(DENIALS, self._line(viewer, what, where, device))

    def deed(self, viewer: Viewer | None, what: str, where: str, device: str = "") -> None:
        """Write down what an administrator did."""
        self._registry.append(DEEDS, self._line(viewer, what, where, device))

    def read(self, kind: str = DENIALS, after: int = 0, limit: int = 200) -> list[dict[str, Any]]:
        """Return entries behind a number, each with its number."""
        found = self._registry.read(kind, after, limit)
        return [{"number": number, **msgspec.json.decode(line)} for number, line in found]

    def last(self, kind: str = DENIALS, limit: int = 200) -> list[dict[str, Any]]:
        """Return the latest entries, the newest first."""
        after = max(0, self._registry.revision(kind) - limit)
        return self.read(kind, after, limit)[::-1]

    def _line(self, viewer: Viewer | None, what: str, where: str, device: str) -> bytes:
        line: dict[str, Any] = {"at": self._clock(), "user": viewer.user if viewer else None}
        line |= {"roles": sorted(viewer.roles) if viewer else [], "seen_by": viewer.seen_by if viewer else None}
        return msgspec.json.encode(line | {"what": what[:300], "where": where[:300], "device": device[:80]})
