"""A node: one process that holds the whole product. The one file that knows every concrete class."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa

from . import demonstration, lake, reference
from .alerts import Alerts
from .analysis.analyst import Analyst
from .attachments.attached import Attached
from .categories import Categories
from .config import Config
from .config.warnings import CapFolder
from .contract.areas import AreaTree
from .contract.channels import Change, Snapshot
from .contract.commands import Command
from .contract.creation import CreationCommand
from .contract.pulse import Pulse, Tick
from .contract.scope import CLEAR, Lens, Viewer
from .contract.time import Clock, ReplayClock, SystemClock
from .creations import CreationReceipt, Creations
from .decisions import Decisions, Receipt
from .desk import Desk
from .dispatching import Dispatching
from .errors import LogError, RewindError
from .feed import Feed
from .follower import Difference
from .following import followed
from .geography import Geography
from .heartbeat import Heartbeats
from .intake import Batch
from .lake import Backup
from .log.base import Appended
from .metrics import definition, usual
from .metrics.compile import Span, question
from .metrics.definition import AnyMetric, find
from .metrics.passport import Passport, passport
from .public import Public
from .reception import Received, Reception
from .recorded import Progress, Recorder, played
from .registry import copied
from .registry.contacts import Contacts
from .registry.kept import kept
from .report import ImportReport
from .rewind import Rewind
from .ruling import Ruling
from .settling import Settling
from .steward import Steward
from .views import Views
from .warehouse import Warehouse, names, statement
from .watched import WatchedFolder
from .writer import Writer

DATABASE = "node.duckdb"
IDLE = Pulse("idle", None, None)
REWINDS = 2
__all__ = ["Node", "Received", "Tick"]


class Node:
    """Take events in, keep the log and its marts, answer views."""

    def __init__(self, config: Config, geography: Geography, data: Path | None, clock: Clock) -> None:
        """Open a node on a data folder (memory for None); use `open` unless you bring your own parts."""
        self.config = config
        self.geography = geography
        self.data = data
        self.city_clock: Clock = clock
        self.speed = 1.0
        self.clock_kind = "live"
        self.wall_clock = SystemClock()
        self.registry = kept(config, data, self.wall_clock.now)
        self.warehouse = Warehouse(data / DATABASE if data else None, config.city.time_zone, config.analysis.at_once)
        reference.fill(self.warehouse, config, geography.tree)
        self.log, self.follower = followed(config, self.warehouse)
        self.follower.catch_up(self.log)
        self.views = Views(self.warehouse, self.now, simulated=config.city.data == "simulated")
        self.analyst = Analyst(config, self.warehouse, self.areas, self.now, lambda: self.follower.position)
        self.desk = Desk(self.warehouse, self.now, simulated=self.views.simulated)
        self.dispatching = Dispatching(self.warehouse, config, self.areas, self.now)
        self.public = Public(self.warehouse, self.now, config.open311, simulated=self.views.simulated)
        self.contacts = Contacts(self.registry, self.wall_clock.now, config.open311.contact_days)
        self.recorder = Recorder(config, geography)
        self._folders = [self._watched(name, s) for name, s in config.sources.items() if isinstance(s, CapFolder)]
        self.attachments = Attached(config, data, self.warehouse, self.wall_clock.now, self.registry)
        self._categories = Categories.of(config)
        ruling = Ruling(config, self.areas, self.kinds, reference.units(self.warehouse))
        settling = Settling(self._append_behind, self._caught_up)
        self.decisions = Decisions(self.warehouse, ruling, settling, lambda: self.follower.position)
        self.creations = Creations(config, self.warehouse, self.areas, settling)
        self._listeners: list[Callable[[list[Change]], None]] = []
        self._round_listeners: list[Callable[[datetime], None]] = []
        self._heartbeats = Heartbeats(config.expected, self.wall_clock)
        self._feed: Feed | None = None
        gather = config.server.batch_milliseconds / 1000
        self._rewinds: set[Rewind] = set()
        self._opening = threading.Lock()
        self._writer = Writer(self.log, self.follower, self.publish, gather_seconds=gather)
        alerts = Alerts(geography, simulated=self.views.simulated)
        self.reception = Reception(
            self.warehouse, geography, alerts, self._heartbeats, self.wall_clock, self.append, self._writer
        )

    @classmethod
    def open(cls, config: Config, data: Path | None = None, clock: Clock | None = None) -> Node:
        """Open the node of a configuration; raise `DatabaseLocked` if another one runs on this folder."""
        return cls(config, Geography.load(config), data, clock or SystemClock())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def areas(self) -> AreaTree:
        """The city's areas."""
        return self.geography.tree

    def now(self) -> datetime:
        """Return the city's present moment."""
        return self.city_clock.now()

    def start(self) -> None:
        """Begin to take in live events."""
        self._writer.start()
        for folder in self._folders:
            folder.start()

    def close(self) -> None:
        """Stop the feed, finish what was taken in, release the file."""
        if self._feed:
            self._feed.stop()
        for folder in self._folders:
            folder.stop()
        self._writer.stop()
        for rewind in list(self._rewinds):
            rewind.close()
        self.analyst.running.close()
        self.views.close()
        self.log.close()
        self.registry.close()
        self.attachments.close()
        self.warehouse.close()

    def play(self, feed: Feed) -> None:
        """Let a feed's events flow in as the city's clock reaches them, instead of the one before."""
        if self._feed:
            self._feed.stop()
        self._feed = feed
        feed.start(lambda events: self._wait(self.submit(self.decisions.foreign(events))))

    def submit(self, events: pa.Table) -> Future[Appended]:
        """Hand in live events (`EVENT_SCHEMA`); the answer comes once they are durable."""
        return self._writer.submit(events)

    def append(self, events: pa.Table) -> Appended:
        """Store and apply a batch at once, on a node that was not started."""
        appended = self.log.append(events)
        self.follower.catch_up(self.log)
        return appended

    def ask(self, view: str, area: str, lens: Lens = CLEAR) -> pa.Table:
        """Answer one view over one area."""
        return self.views.ask(view, area, lens)

    def ask_case(self, view: str, area: str, case_id: str, lens: Lens = CLEAR) -> pa.Table:
        """Answer one question about one case."""
        return self.views.ask_case(view, area, case_id, lens)

    def command(self, command: Command, by: Viewer) -> Receipt:
        """Carry a command out, durable before it returns; raise `CommandRefused` with the reason."""
        return self._writer.do(lambda: self.decisions.submit(command, by, self.now()))

    def create_safety(self, command: CreationCommand, by: Viewer) -> CreationReceipt:
        """Carry out what a hand does about a village, durable before it returns; raise `CommandRefused`."""
        return self._writer.do(lambda: self.creations.submit(command, by, self.now()))

    def steward(self) -> Steward:
        """Return who looks after the cases that live by hands, for as long as it is entered."""
        return Steward(self.warehouse, self.command, self.now, self.areas.root.id, self.config.feeds)

    def area_at(self, lon: float, lat: float) -> str | None:
        """Return the finest area that holds a point; None where it lies outside the city."""
        return self.recorder.area_at(lon, lat)

    def kinds(self) -> Categories:
        """Return what a case may be about: the city's list, or else all that cases were about so far."""
        return self._categories or Categories.seen(
            self.warehouse.rows(statement("reporting/kinds_seen"), simulated=self.views.simulated).to_pylist()
        )

    def similar(self, category: str, area: str, lon: float, lat: float, lens: Lens = CLEAR) -> pa.Table:
        """Return the open cases of a category close to a point, reported in the last 30 days."""
        place = {"area": area, "category": category, "lon": lon, "lat": lat}
        return self.warehouse.through(lens).rows(
            statement("reporting/similar"), **place, now=self.now(), simulated=self.views.simulated
        )

    def metrics(self) -> list[AnyMetric]:
        """Return the definition of every metric."""
        return list(definition.catalogue().values())

    def metric(self, name: str, area: str, by: Sequence[str], period: Span | None, lens: Lens = CLEAR) -> pa.Table:
        """Answer a metric over an area, cut by dimensions; without a period over its usual one."""
        chosen = find(name)
        asked = question(chosen, by, period=period or self._usual(chosen))
        place = asked.parameters(area=area, now=self.now(), simulated=self.views.simulated)
        return self.warehouse.through(lens).rows(asked.sql, **place)

    def passport(self, name: str, area: str, period: Span | None, lens: Lens = CLEAR) -> Passport:
        """Show how a metric's value came about; without a period over its usual one."""
        chosen, now, simulated = find(name), self.now(), self.views.simulated
        span = period or self._usual(chosen)
        seen = self.warehouse.through(lens)
        return passport(seen, chosen, area=area, now=now, simulated=simulated, period=span)

    def watch(self, view: str, area: str, lens: Lens = CLEAR) -> Snapshot:
        """Begin to watch a view over an area."""
        return self.views.watch(view, area, lens)

    def unwatch(self, view: str, area: str, lens: Lens = CLEAR) -> None:
        """End a watch."""
        self.views.unwatch(view, area, lens)

    def snapshot(self, view: str, area: str, lens: Lens = CLEAR) -> Snapshot:
        """Return a watched channel's present rows."""
        return self.views.snapshot(view, area, lens)

    def listen(self, listener: Callable[[list[Change]], None]) -> None:
        """Call back with every set of changes, on the writer's thread."""
        self._listeners.append(listener)

    def listen_to_rounds(self, listener: Callable[[datetime], None]) -> None:
        """Call back after every round of changes with the moment all views are true as of, on the writer's thread."""
        self._round_listeners.append(listener)

    def publish(self) -> None:
        """Recompute what is watched and tell the listeners, each view as soon as it is known, then that all are."""
        for change in self.views.refresh():
            for listener in self._listeners:
                listener([change])
        for hear in self._round_listeners:
            hear(self.views.as_of)

    def tick(self) -> Tick:
        """Return the second's heartbeat."""
        feed = self._feed.pulse() if self._feed else IDLE
        if self._writer.trouble:
            feed = Pulse("stopped", feed.source, feed.last_at)
        sources = tuple(self._heartbeats.pulses())
        return Tick(self.now(), self.views.as_of, self.clock_kind, self.speed, feed, sources, self.follower.position)

    def rewind(self, moment: datetime, speed: float = 0.0) -> Rewind:
        """Open the city as of a moment, which the caller closes; raise `RewindError` beyond two at once."""
        with self._opening:
            if len(self._rewinds) >= REWINDS:
                raise RewindError(f"{REWINDS} rooms replay already; return one of them to the present first")
            opened = Rewind(
                self.warehouse, moment, simulated=self.views.simulated, wall_clock=self.wall_clock, latest=self.now
            )
            self._rewinds.add(opened)
            opened.on_close = lambda: self._rewinds.discard(opened)
        opened.play(speed)
        return opened

    def query(self, sql: str) -> pa.Table:
        """Answer one select; raise `QueryError` for anything that would change or reach outside the node."""
        return self.warehouse.ask_read_only(sql)

    def checks(self) -> dict[str, int]:
        """Return for every check how many rows offend it."""
        return {name: self._offending(name) for name in names("checks")}

    def import_files(self, files: Sequence[Path], source: str, progress: Progress | None = None) -> ImportReport:
        """Take in recorded cases; a file taken in twice changes nothing."""
        report = ImportReport()
        self._heartbeats.beat(source, self.now())
        for batch in self.recorder.batches(files, source, self.wall_clock, progress):
            self._take_in(batch, source, report)
        self._writer.do(self.warehouse.checkpoint)
        return report

    def replay(self, files: Sequence[Path], source: str, speed: float) -> None:
        """Play recorded cases through the live path, the city's clock running at ``speed`` from the first of them."""
        events, issues = self.recorder.ordered(files, source, self.wall_clock)
        self.quarantine(issues, source)
        first = events.column("happened_at")[0].as_py()
        self.set_clock(self._resume(first), speed)
        self.play(Feed(source, played(events), self.city_clock, self.wall_clock))

    def demonstrate(self, progress: Progress) -> None:
        """Make the demonstration's past the first time, then let its present flow."""
        demonstration.begin(self, progress)

    def set_clock(self, start: datetime, speed: float, kind: str = "replay") -> None:
        """Let the city's clock run from a moment at a speed: a ``replay`` of real cases or a ``simulation``."""
        self.speed = speed
        self.clock_kind = "live" if speed == 1 else kind
        self.city_clock = ReplayClock(start, self.wall_clock.now(), speed, self.wall_clock)

    def last_happened(self) -> datetime | None:
        """Return when the latest event of the log happened."""
        latest: datetime | None = self.warehouse.scalar("select max(happened_at) from log")
        return latest

    def receive(self, events: Sequence[bytes], source: str) -> Received:
        """Take in events that others send as JSON; what is not ours, or not legal now, is kept aside with why."""
        return self.reception.receive(events, source, self.city_clock)

    def warn(self, document: bytes, source: str) -> Received:
        """Take in a CAP 1.2 alert; what is not for this city, or cannot be read, is kept aside with why."""
        return self.reception.warn(document, source, self.city_clock)

    def quarantine(self, issues: pa.Table, source: str) -> None:
        """Keep what was wrong with a source's rows, each once."""
        self.reception.quarantine(issues, source)

    def facts(self, after: int, limit: int, lens: Lens = CLEAR) -> list[dict[str, Any]]:
        """Return what happened behind a position of the log, in order, as a lens shows it."""
        return self.warehouse.through(lens).records(statement("outgoing/facts"), after=after, most=limit)

    def backup(self, target: Path) -> Backup:
        """Write a backup of log, quarantine, attachments and registry to a new folder."""
        begun = self._writer.do(lambda: lake.begin(self.warehouse, self.config.city.id, target))
        return lake.finish(begun, target, self.attachments, self.registry)

    @classmethod
    def restore(cls, config: Config, data: Path, backup: Path) -> None:
        """Make a node's data from a backup; raise `LogError` if there are data already or the backup is broken."""
        lake.inspect(backup, config.city.id)
        with cls.open(config, data) as node:
            if node.log.end():
                raise LogError(f"the log of {data} holds {node.log.end()} events already; restore to another --data")
            if registry := lake.registry(backup):
                copied.load(registry, node.registry)
            for events in lake.events(backup):
                node.append(events)
            node.warehouse.write("delete from quarantine")
            with node.warehouse.lent(kept=lake.quarantine(backup)):
                node.warehouse.write("insert into quarantine from kept")
            for file in lake.attachments(backup):
                node.attachments.adopt(file)

    def rebuild(self) -> None:
        """Make every mart anew from the log."""
        self._writer.do(self._rebuild)

    def verify(self) -> list[Difference]:
        """Rebuild the marts beside the present ones and return where they differ."""
        return self._writer.do(lambda: self.follower.verified(self.log, self.data, self.config.city.time_zone))

    def _watched(self, name: str, source: CapFolder) -> WatchedFolder:
        return WatchedFolder(source.folder, source.every_seconds, lambda document: self.warn(document, name))

    def _usual(self, metric: AnyMetric) -> Span | None:
        return usual.span(metric, self.now(), self.config.city.zone)

    def _take_in(self, batch: Batch, source: str, report: ImportReport) -> None:
        appended = self._writer.do(lambda: self.append(batch.events))
        self.quarantine(batch.issues, source)
        report.add(batch, appended.stored)

    def _offending(self, check: str) -> int:
        def count() -> int:
            return int(self.warehouse.rows(statement(f"checks/{check}")).num_rows)

        # a reader may look between the log and its marts: what offends is asked again between two batches
        return count() and self._writer.do(count)

    def _resume(self, first: datetime) -> datetime:
        """Return where a play goes on: at its first event, or where the log ends."""
        return max(first, self.last_happened() or first)

    def _append_behind(self, events: pa.Table, behind: int | None) -> Appended:
        appended = self.log.append(events, behind)
        self.follower.catch_up(self.log)
        return appended

    def _caught_up(self) -> int:
        self.follower.catch_up(self.log)
        return self.follower.position

    def _rebuild(self) -> None:
        self.follower.reset()
        self.follower.catch_up(self.log)

    @staticmethod
    def _wait(answer: Future[Appended]) -> None:
        answer.result()
