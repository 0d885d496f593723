"""The one door between displays and the node: every answer is cut to the viewer's scope and lens here."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pipelines.contract import reporting
from pipelines.contract.asking import Asking
from pipelines.contract.channels import Snapshot
from pipelines.contract.civic import Contact, Wanted
from pipelines.contract.commands import Command, Merge
from pipelines.contract.events import encode
from pipelines.contract.filter import Filter
from pipelines.contract.hands import BY_COMMAND
from pipelines.contract.personal import PERSONAL
from pipelines.contract.roles import require
from pipelines.contract.scope import CLEAR, Lens, Viewer
from pipelines.errors import CommandRefused, QueryError, ReportRefused, ScopeError
from pipelines.node import Node, Received

from .files import Files
from .sealed import Sealed
from .seals import Seals

if TYPE_CHECKING:
    from pipelines.rewind import Rewind

Answer = dict[str, Any]
Denied = Callable[[Viewer, str, str], object]
Audited = Callable[[Viewer, str, str, str, Answer], object]
"""Hears who did what, to what, where, and with which detail."""
GUEST = "guest"
WARNED = "warnings"
LINKING = frozenset({"duty_officer", "shift_lead", "dispatcher"})


class Gateway:
    """Answer for a viewer; nothing outside the scope, and nothing that its lens holds back, leaves."""

    def __init__(self, node: Node, on_denied: Denied | None = None, audit: Audited | None = None) -> None:
        """Open the door to a node; ``on_denied`` hears who was refused what, and where, ``audit`` what was done."""
        self._node = node
        self._on_denied = on_denied
        self._audit = audit
        self._seals = Seals()
        self.files = Files(node, self._noted)
        self.sealed = Sealed(node, self._visible, self._record)

    def ask(self, view: str, area: str, viewer: Viewer) -> list[Answer]:
        """Return one view's rows over an area; raise `ScopeError` if the viewer may not see it."""
        self._look(viewer, view, area)
        return list(self._node.ask(view, area, viewer.lens).to_pylist())

    def case(self, case_id: str, viewer: Viewer) -> Answer | None:
        """Return one case with its timeline, or None if there is none in the viewer's scope."""
        self._need(viewer, "see", "case", case_id)
        return self._opened(self._case(case_id, viewer, viewer.lens), case_id, viewer)

    def form(self, viewer: Viewer) -> Answer:
        """Return what a report may choose from: groups, categories with their limits in hours, the longest text."""
        self._need(viewer, "see", "form")
        return asdict(self._node.kinds()) | {"longest": reporting.LONGEST_TEXT}

    def similar(self, category: str, lon: float, lat: float, viewer: Viewer) -> list[Answer]:
        """Return the open cases of a category close to a point that the viewer may see, the nearest first."""
        self._need(viewer, "see", "similar")
        areas, lens = sorted(viewer.scope.areas), viewer.lens
        found = [self._node.similar(category, area, lon, lat, lens).to_pylist() for area in areas]
        return sorted((row for rows in found for row in rows), key=lambda row: row["metres"])

    def report(self, report: reporting.Report, viewer: Viewer) -> Answer:
        """Store a report, once however often it comes; raise `ReportRefused` or `ScopeError` with the reason."""
        self._need(viewer, "report", "report")
        if stored := self._receipt(report, viewer):
            return stored
        now = self._node.now()
        moment = reporting.happened(report, now, self._node.speed)
        kind = self._node.kinds().find(report.category)
        if kind is None:
            raise ReportRefused("unknown-category", category=report.category)
        if lost := self._node.attachments.missing(report.attachments):
            raise ReportRefused("file-lost", files=lost)
        event = reporting.opened(
            report, area=self._place(report, viewer), group=kind.group, moment=moment, now=now, actor=viewer.user,
            simulated=self._node.config.city.data == "simulated", exercise=viewer.exercise,
        )  # fmt: skip
        issues = self._node.receive([encode(event)], report.source).issues
        if stored := self._receipt(report, viewer):
            self._record(viewer, "command", "report", report.case_id, {"area": stored["area_id"]})
            return stored
        raise ReportRefused("not-taken", detail=str(issues))

    def warn(self, document: bytes, viewer: Viewer) -> Received:
        """Take in a CAP alert from whoever may warn the whole city."""
        self._need(viewer, "warn", "warnings")
        self.admit(self._node.areas.root.id, viewer, "warnings")
        self._record(viewer, "command", "warn", "warnings", {"sha256": hashlib.sha256(document).hexdigest()})
        return self._node.warn(document, WARNED)

    def requests(self, wanted: Wanted, viewer: Viewer) -> list[Answer]:
        """Return service requests as outsiders read them: masked whoever asks, a drill's never."""
        if not (self._node.config.open311.public and GUEST in viewer.roles):
            self._need(viewer, "see", "open311")
        lens = Lens(viewer.scope.unit, masked=True)
        return self._node.public.requests(wanted, sorted(viewer.scope.areas), lens)

    def contact(self, case_id: str, viewer: Viewer) -> Contact | None:
        """Return how to reach who reported a case, for whoever may accept it; that it was read is noted."""
        if self._visible(case_id, viewer) is None:
            return None
        with self._noted(viewer, "reporter", case_id):
            if viewer.lens.masked or not viewer.roles & BY_COMMAND["accept"].roles:
                raise ScopeError(f"how to reach a reporter is for duty officers; you are {', '.join(viewer.roles)}")
        # noted first: what cannot be written down is not shown
        self._record(viewer, "sealed", "reporter", case_id, {})
        return self._node.contacts.find(case_id)

    def command(self, command: Command, viewer: Viewer) -> Answer:
        """Carry a command out; raise `CommandRefused` with the reason; an unseen case is one unheard of."""
        try:
            self._check(command, viewer)
            receipt = asdict(self._node.command(command, viewer))
        except CommandRefused as refused:
            self._record(viewer, "refused_command", command.name, command.case_id, {"code": refused.code})
            raise
        told = {"id": command.id, "events": receipt["events"]}
        self._record(viewer, "command", command.name, command.case_id, told)
        return receipt

    def _check(self, command: Command, viewer: Viewer) -> None:
        """Raise `CommandRefused` for what a command names and its hand does not see."""
        if self._visible(command.case_id, viewer) is None:
            raise CommandRefused("no_such_case", case=command.case_id)
        if isinstance(command, Merge) and self._visible(command.parent_id, viewer) is None:
            raise CommandRefused("no_such_parent", case=command.parent_id)
        if lost := self._node.attachments.missing(command.attachments):
            raise CommandRefused("no_such_file", files=lost)

    def file(self, case_id: str, viewer: Viewer) -> Answer | None:
        """Return a case with its timeline, its orders, its family, and what the viewer may do to it and why not."""
        found = self._opened(self._visible(case_id, viewer), case_id, viewer)
        if found is None:
            return None
        commands = [asdict(ability) for ability in self._node.abilities(case_id, viewer)]
        case = self._node.case_file(case_id)
        found["case"]["last_seq"] = case.last_seq if case else None
        parts = {name: self._of_case(name, case_id, viewer) for name in ("case_orders", "case_family")}
        return found | {"orders": parts["case_orders"], "family": parts["case_family"], "commands": commands}

    def _of_case(self, view: str, case_id: str, viewer: Viewer) -> list[Answer]:
        found = (self._node.ask_case(view, area, case_id, viewer.lens) for area in sorted(viewer.scope.areas))
        return next((table.to_pylist() for table in found if table.num_rows), [])

    def _visible(self, case_id: str, viewer: Viewer) -> Answer | None:
        """Return a case that a viewer sees; a reporter's link shows the one it is bound to."""
        if viewer.case is not None:
            return self._case(case_id, viewer, viewer.lens) if viewer.case == case_id else None
        self._need(viewer, "see", "case", case_id)
        return self._case(case_id, viewer, viewer.lens)

    def _opened(self, found: Answer | None, case_id: str, viewer: Viewer) -> Answer | None:
        """Hand a case out; that somebody sees in clear what others see masked is noted, once a look."""
        if found and not viewer.lens.masked and self._seals.breaks(viewer, case_id):
            clear = sorted(name for name in PERSONAL["cases"] if found["case"].get(name))
            self._record(viewer, "sealed", "case", case_id, {"fields": clear})
        return found

    def _record(self, viewer: Viewer, act: str, what: str, where: str, detail: Answer) -> None:
        """Let the audit hear what somebody did."""
        if self._audit:
            self._audit(viewer, act, what, where, detail)

    def may_link(self, case_id: str, viewer: Viewer) -> None:
        """Raise `CommandRefused` unless a viewer may hand out the link of a case's reporter; note that they did."""
        if viewer.case is not None or self._visible(case_id, viewer) is None:
            raise CommandRefused("no_such_case", case=case_id)
        if viewer.lens.masked or not viewer.roles & LINKING:
            raise CommandRefused("not_your_role", roles=sorted(LINKING))
        self._record(viewer, "deed", "reporter link", case_id, {})

    def may_rotate_links(self, viewer: Viewer) -> None:
        """Raise `ScopeError` unless a viewer may make all links of reporters worthless; note that they did."""
        self._need(viewer, "manage_keys", "reporter links")
        self._record(viewer, "deed", "reporter links rotated", "registry", {})

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

    def _receipt(self, report: reporting.Report, viewer: Viewer) -> Answer | None:
        """Return what a stored report's sender is told: what it began as, so that every answer is the same."""
        # its own report, too, where the unit that got the case is another one
        found = self._case(report.case_id, viewer, Lens(exercise=viewer.exercise))
        if found is None:
            return None
        first = found["timeline"][0]
        if first["actor"] != viewer.user and self._case(report.case_id, viewer, viewer.lens) is None:
            return None
        area = self._node.areas.get(first["area_id"])
        return {
            "case_id": report.case_id,
            "happened_at": first["happened_at"],
            "area_id": area.id,
            "area_zh": area.name_zh,
            "area_en": area.name_en,
        }

    def queue(self, area: str, viewer: Viewer, wanted: Filter, skip: int, count: int) -> Answer:
        """Return a page of an area's queue, and how many cases there are of each urgency."""
        self._see(viewer, "queue", area)
        return self._node.desk.page(area, wanted, skip, count, viewer.lens)

    def search(self, area: str, viewer: Viewer, words: str, count: int) -> list[Answer]:
        """Return an area's cases, open or closed, that hold these words."""
        self._see(viewer, "search", area)
        return self._node.desk.search(area, words, count, viewer.lens)

    def usual(self, area: str, viewer: Viewer, case_id: str) -> Answer:
        """Return how long cases of the same category took in an area."""
        self._see(viewer, "usual", area)
        return self._node.desk.usual(area, case_id, viewer.lens)

    def hands(self, area: str, viewer: Viewer, lon: float, lat: float, count: int) -> list[Answer]:
        """Return the people of an area's grids around a point, the nearest first."""
        self._see(viewer, "hands", area)
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
        self._see(viewer, name, area)
        return list(self._node.metric(name, area, by, self._period(start, end), viewer.lens).to_pylist())

    def passport(self, name: str, area: str, viewer: Viewer, start: datetime | None, end: datetime | None) -> Answer:
        """Return how a metric's value over an area came about."""
        self._see(viewer, name, area)
        shown = asdict(self._node.passport(name, area, self._period(start, end), viewer.lens))
        return shown | {"metric": shown["metric"].model_dump(mode="json")}

    def askable(self, viewer: Viewer) -> Answer:
        """Return every metric and dimension that an analyst may ask for."""
        self._need(viewer, "analyse", "catalogue")
        return self._node.analyst.catalogue(sorted(viewer.scope.areas), viewer.lens)

    def members(self, dimension: str, area: str, text: str, viewer: Viewer) -> list[Answer]:
        """Return the values of a dimension within an area."""
        self._analyse(viewer, dimension, area)
        return self._node.analyst.members(dimension, area, text)

    def answer(self, asking: Asking, name: str, viewer: Viewer) -> Answer:
        """Answer an analyst's question."""
        self._analyse(viewer, asking.metric, asking.area)
        return self._node.analyst.answer(asking, (_asker(viewer), name), viewer.lens)

    def trend(self, asking: Asking, step: str, window: int | None, name: str, viewer: Viewer) -> Answer:
        """Return the course of an analyst's question."""
        self._analyse(viewer, asking.metric, asking.area)
        return self._node.analyst.trend(asking, step, window, (_asker(viewer), name), viewer.lens)

    def rows(self, asking: Asking, part: str, offset: int, limit: int, name: str, viewer: Viewer) -> Answer:
        """Return cases behind an analyst's question."""
        self._analyse(viewer, asking.metric, asking.area)
        return self._node.analyst.rows(asking, part, offset, limit, (_asker(viewer), name), viewer.lens)

    def proof(self, asking: Asking, name: str, viewer: Viewer) -> Answer:
        """Return the passport of an analyst's question: how its value came about."""
        self._analyse(viewer, asking.metric, asking.area)
        return self._node.analyst.passport(asking, (_asker(viewer), name), viewer.lens)

    def export(self, asking: Asking, form: str, language: str, name: str, viewer: Viewer) -> tuple[str, str, bytes]:
        """Return an analyst's answer as a file: its name, its media type, its content."""
        self._analyse(viewer, asking.metric, asking.area)
        file = self._node.analyst.export(asking, form, language, (_asker(viewer), name), viewer.lens)
        told = {"file": file.name, "bytes": len(file.content), "sha256": hashlib.sha256(file.content).hexdigest()}
        self._record(viewer, "export", f"{asking.metric}.{form}", asking.area, asdict(asking) | told)
        return file.name, file.media_type, file.content

    def lend_thread(self) -> None:
        """Give the calling thread away to one question."""
        self._node.analyst.lend_thread()

    def progress(self, question: str, viewer: Viewer) -> Answer:
        """Tell who asked a question how far it is."""
        return self._node.analyst.running.progress((_asker(viewer), question))

    def cancel(self, question: str, viewer: Viewer) -> Answer:
        """End a question, for who asked it."""
        return self._node.analyst.running.cancel((_asker(viewer), question))

    def _period(self, start: datetime | None, end: datetime | None) -> tuple[datetime, datetime] | None:
        if start is None and end is None:
            return None
        if start is None or end is None or start.tzinfo is None or end.tzinfo is None:
            raise QueryError("a period needs both `from` and `to`, each with its offset: 2026-11-01T00:00:00+08:00")
        return start, end

    def watch(self, view: str, area: str, viewer: Viewer, past: Rewind | None = None) -> Snapshot:
        """Begin to watch a view over an area, now or in the past; raise `ScopeError` if the viewer may not see it."""
        self._look(viewer, view, area)
        return (past or self._node).watch(view, area, viewer.lens)

    def unwatch(self, view: str, area: str, lens: Lens = CLEAR) -> None:
        """End a watch."""
        self._node.unwatch(view, area, lens)

    def snapshot(self, view: str, area: str, lens: Lens = CLEAR) -> Snapshot:
        """Return the present rows of a channel that was admitted to be watched."""
        return self._node.snapshot(view, area, lens)

    def admit(self, area: str, viewer: Viewer, what: str = "area") -> None:
        """Raise `AreaError` for no such area and `ScopeError` for one outside the viewer's scope.

        Whoever may not see the whole city is told the same of both.
        """
        tree = self._node.areas
        if viewer.scope.covers(tree, tree.root.id):
            tree.get(area)
            return
        with self._noted(viewer, what, area):
            if area not in tree.areas or not viewer.scope.covers(tree, area):
                raise ScopeError(
                    f"area {area!r} is outside the scope of {viewer.user!r}; ask for one of your own areas"
                )

    def _look(self, viewer: Viewer, what: str, area: str) -> None:
        """Let a guest look at what a room shows of its areas; everybody else needs to be one who sees cases."""
        if GUEST not in viewer.roles:
            self._need(viewer, "see", what, area)
        self.admit(area, viewer, what)

    def _see(self, viewer: Viewer, what: str, area: str) -> None:
        self._need(viewer, "see", what, area)
        self.admit(area, viewer, what)

    def _analyse(self, viewer: Viewer, what: str, area: str) -> None:
        self._need(viewer, "analyse", what, area)
        self.admit(area, viewer, what)

    def _need(self, viewer: Viewer, capability: str, what: str, where: str = "") -> None:
        with self._noted(viewer, what, where):
            require(viewer.roles, capability)

    @contextmanager
    def _noted(self, viewer: Viewer, what: str, where: str) -> Iterator[None]:
        try:
            yield
        except ScopeError:
            if self._on_denied:
                self._on_denied(viewer, what, where)
            raise

    def _case(self, case_id: str, viewer: Viewer, lens: Lens) -> Answer | None:
        for area in sorted(viewer.scope.areas):
            found = self._node.ask_case("case", area, case_id, lens).to_pylist()
            if found:
                timeline = self._node.ask_case("timeline", area, case_id, lens).to_pylist()
                return {"case": found[0], "timeline": timeline}
        return None


def _asker(viewer: Viewer) -> str:
    return f"{viewer.user} {viewer.session or ''}"
