"""A city before its data is connected: an endless, ordered, repeatable stream of simulated events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from ..config import Config
from ..config.simulation import SimulatorSource
from ..geography import Geography
from .shape_of_life import Life, Pace
from .simulated_cases import Cohort, Setting, live
from .simulated_city import Grids, Kinds, patrolled
from .simulated_events import Sheet, between, in_order, midnight
from .simulated_people import People
from .simulated_rounds import Rounds, Safety, drawn

CASES = 301
LONGEST_DAYS = 45
"""No case, and no breach, lives longer: what happens on a day began at most so many days before."""


@dataclass(frozen=True)
class Simulation:
    """All events of a simulated city from ``origin`` on; a day is made from the seed and its date alone."""

    name: str
    setting: Setting
    rounds: Rounds
    safety: Safety
    zone: ZoneInfo
    origin: datetime

    @classmethod
    def of(
        cls, config: Config, name: str, source: SimulatorSource, geography: Geography, origin: datetime
    ) -> Simulation:  # fmt: skip
        """Build the simulation that the source ``name`` describes; raise `ConfigError` where its lists are missing."""
        life = Life.read(source.profile)
        grids = Grids.of(geography, source.seed)
        kinds = Kinds.of(config, source, grids.top_ids)
        working, handling = Pace.spans(config.calendar.work_hours), Pace.hourly(life.handled)
        villages = tuple(a.id for a in geography.tree.areas.values() if a.level == "village")
        zone = config.city.zone
        return cls(
            name,
            Setting(source, life, kinds, grids, People.of(config, source, grids.ids), working, handling),
            Rounds(name, source, life, grids, patrolled(source, grids)),
            Safety(name, source, life, zone, villages),
            zone,
            origin.astimezone(UTC),
        )

    def events(self, start: datetime, end: datetime | None) -> Iterator[pa.Table]:
        """Yield the events from ``start`` on and before ``end`` (None: never), in order, a local day at a time."""
        start = max(start, self.origin).astimezone(UTC)
        last = end.astimezone(UTC) if end else datetime.max.replace(tzinfo=UTC)
        day = start.astimezone(self.zone).date()
        waiting = self._begun_before(day)
        while start < last:
            waiting = pa.concat_tables([waiting, self._begun_on(day)])
            day += timedelta(days=1)
            evening = min(datetime.fromtimestamp(midnight(day, self.zone), UTC), last)
            today = in_order([between(waiting, start, evening)])
            if today.num_rows:
                yield today
            start = evening
            waiting = waiting.filter(pc.greater_equal(waiting.column("happened_at"), pa.scalar(start)))

    def _begun_before(self, day: date) -> pa.Table:
        """Return all that began in the days before and may not have ended."""
        first = self.origin.astimezone(self.zone).date()
        days = [day - timedelta(days=back) for back in range(LONGEST_DAYS, 0, -1)]
        return in_order([self._begun_on(before) for before in days if before >= first])

    def _begun_on(self, day: date) -> pa.Table:
        """Return all that begins on a day, with all that follows from it."""
        begins, ends = midnight(day, self.zone), midnight(day + timedelta(days=1), self.zone)
        whole = pa.concat_tables([
            self._cases(day, begins),
            self.rounds.visits(day, begins),
            self.safety.breaches(day, begins),
            self.safety.steps(day, begins, ends),
        ])  # fmt: skip
        return self._from_origin(whole, day) if self.origin.timestamp() >= begins else whole

    def _cases(self, day: date, begins: int) -> pa.Table:
        draw = drawn(self.setting.source, CASES, day.toordinal())
        cohort = Cohort(self.setting, draw, day.weekday(), self.rounds.people(day))
        ids = pa.array([f"{self.name}:{day:%Y%m%d}-{number}" for number in range(1, cohort.size + 1)], pa.string())
        sheet = Sheet(self.name, begins, ids, self.setting.grids.ids.take(pa.array(cohort.grid)))
        live(cohort, sheet)
        return sheet.table()

    def _from_origin(self, begun: pa.Table, day: date) -> pa.Table:
        """Leave out what began before the origin, and tell how far the year's safety creation had come by then."""
        late = begun.filter(pc.less(begun.column("happened_at"), pa.scalar(self.origin)))
        gone = pc.unique(late.column("case_id").drop_null())
        kept = begun.filter(pc.greater_equal(begun.column("happened_at"), pa.scalar(self.origin)))
        kept = kept.filter(pc.invert(pc.is_in(kept.column("case_id"), gone)))
        moment = -int(-self.origin.timestamp() // 1)
        return pa.concat_tables([kept, self.safety.standing(day.year, moment)])
