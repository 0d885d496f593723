"""The one door between displays and the node: every answer is cut to the viewer's scope and lens here."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pipelines.contract.channels import Snapshot
from pipelines.contract.civic import Wanted
from pipelines.contract.filter import Filter
from pipelines.contract.scope import CLEAR, Lens, Viewer
from pipelines.errors import QueryError
from pipelines.node import Node, Received

from .casework import Casework
from .files import Files
from .guard import GUEST, Audited, Denied, Guard
from .inquiries import Inquiries
from .reports import Reports
from .sealed import Sealed
from .villages import Villages

if TYPE_CHECKING:
    from pipelines.rewind import Rewind

Answer = dict[str, Any]
WARNED = "warnings"


class Gateway:
    """Answer for a viewer; nothing outside the scope, and nothing that its lens holds back, leaves."""

    def __init__(self, node: Node, on_denied: Denied | None = None, audit: Audited | None = None) -> None:
        """Open the door to a node; ``on_denied`` hears who was refused what, and where, ``audit`` what was done."""
        self._node = node
        self._guard = Guard(node.areas, on_denied, audit)
        self.cases = Casework(node, self._guard)
        self.reports = Reports(node, self._guard, self.cases)
        self.inquiries = Inquiries(node, self._guard)
        self.files = Files(node, self._guard)
        self.villages = Villages(node, self._guard)
        self.sealed = Sealed(node, self.cases, self._guard)

    def ask(self, view: str, area: str, viewer: Viewer) -> list[Answer]:
        """Return one view's rows over an area; raise `ScopeError` if the viewer may not see it."""
        self._guard.look(viewer, view, area)
        return list(self._node.ask(view, area, viewer.lens_of(view)).to_pylist())

    def watch(self, view: str, area: str, viewer: Viewer, past: Rewind | None = None) -> Snapshot:
        """Begin to watch a view over an area, now or in the past; raise `ScopeError` if the viewer may not see it."""
        self._guard.look(viewer, view, area)
        return (past or self._node).watch(view, area, viewer.lens_of(view))

    def unwatch(self, view: str, area: str, lens: Lens = CLEAR) -> None:
        """End a watch."""
        self._node.unwatch(view, area, lens)

    def snapshot(self, view: str, area: str, lens: Lens = CLEAR) -> Snapshot:
        """Return the present rows of a channel that was admitted to be watched."""
        return self._node.snapshot(view, area, lens)

    def queue(self, area: str, viewer: Viewer, wanted: Filter, skip: int, count: int) -> Answer:
        """Return a page of an area's queue, and how many cases there are of each urgency."""
        self._guard.see(viewer, "queue", area)
        return self._node.desk.page(area, wanted, skip, count, viewer.lens)

    def search(self, area: str, viewer: Viewer, words: str, count: int) -> list[Answer]:
        """Return an area's cases, open or closed, that hold these words."""
        self._guard.see(viewer, "search", area)
        return self._node.desk.search(area, words, count, viewer.lens)

    def usual(self, area: str, viewer: Viewer, case_id: str) -> Answer:
        """Return how long cases of the same category took in an area."""
        self._guard.see(viewer, "usual", area)
        return self._node.desk.usual(area, case_id, viewer.lens)

    def hands(self, area: str, viewer: Viewer, lon: float, lat: float, count: int) -> list[Answer]:
        """Return the people of an area's grids around a point, the nearest first."""
        self._guard.see(viewer, "hands", area)
        return self._node.desk.hands(area, lon, lat, count, viewer.lens)

    def scale(self) -> list[Answer]:
        """Return how far the day's scale of colour reaches: the whole city's, the same on every display."""
        return list(self._node.ask("shade_scale", self._node.areas.root.id).to_pylist())

    def metrics(self) -> list[Answer]:
        """Return the definition of every metric."""
        return [metric.model_dump(mode="json") for metric in self._node.metrics()]

    def metric(
        self, name: str, area: str, viewer: Viewer, by: Sequence[str], start: datetime | None, end: datetime | None
    ) -> list[Answer]:
        """Return a metric over an area, a row for each value of the dimensions."""
        self._guard.see(viewer, name, area)
        return list(self._node.metric(name, area, by, self._period(start, end), viewer.lens).to_pylist())

    def passport(self, name: str, area: str, viewer: Viewer, start: datetime | None, end: datetime | None) -> Answer:
        """Return how a metric's value over an area came about."""
        self._guard.see(viewer, name, area)
        shown = asdict(self._node.passport(name, area, self._period(start, end), viewer.lens))
        return shown | {"metric": shown["metric"].model_dump(mode="json")}

    def _period(self, start: datetime | None, end: datetime | None) -> tuple[datetime, datetime] | None:
        if start is None and end is None:
            return None
        if start is None or end is None or start.tzinfo is None or end.tzinfo is None:
            raise QueryError("a period needs both `from` and `to`, each with its offset: 2026-11-01T00:00:00+08:00")
        return start, end

    def warn(self, document: bytes, viewer: Viewer) -> Received:
        """Take in a CAP alert from whoever may warn the whole city."""
        self._guard.need(viewer, "warn", "warnings")
        self._guard.admit(self._node.areas.root.id, viewer, "warnings")
        self._guard.record(viewer, "command", "warn", "warnings", {"sha256": hashlib.sha256(document).hexdigest()})
        return self._node.warn(document, WARNED)

    def requests(self, wanted: Wanted, viewer: Viewer) -> list[Answer]:
        """Return service requests as outsiders read them: masked whoever asks, a drill's never."""
        if not (self._node.config.open311.public and GUEST in viewer.roles):
            self._guard.need(viewer, "see", "open311")
        lens = Lens(viewer.scope.unit, masked=True)
        return self._node.public.requests(wanted, sorted(viewer.scope.areas), lens)

    def admit(self, area: str, viewer: Viewer, what: str = "area") -> None:
        """Raise `AreaError` for no such area and `ScopeError` for one outside the viewer's scope."""
        self._guard.admit(area, viewer, what)
