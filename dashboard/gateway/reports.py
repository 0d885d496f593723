"""Reports of incidents: what they may choose from, what lies near, and taking them in."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pipelines.contract import reporting
from pipelines.contract.events import encode
from pipelines.contract.scope import Lens, Viewer
from pipelines.errors import ReportRefused
from pipelines.node import Node

from .casework import Casework
from .guard import Guard

Answer = dict[str, Any]


class Reports:
    """Take in what somebody found."""

    def __init__(self, node: Node, guard: Guard, cases: Casework) -> None:
        """Report to a node; ``cases`` finds what a report became."""
        self._node = node
        self._guard = guard
        self._cases = cases

    def form(self, viewer: Viewer) -> Answer:
        """Return what a report may choose from: groups, categories with their limits in hours, the longest text."""
        self._guard.need(viewer, "see", "form")
        return asdict(self._node.kinds()) | {"longest": reporting.LONGEST_TEXT}

    def similar(self, category: str, lon: float, lat: float, viewer: Viewer) -> list[Answer]:
        """Return the open cases of a category close to a point that the viewer may see, the nearest first."""
        self._guard.need(viewer, "see", "similar")
        areas, lens = sorted(viewer.scope.areas), viewer.lens
        found = [self._node.similar(category, area, lon, lat, lens).to_pylist() for area in areas]
        return sorted((row for rows in found for row in rows), key=lambda row: row["metres"])

    def take(self, report: reporting.Report, viewer: Viewer) -> Answer:
        """Store a report, once however often it comes; raise `ReportRefused` or `ScopeError` with the reason."""
        self._guard.need(viewer, "report", "report")
        if stored := self._receipt(report, viewer):
            return stored
        now = self._node.now()
        moment = reporting.happened(report, now, self._node.speed)
        kind = self._node.kinds().find(report.category)
        if kind is None:
            raise ReportRefused("unknown-category", category=report.category)
        if lost := self._cases.files.lost(report.attachments, viewer):
            raise ReportRefused("file-lost", files=lost)
        event = reporting.opened(
            report, area=self._place(report, viewer), group=kind.group, moment=moment, now=now, actor=viewer.user,
            simulated=self._node.config.city.data == "simulated", exercise=viewer.exercise,
        )  # fmt: skip
        issues = self._node.receive([encode(event)], report.source).issues
        if stored := self._receipt(report, viewer):
            self._guard.record(viewer, "command", "report", report.case_id, {"area": stored["area_id"]})
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
        self._guard.admit(area, viewer)
        return area

    def _receipt(self, report: reporting.Report, viewer: Viewer) -> Answer | None:
        """Return what a stored report's sender is told: what it began as, so that every answer is the same."""
        # its own report, too, where the unit that got the case is another one
        found = self._cases.found(report.case_id, viewer, Lens(exercise=viewer.exercise))
        if found is None:
            return None
        first = found["timeline"][0]
        if first["actor"] != viewer.user and self._cases.found(report.case_id, viewer, viewer.lens) is None:
            return None
        area = self._node.areas.get(first["area_id"])
        return {
            "case_id": report.case_id,
            "happened_at": first["happened_at"],
            "area_id": area.id,
            "area_zh": area.name_zh,
            "area_en": area.name_en,
        }
