"""What was asked for and refused, and what was done about accounts and devices: two cuts of the one audit."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from pipelines.contract.scope import Device, Viewer

from .audit import Audit, Entry
from .audit_search import Wanted, newest

DENIALS, DEEDS = "denials", "deeds"
ACTS: Final = {
    DENIALS: frozenset({"denied", "refused_command"}),
    DEEDS: frozenset({"deed", "sign_in", "sign_out", "view_as", "pairing"}),
}


class Denials:
    """Note refusals and deeds of a site, in its audit."""

    def __init__(self, audit: Audit) -> None:
        """Keep both in one chain."""
        self._audit = audit

    def note(self, viewer: Viewer | None, what: str, where: str, device: Device | str = "") -> None:
        """Write down that somebody may not do or see something."""
        self._audit.note(viewer, "denied", what, where, device=device)

    def deed(self, viewer: Viewer | None, what: str, where: str, device: Device | str = "", act: str = "deed") -> None:
        """Write down what an administrator did, or who came and went."""
        self._audit.note(viewer, act, what, where, device=device)

    def last(self, kind: str = DENIALS, limit: int = 200) -> list[dict[str, Any]]:
        """Return the latest entries, the newest first."""
        registry = self._audit.registry
        found = [_line(entry) for entry in newest(registry, Wanted(acts=ACTS[kind]), limit=limit).entries]
        if len(found) < limit:
            found += self._before(kind, limit - len(found))
        return found

    def _before(self, kind: str, limit: int) -> list[dict[str, Any]]:
        """Return what was noted before there was an audit."""
        registry = self._audit.registry
        after = max(0, registry.length(kind) - limit)
        kept = registry.read(kind, after, limit)
        return [{"number": number, **msgspec.json.decode(line)} for number, line in reversed(kept)]


def _line(entry: Entry) -> dict[str, Any]:
    line: dict[str, Any] = msgspec.to_builtins(entry)
    return line | {"device": entry.address}
