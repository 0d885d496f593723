"""Files that belong to cases, as far as a viewer may add or see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from pipelines.contract.hands import BY_COMMAND
from pipelines.contract.roles import may
from pipelines.contract.scope import Viewer
from pipelines.errors import ScopeError
from pipelines.node import Node

from .guard import Guard

ATTACHING: Final = BY_COMMAND["attach"].roles | {"reporter"}


class Files:
    """Take files from hands that may add them, find them for who sees a case that names them."""

    def __init__(self, node: Node, guard: Guard) -> None:
        """Keep them on a node; ``guard`` notes refusals."""
        self._node = node
        self._guard = guard

    @property
    def most_bytes(self) -> int:
        """The most bytes a file may have."""
        return self._node.attachments.most_bytes

    def admit(self, viewer: Viewer) -> None:
        """Raise `ScopeError` unless a viewer's hands may add files to a case."""
        with self._guard.noted(viewer, "attach", "attachments"):
            # a reporter is masked from others' words, not kept from adding to the own case
            if (viewer.lens.masked and viewer.case is None) or not viewer.roles & ATTACHING:
                raise ScopeError(f"files are added by {', '.join(sorted(ATTACHING))}")

    def keep(self, data: bytes, claimed: str, viewer: Viewer) -> dict[str, Any]:
        """Keep a file that a command will name; raise `AttachmentRefused` with the reason."""
        self.admit(viewer)
        return asdict(self._node.attachments.keep(data, claimed, viewer.user))

    def find(self, name: str, viewer: Viewer, *, small: bool = False) -> tuple[Path, str] | None:
        """Return where a file lies and its media type, None unless the viewer sees a case that names it."""
        return self._node.attachments.find(name, small=small) if self._shows(name, viewer) else None

    def lost(self, names: Iterable[str], viewer: Viewer) -> list[str]:
        """Return those files that are not kept, or that a viewer knows by name alone: they never saw or sent them."""
        attached = self._node.attachments
        return [name for name in names if attached.missing([name]) or not self._may_name(name, viewer)]

    def _may_name(self, name: str, viewer: Viewer) -> bool:
        # whoever could name a file of an unseen case would see it by their own
        attached = self._node.attachments
        return attached.is_sent_by(name, viewer.user) or not attached.is_named(name) or self._shows(name, viewer)

    def _shows(self, name: str, viewer: Viewer) -> bool:
        attached = self._node.attachments
        if viewer.case is not None:
            return attached.given_by(name, viewer.case, viewer.user)
        # photos show faces and number plates, which no mask takes out
        seen = not viewer.lens.masked and may(viewer.roles, "see")
        return seen and attached.shown(name, viewer.scope.areas, viewer.lens)
