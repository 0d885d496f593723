"""Named questions over the marts: recomputed once for all who watch, diffed, published."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import cache

import pyarrow as pa

from .contract.channels import Change, Snapshot
from .contract.delta import diff
from .contract.scope import CLEAR, Lens
from .errors import ViewError
from .warehouse import Warehouse, names, statement

KEY = re.compile(r"^-- key: (\w+)$", re.MULTILINE)
# planning a question takes longer than answering it, and does so on one core
AT_ONCE = 2
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Rows = dict[str, str]


@dataclass(frozen=True, slots=True)
class View:
    """One question: its name, the column that identifies a row, its select."""

    name: str
    key: str
    sql: str


@dataclass(slots=True)
class Channel:
    """One view over one area through one lens that somebody watches; what it shows is replaced, never changed.

    ``version`` is the warehouse's as of which it was computed, at least.
    """

    view: View
    area: str
    lens: Lens
    watchers: int = 0
    shown: Snapshot | None = None
    version: int = -1
    lock: threading.Lock = field(default_factory=threading.Lock)


@cache
def catalogue() -> dict[str, View]:
    """Return every view that can be watched, by name: those whose file names a key."""
    found = {}
    for name in names("views"):
        sql = statement(f"views/{name}")
        if (key := KEY.search(sql)) and "$case_id" not in sql:
            found[name] = View(name, key.group(1), sql)
    return found


def find(name: str) -> View:
    """Return one view; raise `ViewError` with the nearest name if there is none."""
    if view := catalogue().get(name):
        return view
    near = get_close_matches(name, catalogue(), 1)
    raise ViewError(f"view {name!r} does not exist{f'; did you mean {near[0]!r}?' if near else ''}")


class Views:
    """Compute channels, remember their last rows and publish what changed."""

    def __init__(
        self, warehouse: Warehouse, now: Callable[[], datetime], *, simulated: bool, returns: bool = False
    ) -> None:
        """Ask as of ``now``; where that ``returns`` to earlier moments, the caller lets nobody watch meanwhile."""
        self._warehouse = warehouse
        self._returns = returns
        self._now = now
        self.simulated = simulated
        self._channels: dict[tuple[str, str, Lens], Channel] = {}
        self._wrapped: dict[str, str] = {}
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="views")
        self.as_of = EPOCH

    def close(self) -> None:
        """Compute no more."""
        self._pool.shutdown()

    def ask(self, name: str, area: str, lens: Lens = CLEAR) -> pa.Table:
        """Answer one view over one area now."""
        seen = self._warehouse.through(lens)
        return seen.rows(find(name).sql, area=area, now=self._now(), simulated=self.simulated)

    def ask_case(self, name: str, area: str, case_id: str, lens: Lens = CLEAR) -> pa.Table:
        """Answer one question about one case, empty if the case is not of the area."""
        return self._warehouse.through(lens).rows(
            statement(f"views/{name}"), area=area, now=self._now(), simulated=self.simulated, case_id=case_id
        )

    def watch(self, name: str, area: str, lens: Lens = CLEAR) -> Snapshot:
        """Begin to watch a channel; return its present rows."""
        view = find(name)
        with self._lock:
            channel = self._channels.setdefault((name, area, lens), Channel(view, area, lens))
            channel.watchers += 1
        with channel.lock:
            if channel.shown is None:
                self._advance(channel, self._now())
        return self.snapshot(name, area, lens)

    def snapshot(self, name: str, area: str, lens: Lens = CLEAR) -> Snapshot:
        """Return the last published rows of a watched channel, without waiting for newer ones."""
        shown = self._channels[name, area, lens].shown
        if shown is None:
            raise ViewError(f"view {name!r} of {area!r} is not computed yet; watch it first")
        return shown

    def unwatch(self, name: str, area: str, lens: Lens = CLEAR) -> None:
        """End a watch; nobody's channel is forgotten."""
        with self._lock:
            channel = self._channels[name, area, lens]
            channel.watchers -= 1
            if channel.watchers == 0:
                del self._channels[name, area, lens]

    def refresh(self) -> Iterable[Change]:
        """Recompute every watched channel for one moment; yield what changed. When done, all are true as of it."""
        moment = self._now()
        for change in self._pool.map(lambda channel: self._renew(channel, moment), list(self._channels.values())):
            if change.delta.set or change.delta.drop:
                yield change
        self.as_of = moment

    def _renew(self, channel: Channel, moment: datetime) -> Change:
        with channel.lock:
            # whoever began to watch meanwhile has seen a later moment already
            seen = channel.shown.as_of if channel.shown and not self._returns else moment
            return self._advance(channel, max(moment, seen))

    def _advance(self, channel: Channel, as_of: datetime) -> Change:
        view, area, lens = channel.view, channel.area, channel.lens
        old, seq = (channel.shown.rows, channel.shown.seq) if channel.shown else ({}, 0)
        version = self._warehouse.version
        # the same moment over the same city has the same rows
        stands = channel.shown is not None and (channel.shown.as_of, channel.version) == (as_of, version)
        rows = old if stands else self._compute(channel, as_of)
        delta = diff(old, rows)
        if delta.set or delta.drop or seq == 0:
            seq += 1
        channel.version = version
        channel.shown = Snapshot(view.name, area, seq, as_of, view.key, rows, lens)
        return Change(view.name, area, seq, as_of, delta, lens)

    def _compute(self, channel: Channel, as_of: datetime) -> Rows:
        sql = self._json_sql(channel.view)
        seen = self._warehouse.through(channel.lens)
        return dict(seen.tuples(sql, area=channel.area, now=as_of, simulated=self.simulated))

    def _json_sql(self, view: View) -> str:
        """Wrap a view so that DuckDB writes each row as JSON, times in ISO-8601 UTC."""
        if view.name not in self._wrapped:
            shape = self.ask_shape(view)
            times = [f.name for f in shape if pa.types.is_timestamp(f.type)]
            iso = ", ".join(f"strftime(timezone('UTC', {t}), '%Y-%m-%dT%H:%M:%S.%gZ') as {t}" for t in times)
            star = f"* replace ({iso})" if iso else "*"
            body = view.sql.strip().rstrip(";")
            self._wrapped[view.name] = (
                f"with answer as (\n{body}\n), written as (select {star} from answer)\n"
                f"select {view.key}::varchar, to_json(written)::varchar from written"
            )
        return self._wrapped[view.name]

    def described(self) -> list[dict[str, object]]:
        """Tell of every view its question, its key and its columns."""
        return [
            {
                "name": view.name,
                "question": view.sql.partition("\n")[0].lstrip("- "),
                "key": view.key,
                "columns": [{"name": field.name, "type": str(field.type)} for field in self.ask_shape(view)],
            }
            for view in catalogue().values()
        ]

    def ask_shape(self, view: View) -> pa.Schema:
        """Return the columns of a view."""
        sql = f"select * from (\n{view.sql.strip().rstrip(';')}\n) limit 0"
        return self._warehouse.rows(sql, area="", now=EPOCH, simulated=self.simulated).schema
