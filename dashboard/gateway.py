"""The one door between displays and the node: every answer is cut to the viewer's scope here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pipelines.contract import reporting
from pipelines.contract.asking import Asking
from pipelines.contract.channels import Snapshot
from pipelines.contract.events import encode
from pipelines.contract.filter import Filter
from pipelines.contract.scope import CLEAR, Lens, Viewer
from pipelines.errors import QueryError, ReportRefused, ScopeError
from pipelines.node import Node

if TYPE_CHECKING:
    from pipelines.analysis.analyst import Analyst


class Gateway:
    """Answer views for a viewer; nothing outside the scope leaves."""

    def __init__(self, node: Node) -> None:
        self._node = node

    def ask(self, view: str, area: str, viewer: Viewer) -> list[dict[str, Any]]:
        """Return one view's rows over an area; raise `ScopeError` if the viewer may not see it."""
        self.admit(area, viewer)
        return list(self._node.ask(view, area).to_pylist())

    def case(self, case_id: str, viewer: Viewer) -> dict[str, Any] | None:
        """Return one case with its timeline, or None if there is none in the viewer's scope."""
        for area in sorted(viewer.scope.areas):
            found = self._node.ask_case("case", area, case_id).to_pylist()
            if found:
                timeline = self._node.ask_case("timeline", area, case_id).to_pylist()
                return {"case": found[0], "timeline": timeline}
        return None

    def form(self) -> dict[str, Any]:
        """Return what a report may choose from: groups, categories with their limits in hours, the longest text."""
        return asdict(self._node.kinds()) | {"longest": reporting.LONGEST_TEXT}

    def similar(self, category: str, lon: float, lat: float, viewer: Viewer) -> list[dict[str, Any]]:
        """Return the open cases of a category close to a point that the viewer may see, the nearest first."""
        found = [self._node.similar(category, area, lon, lat).to_pylist() for area in sorted(viewer.scope.areas)]
        return sorted((row for rows in found for row in rows), key=lambda row: row["metres"])

    def report(self, report: reporting.Report, viewer: Viewer) -> dict[str, Any]:
        """Store a report, once however often it comes; raise `ReportRefused` or `ScopeError` with the reason."""
        if stored := self._receipt(report, viewer):
            return stored
        now = self._node.now()
        moment = reporting.happened(report, now, self._node.speed)
        kind = self._node.kinds().find(report.category)
        if kind is None:
            raise ReportRefused("unknown-category", category=report.category)
        event = reporting.opened(
            report, area=self._place(report, viewer), group=kind.group, moment=moment, now=now, actor=viewer.user,
            simulated=self._node.config.city.data == "simulated",
        )  # fmt: skip
        issues = self._node.receive([encode(event)], reporting.SOURCE).issues
        if stored := self._receipt(report, viewer):
            return stored
        raise ReportRefused("not-taken", detail=str(issues))

    def _place(self, report: reporting.Report, viewer: Viewer) -> str:
        if report.point:
            area = self._node.area_at(*report.point)
            if area is None:
                raise ReportRefused("outside")
        else:
            area = report.area or self._node.areas.root.id
            if area == self._node.areas.root.id:
                raise ReportRefused("no-place")
        self.admit(area, viewer)
        return area

    def _receipt(self, report: reporting.Report, viewer: Viewer) -> dict[str, Any] | None:
        """Return what a stored report's sender is told: what it began as, so that every answer is the same."""
        found = self.case(report.case_id, viewer)
        if found is None:
            return None
        first = found["timeline"][0]
        area = self._node.areas.get(first["area_id"])
        return {
            "case_id": report.case_id,
            "happened_at": first["happened_at"],
            "area_id": area.id,
            "area_zh": area.name_zh,
            "area_en": area.name_en,
        }

    def queue(self, area: str, viewer: Viewer, wanted: Filter, skip: int, count: int) -> dict[str, Any]:
        """Return a page of an area's queue, and how many cases there are of each urgency."""
        self.admit(area, viewer)
        return self._node.desk.page(area, wanted, skip, count)

    def search(self, area: str, viewer: Viewer, words: str, count: int) -> list[dict[str, Any]]:
        """Return an area's cases, open or closed, that hold these words."""
        self.admit(area, viewer)
        return self._node.desk.search(area, words, count)

    def usual(self, area: str, viewer: Viewer, case_id: str) -> dict[str, Any]:
        """Return how long cases of the same category took in an area."""
        self.admit(area, viewer)
        return self._node.desk.usual(area, case_id)

    def hands(self, area: str, viewer: Viewer, lon: float, lat: float, count: int) -> list[dict[str, Any]]:
        """Return the people of an area's grids around a point, the nearest first."""
        self.admit(area, viewer)
        return self._node.desk.hands(area, lon, lat, count)

    def metrics(self) -> list[dict[str, Any]]:
        """Return the definition of every metric."""
        return [metric.model_dump(mode="json") for metric in self._node.metrics()]

    def metric(
        self, name: str, area: str, viewer: Viewer, by: Sequence[str], start: datetime | None, end: datetime | None
    ) -> list[dict[str, Any]]:
        """Return a metric over an area, a row for each value of the dimensions."""
        self.admit(area, viewer)
        return list(self._node.metric(name, area, by, self._period(start, end)).to_pylist())

    def passport(
        self, name: str, area: str, viewer: Viewer, start: datetime | None, end: datetime | None
    ) -> dict[str, Any]:
        """Return how a metric's value over an area came about."""
        self.admit(area, viewer)
        shown = asdict(self._node.passport(name, area, self._period(start, end)))
        return shown | {"metric": shown["metric"].model_dump(mode="json")}

    def askable(self) -> dict[str, Any]:
        """Return every metric and dimension that an analyst may ask for."""
        return self._node.analyst.catalogue()

    def analyst(self, asking: Asking, viewer: Viewer) -> Analyst:
        """Return who answers a question; raise `ScopeError` if the viewer may not see its area."""
        self.admit(asking.area, viewer)
        return self._node.analyst

    def members(self, dimension: str, area: str, text: str, viewer: Viewer) -> list[dict[str, Any]]:
        """Return the values of a dimension within an area."""
        self.admit(area, viewer)
        return self._node.analyst.members(dimension, area, text)

    def lend_thread(self) -> None:
        """Give the calling thread away to one question."""
        self._node.analyst.lend_thread()

    def progress(self, question: str) -> dict[str, Any]:
        """Tell how far a question is."""
        return self._node.analyst.running.progress(question)

    def cancel(self, question: str) -> dict[str, Any]:
        """End a question."""
        return self._node.analyst.running.cancel(question)

    def _period(self, start: datetime | None, end: datetime | None) -> tuple[datetime, datetime] | None:
        if start is None and end is None:
            return None
        if start is None or end is None or start.tzinfo is None or end.tzinfo is None:
            raise QueryError("a period needs both `from` and `to`, each with its offset: 2026-11-01T00:00:00+08:00")
        return start, end

    def watch(self, view: str, area: str, viewer: Viewer) -> Snapshot:
        """Begin to watch a view over an area; raise `ScopeError` if the viewer may not see it."""
        self.admit(area, viewer)
        return self._node.watch(view, area, viewer.lens)

    def unwatch(self, view: str, area: str, lens: Lens = CLEAR) -> None:
        """End a watch."""
        self._node.unwatch(view, area, lens)

    def snapshot(self, view: str, area: str, lens: Lens = CLEAR) -> Snapshot:
        """Return a watched channel's present rows."""
        return self._node.snapshot(view, area, lens)

    def admit(self, area: str, viewer: Viewer) -> None:
        """Raise `AreaError` for no such area and `ScopeError` for one outside the viewer's scope."""
        self._node.areas.get(area)
        if not viewer.scope.covers(self._node.areas, area):
            raise ScopeError(f"area {area!r} is outside the scope of {viewer.user!r}; ask for one of your own areas")
