"""The city as of any moment: marts beside the node's own, folded from the same log by the same statements."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from itertools import count
from typing import Final

import pyarrow as pa

from .contract.channels import Change, Snapshot
from .contract.pulse import Pulse, Tick
from .contract.scope import CLEAR, Lens
from .contract.time import Clock, FrozenClock, ReplayClock
from .desk import Desk
from .follower import APPLIED, FED_BY
from .migration import MARTS
from .reference import RELATIONS
from .views import Views
from .warehouse import Beside, Warehouse, statement

NUMBERS: Final = count(1)
IDLE: Final = Pulse("idle", None, None)
EVER: Final = datetime(9000, 1, 1, tzinfo=UTC)
# what a moment knows: events that happened by then, of those that were heard of when it was last moved
KNOWN: Final = """create view log as
select * from {node}.main.log
where seq <= (select position from seen) and happened_at <= (select as_of from seen)"""
SEEN: Final = "create table seen (as_of timestamptz not null, position bigint not null)"
# what must be folded anew: all that an event touches which is known at one of two moments but not at the other
TOUCHING: Final = """create or replace temp table touching as
select seq, case_id, kind, happened_at::date as day
from {node}.main.log
where (happened_at > $low and happened_at <= $high and seq <= $known)
    or (happened_at <= $moment and seq > $known and seq <= $end)"""
# where a look into the log begins; what is asked of it as a literal prunes
SINCE: Final = """select
    least(
        (select min(seq) from touching where case_id is not null),
        (select min(first_seq) from cases where case_id in (select case_id from touching where case_id is not null))
    ) as cases_from,
    (min(day) filter (kind in ({acts})))::timestamptz as days_from,
    count(*) filter (kind in ({safety})) as safety,
from touching"""


def _words(kinds: Iterable[str]) -> str:
    return ", ".join(f"'{kind}'" for kind in sorted(kinds))


ACTS: Final = _words(FED_BY["grid_days"])
SAFETY: Final = _words(FED_BY["safety_creation"])
# rare events are all over the log: whole rows would cost three times as much
RULES: Final = ("due_soon_share", "due_soon_seconds")
"""Macros that the configuration gives."""
SAFETY_COLUMNS: Final = "seq, kind, happened_at, area_id, simulated, exercise, year, batch, stage, reason"
CASES: Final = "case_id in (select case_id from touching where case_id is not null)"
DAYS: Final = f"in (select day from touching where kind in ({ACTS}))"


class Marts:
    """Marts that stand at a moment and move to another, by folding anew what the events between touch."""

    def __init__(self, node: Warehouse) -> None:
        """Begin with the node's own marts as they are."""
        self._node = node.catalog
        own = {"seen": SEEN, "log": KNOWN.format(node=self._node)}
        own |= {name: f"create view {name} as from {self._node}.main.{name}" for name in RELATIONS}
        own["quarantine"] = f"create view quarantine as from {self._node}.main.quarantine where false"
        for name in RULES:
            own[name] = f"create macro {name}() as {node.scalar(f'select {name}()')}"
        self.warehouse = Beside(node, f"past_{next(NUMBERS)}", own)
        self.moment = EVER
        self._known = 0
        self._copy()

    def move(self, moment: datetime) -> int:
        """Stand at a moment; return how many events were folded."""
        low, high = sorted((moment, self.moment))
        end = self._scalar(f"select coalesce(max(seq), 0) from {self._node}.main.log")
        here = {"low": low, "high": high, "moment": moment, "known": self._known, "end": end}
        self.warehouse.write(TOUCHING.format(node=self._node), **here)
        with self.warehouse.transaction():
            self.warehouse.write("update seen set as_of = $moment, position = $end", moment=moment, end=end)
            self.warehouse.write("delete from positions")
            self.warehouse.write(f"insert into positions select '{APPLIED}', coalesce(max(seq), 0) from log")
            folded = self._fold()
        self.moment, self._known = moment, end
        return folded

    @property
    def position(self) -> int:
        """The log position of the last event known at the moment."""
        return self._scalar("select max(position) from positions")

    def _copy(self) -> None:
        with self.warehouse.transaction():
            # one transaction sees one state of the node: marts and their position belong together
            applied = f"select coalesce(max(position), 0) from {self._node}.main.positions where name = '{APPLIED}'"
            self.warehouse.write(f"insert into seen select $moment, ({applied})", moment=self.moment)
            for mart in MARTS:
                self.warehouse.write(f"insert into {mart} from {self._node}.main.{mart}")
        self._known = self._scalar("select position from seen")

    def _fold(self) -> int:
        since = self.warehouse.writer_rows(SINCE.format(acts=ACTS, safety=SAFETY)).to_pylist()[0]
        folded = 0
        if (first := since["cases_from"]) is not None:
            folded += self._renew("cases", CASES, f"seq >= {first} and {CASES}")
            self.warehouse.write(f"delete from open_cases where {CASES}")
            self.warehouse.write(f"insert into open_cases from cases where is_open and {CASES}")
        if (day := since["days_from"]) is not None:
            known = f"happened_at >= '{day.isoformat()}' and kind in ({ACTS}) and happened_at::date {DAYS}"
            folded += self._renew("grid_days", f"day {DAYS}", known)
        if since["safety"]:
            folded += self._renew("safety_creation", "true", f"kind in ({SAFETY})", SAFETY_COLUMNS)
        return folded

    def _renew(self, mart: str, touched: str, known: str, columns: str = "*") -> int:
        batch = self.warehouse.writer_rows(f"select {columns} from log where {known} order by seq")
        self.warehouse.write(f"delete from {mart} where {touched}")
        if batch.num_rows:
            self._merge(mart, batch)
        return int(batch.num_rows)

    def _merge(self, mart: str, batch: pa.Table) -> None:
        with self.warehouse.lent(batch=batch):
            self.warehouse.write(statement(f"marts/{mart}"))

    def _scalar(self, sql: str) -> int:
        value = self.warehouse.writer_rows(sql).column(0)[0].as_py()
        return int(value)


class Rewind:
    """One replaying room's city: every view as of a moment, which can be moved or let run.

    Watch, snapshot, listen and tick are as on a `Node`. All methods may be called from any thread; `seek`, `watch`
    and `ask` take time (up to some hundred milliseconds), so a server calls them beside its loop.
    """

    def __init__(
        self, node: Warehouse, moment: datetime, *, simulated: bool, wall_clock: Clock, latest: Callable[[], datetime]
    ) -> None:
        """Open at a moment; ``latest`` is the node's present, beyond which nothing is shown."""
        self._wall_clock = wall_clock
        self._latest = latest
        self._clock: Clock = FrozenClock(min(moment, latest()))
        self.speed = 0.0
        self._work = threading.RLock()
        self._marts = Marts(node)
        self._marts.move(self._clock.now())
        self.views = Views(self._marts.warehouse, self.as_of, simulated=simulated, returns=True)
        self.desk = Desk(self._marts.warehouse, self.as_of, simulated=simulated)
        self.views.as_of = self._marts.moment
        self._listeners: list[Callable[[list[Change]], None]] = []
        self._round_listeners: list[Callable[[datetime], None]] = []
        self.on_close: Callable[[], None] = _nothing
        self._ended = threading.Event()
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None

    def now(self) -> datetime:
        """Return the replayed moment, which runs while it plays, never past the present."""
        return min(self._clock.now(), self._latest())

    def as_of(self) -> datetime:
        """Return the moment the marts stand at: what every view is asked as of."""
        return self._marts.moment

    def seek(self, moment: datetime) -> None:
        """Stand at a moment, or go on from it while it plays; publish what changed before returning.

        Of many calls that wait only the newest moment is computed.
        """
        self._clock = self._clock_from(moment, self.speed)
        self.advance()

    def stand(self, at: datetime, since: datetime, speed: float) -> None:
        """Take over a room's clock, which stood at ``at`` when the machine's showed ``since``: equal on every node."""
        self._clock, self.speed = ReplayClock(at, since, speed, self._wall_clock), speed
        self._keep_running()
        self.advance()

    def play(self, speed: float) -> None:
        """Let the moment run at a speed, refreshed about once a second; 0 stands still."""
        self._clock, self.speed = self._clock_from(self.now(), speed), speed
        self._keep_running()

    def pause(self) -> None:
        """Stand still where it is."""
        self.play(0)

    def advance(self) -> None:
        """Bring marts and views to the present replayed moment and tell the listeners."""
        with self._work:
            moment = self.now()
            if self._ended.is_set() or moment == self._marts.moment == self.views.as_of:
                return
            self._marts.move(moment)
            self._publish()

    def close(self) -> None:
        """Stop playing, forget the marts."""
        self._ended.set()
        self._wake.set()
        if self._thread and self._thread is not threading.current_thread():
            self._thread.join()
        with self._work:
            self.views.close()
            self._marts.warehouse.close()
        self.on_close()

    def watch(self, view: str, area: str, lens: Lens = CLEAR) -> Snapshot:
        """Begin to watch a view over an area."""
        with self._work:
            return self.views.watch(view, area, lens)

    def unwatch(self, view: str, area: str, lens: Lens = CLEAR) -> None:
        """End a watch."""
        self.views.unwatch(view, area, lens)

    def snapshot(self, view: str, area: str, lens: Lens = CLEAR) -> Snapshot:
        """Return a watched channel's present rows."""
        return self.views.snapshot(view, area, lens)

    def ask(self, view: str, area: str, lens: Lens = CLEAR) -> pa.Table:
        """Answer one view over one area."""
        with self._work:
            return self.views.ask(view, area, lens)

    def ask_case(self, view: str, area: str, case_id: str, lens: Lens = CLEAR) -> pa.Table:
        """Answer one question about one case."""
        with self._work:
            return self.views.ask_case(view, area, case_id, lens)

    def listen(self, listener: Callable[[list[Change]], None]) -> None:
        """Call back with every set of changes, on the thread that moves the moment."""
        self._listeners.append(listener)

    def listen_to_rounds(self, listener: Callable[[datetime], None]) -> None:
        """Call back after every round of changes with the moment all views are true as of."""
        self._round_listeners.append(listener)

    def tick(self) -> Tick:
        """Return the second's heartbeat of the replayed city."""
        return Tick(self.now(), self.views.as_of, "replay", self.speed, IDLE, (), self._marts.position)

    def _publish(self) -> None:
        for change in self.views.refresh():
            for listener in self._listeners:
                listener([change])
        for hear in self._round_listeners:
            hear(self.views.as_of)

    def _clock_from(self, moment: datetime, speed: float) -> Clock:
        start = min(moment, self._latest())
        return ReplayClock(start, self._wall_clock.now(), speed, self._wall_clock) if speed else FrozenClock(start)

    def _keep_running(self) -> None:
        self._wake.set()
        if self.speed and self._thread is None:
            self._thread = threading.Thread(target=self._run, name="rewind", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while not self._ended.is_set():
            self._wake.clear()
            self._wake.wait(1.0 if self.speed else None)
            if self.speed:
                self.advance()


def _nothing() -> None:
    """Have nobody to tell."""
