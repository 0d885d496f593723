"""What goes on beside cases: walks through the grids, and the safety creation of villages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ..config.simulation import SafetyCreation, SimulatorSource
from ..contract.creation import CHECKED
from .shape_of_life import DAY, Life
from .simulated_city import Floats, Grids, Places
from .simulated_events import Sheet, midnight

VISITS, SILENCE, YEARS, BREACHES = 201, 202, 203, 204
SILENCE_DAYS = 30
DAYS_BETWEEN_STEPS = (30, 100)
LATER_BATCH = 0.35
DAYS_TO_RECTIFY = (2, 15, 40)
NEVER = np.iinfo(np.int64).max


def drawn(source: SimulatorSource, stream: int, number: int) -> np.random.Generator:
    """Return the randomness of one thing on one day."""
    return np.random.default_rng(np.random.SeedSequence([source.seed, stream, number]))


@dataclass(frozen=True)
class Rounds:
    """Walks through grids, by the day."""

    name: str
    source: SimulatorSource
    life: Life
    grids: Grids
    walked: Places

    def silent(self, day: date) -> Places:
        """Return the grids from which nothing is heard in the month around a day."""
        draw = drawn(self.source, SILENCE, day.toordinal() // SILENCE_DAYS)
        return np.sort(draw.permutation(self.walked)[: self.source.patrols.silent])

    def people(self, day: date) -> Floats:
        """Return how many people may report something in each grid on a day."""
        heard = self.grids.people.copy()
        heard[self.silent(day)] = 0.0
        return heard if heard.any() else self.grids.people

    def visits(self, day: date, begins: int) -> pa.Table:
        """Return the walks of a day."""
        draw = drawn(self.source, VISITS, day.toordinal())
        chance = draw.random((2, len(self.walked)))
        areas = self.grids.ids.take(pa.array(self.walked))
        subjects = pa.array([f"{self.name}:{day:%Y%m%d}-{area}" for area in areas.to_pylist()], pa.string())
        sheet = Sheet(self.name, begins, subjects, areas, cases=False)
        goes = (chance[0] < self.source.patrols.visited) & ~np.isin(self.walked, self.silent(day))
        sheet.add("grid-visited", goes, self.life.working_moments(chance[1]))
        return sheet.table()


@dataclass(frozen=True)
class Year:
    """One year's plan: which village is in which batch, and when (epoch seconds) it reaches each step."""

    villages: pa.Array
    batches: pa.Array
    reached: npt.NDArray[np.int64]


@dataclass(frozen=True)
class Safety:
    """The safety creation of villages, by the day."""

    name: str
    source: SimulatorSource
    life: Life
    zone: ZoneInfo
    villages: tuple[str, ...]
    _plans: dict[int, Year] = field(default_factory=dict, repr=False, compare=False)

    def steps(self, day: date, begins: int, ends: int) -> pa.Table:
        """Return the steps that villages reach on a day."""
        plan = self._plan(day.year)
        return self._reached(day.year, (plan.reached >= begins) & (plan.reached < ends), None)

    def standing(self, year: int, moment: int) -> pa.Table:
        """Return the step every village has reached before a moment, told anew at that moment."""
        before = self._plan(year).reached < moment
        return self._reached(year, before & ~_later(before), moment)

    def breaches(self, day: date, begins: int) -> pa.Table:
        """Return the red lines touched on a day, and how each is put right."""
        draw = drawn(self.source, BREACHES, day.toordinal())
        rules: SafetyCreation = self.source.safety
        count = int(draw.poisson(rules.breaches_per_day)) if rules.batches and self.villages else 0
        areas = pa.array(self.villages, pa.string()).take(pa.array(draw.integers(0, max(1, len(self.villages)), count)))
        subjects = pa.array(
            [f"{self.name}:{day:%Y%m%d}-safety-{number}" for number in range(1, count + 1)], pa.string()
        )
        lines = pa.array(rules.red_lines).take(pa.array(draw.integers(0, len(rules.red_lines), count)))
        at = np.sort(self.life.moments(draw.random(count), weekend=False))
        least, mean, most = DAYS_TO_RECTIFY
        days = np.clip(np.ceil(draw.exponential(mean, count)), least, most)
        sheet = Sheet(self.name, begins, subjects, areas, cases=False)
        everyone = np.ones(count, dtype=bool)
        sheet.add("safety-breached", everyone, at, year=day.year, reason=lines)
        put_right = days * DAY + self.life.working_moments(draw.random(count))
        sheet.add("safety-rectified", everyone, put_right, year=day.year, reason=lines)
        return sheet.table()

    def _plan(self, year: int) -> Year:
        if year not in self._plans:
            self._plans[year] = plan_of(self, year)
        return self._plans[year]

    def _reached(self, year: int, chosen: npt.NDArray[np.bool_], moment: int | None) -> pa.Table:
        plan = self._plan(year)
        tables = []
        for number, stage in enumerate(CHECKED):
            subjects = pa.array(
                [f"{self.name}:{year}-{v}-{number + 1}" for v in plan.villages.to_pylist()], pa.string()
            )
            sheet = Sheet(self.name, 0, subjects, plan.villages, cases=False)
            times = plan.reached[:, number] if moment is None else np.full(len(plan.villages), moment)
            sheet.add(
                "safety-stage-reached", chosen[:, number], times.astype(np.float64),
                year=year, batch=plan.batches, stage=stage,
            )  # fmt: skip
            tables.append(sheet.table())
        return pa.concat_tables(tables)


def _later(reached: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Tell of every step whether the one after it was reached."""
    return np.concatenate([reached[:, 1:], np.zeros((len(reached), 1), dtype=bool)], axis=1)


def plan_of(safety: Safety, year: int) -> Year:
    """Draw a year's plan: all begin on its first day, the later batches take longer and may not get to the end."""
    draw = drawn(safety.source, YEARS, year)
    rules = safety.source.safety
    names = [batch for batch, size in rules.batches.items() for _ in range(size)]
    order = draw.permutation(len(safety.villages))[: len(names)]
    names = names[: len(order)]
    rank = {batch: place for place, batch in enumerate(rules.batches)}
    slower = np.array([1 + LATER_BATCH * rank[name] for name in names])
    gaps = draw.integers(*DAYS_BETWEEN_STEPS, (len(order), len(CHECKED))) * slower[:, None]
    gaps[:, 0] = 0
    days = np.floor(np.cumsum(gaps, axis=1))
    seconds = safety.life.working_moments(draw.random(days.shape))
    reached = (midnight(date(year, 1, 1), safety.zone) + days * DAY + np.floor(seconds)).astype(np.int64)
    reached[reached >= midnight(date(year + 1, 1, 1), safety.zone)] = NEVER
    villages = pa.array(safety.villages, pa.string()).take(pa.array(order))
    return Year(villages, pa.array(names, pa.string()), reached)
