"""The cases reported on one day, each with its whole life."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ..config.simulation import SimulatorSource
from .shape_of_life import DAY, Life, Pace, quantile
from .simulated_city import HANDLERS, POINTS, PRIORITIES, Grids, Kinds
from .simulated_events import Sheet
from .simulated_people import People
from .simulated_second_looks import appeal, recheck

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

MINUTE = 60.0
HOUR = 3600.0
SHORTEST = 15 * MINUTE
LATE_LIMIT_HOURS = 240.0
RATING_DAYS = 6.0
CHECKED = 0.45
"""Share of its time a case needs at least: the set that was measured knows no check after the handling."""


@dataclass(frozen=True)
class Setting:
    """What does not change from day to day."""

    source: SimulatorSource
    life: Life
    kinds: Kinds
    grids: Grids
    people: People
    working: Pace
    handling: Pace


class Cohort:
    """Draw the cases of a day; every draw is over all of them, so that one more turn does not shift another."""

    def __init__(self, setting: Setting, draw: np.random.Generator, weekday: int, people: Floats) -> None:
        """Draw how many there are, where, when and about what."""
        self.setting = setting
        self.draw = draw
        source, life, kinds = setting.source, setting.life, setting.kinds
        self.size = int(draw.poisson(source.cases_per_day * life.busyness(weekday)))
        self.reported = np.sort(np.floor(life.moments(self.chance(), weekend=weekday >= 5)))
        self.kind = self._pick(kinds.weights)
        self.grid = self._pick(people)
        self.point = (self.chance() * POINTS).astype(np.int64)
        self.channel = self._pick(np.array(list(source.channels.values())))
        shares = source.shares
        self.priority = np.digitize(self.chance(), [shares.urgent, shares.urgent + shares.high])
        self.limit = kinds.limits[self.kind, self.priority]

    def chance(self) -> Floats:
        """Draw a number between 0 and 1 for every case."""
        return self.draw.random(self.size)

    def some(self, share: float) -> Mask:
        """Draw the cases that take a turn."""
        return self.chance() < share

    def minutes(self, mean: float, least: float, most: float) -> Floats:
        """Draw how long something takes, in seconds."""
        return np.clip(self.draw.exponential(mean, self.size), least, most) * MINUTE

    def units(self) -> pa.Array:
        """Draw a unit for every case."""
        kinds = self.setting.kinds
        turn = (self.chance() * HANDLERS).astype(np.int64)
        return kinds.unit_ids.take(pa.array(kinds.units[self.kind, self.setting.grids.tops[self.grid], turn]))

    def words(self, choices: tuple[str, ...]) -> pa.Array:
        """Draw one of some words for every case."""
        return pa.array(choices).take(pa.array((self.chance() * len(choices)).astype(np.int64)))

    def due(self, begun: Floats) -> Floats:
        """Return deadlines: urgent ones and those of whole days run on, shorter ones in working hours."""
        runs_on = (self.priority == 0) | (self.limit >= 24)
        seconds = self.limit * HOUR
        return np.where(runs_on, begun + seconds, self.setting.working.after(begun, np.where(runs_on, 0.0, seconds)))

    def closing(self, begun: Floats, filed: Floats, due: Floats, late: Mask) -> Floats:
        """Draw when cases end: by the share of their time that they use up, or by the hours they are late."""
        life, pace = self.setting.life, self.setting.handling
        horizon = np.minimum(due, pace.after(filed, np.full(self.size, self.setting.source.handling_hours * HOUR)))
        start = pace.done(begun)
        used = CHECKED + (1 - CHECKED) * quantile(life.time_used, self.chance())
        on_time = pace.when(start + used * np.maximum(pace.done(horizon) - start, 0.0))
        over = np.maximum(due, begun) + quantile(life.hours_over, self.chance()) * HOUR
        return np.maximum(np.where(late, over, on_time), begun + SHORTEST * (1 + self.chance()))

    def _pick(self, weights: Floats) -> Places:
        reached = np.cumsum(weights) / weights.sum()
        return np.minimum(np.searchsorted(reached, self.chance(), side="right"), len(weights) - 1)


def live(cohort: Cohort, sheet: Sheet) -> None:
    """Let every case of a day go its way, from its report to its evaluation."""
    shares, reasons = cohort.setting.source.shares, cohort.setting.source.reasons
    everyone = np.ones(cohort.size, dtype=bool)
    sheet.add("case-reported", everyone, cohort.reported, **_report(cohort))
    rejected = cohort.some(shares.rejected)
    filed = cohort.reported + cohort.minutes(4, 0.5, 30)
    sheet.add("case-rejected", rejected, filed, reason=cohort.words(reasons.rejected))
    upheld, said = appeal(cohort, sheet, rejected, filed)
    filed = np.where(upheld, said + 5 * MINUTE, filed)
    due = np.floor(cohort.due(filed))
    accepted = ~rejected | upheld
    sheet.add("case-filed", accepted, filed, due_at=sheet.moments(due), **_about(cohort))
    handlers, signed = _dispatch(cohort, sheet, accepted, filed)
    closed = _handle(cohort, sheet, accepted, handlers, filed, signed, due)
    closed = _reopen(cohort, sheet, accepted, closed)
    _evaluate(cohort, sheet, accepted, closed)
    recheck(cohort, sheet, accepted, closed)


def _about(cohort: Cohort) -> dict[str, Any]:
    codes = cohort.setting.kinds.codes.take(pa.array(cohort.kind))
    return {"category": codes, "priority": pa.array(PRIORITIES).take(pa.array(cohort.priority))}


def _report(cohort: Cohort) -> dict[str, Any]:
    kinds, grids, kind, grid = cohort.setting.kinds, cohort.setting.grids, pa.array(cohort.kind), pa.array(cohort.grid)
    place = grids.names.take(grid)
    return _about(cohort) | {
        "category_group": kinds.groups.take(kind),
        "channel": pa.array(list(cohort.setting.source.channels)).take(pa.array(cohort.channel)),
        "title": pc.binary_join_element_wise(kinds.names.take(kind), place, " · "),
        "address": place,
        "actor": cohort.setting.people.collectors(cohort.grid, cohort.channel),
        "lon": grids.lon[cohort.grid, cohort.point],
        "lat": grids.lat[cohort.grid, cohort.point],
    }


def _dispatch(cohort: Cohort, sheet: Sheet, accepted: Mask, filed: Floats) -> tuple[pa.Array, Floats]:
    """Dispatch to a unit, some twice because the first sends it back; return who signs for them, and when."""
    source = cohort.setting.source
    to_sign = source.sign_minutes * MINUTE
    given = filed + cohort.minutes(3, 0.5, 25)
    units = cohort.units()
    sheet.add("case-dispatched", accepted, given, unit_id=units, sign_due_at=sheet.moments(given + to_sign))
    returned = accepted & cohort.some(source.shares.returned)
    back = given + cohort.minutes(12, 3, 60)
    sheet.add("case-returned", returned, back, reason=cohort.words(source.reasons.returned))
    again = back + cohort.minutes(6, 1, 30)
    others = cohort.units()
    sheet.add("case-dispatched", returned, again, unit_id=others, sign_due_at=sheet.moments(again + to_sign))
    signed = np.where(returned, again, given) + cohort.minutes(source.sign_minutes / 4, 1, 180)
    handlers = cohort.setting.people.handlers(pc.if_else(pa.array(returned), others, units))
    sheet.add("case-signed", accepted, signed, actor=handlers)
    return handlers, signed


def _handle(
    cohort: Cohort, sheet: Sheet, accepted: Mask, handlers: pa.Array, filed: Floats, signed: Floats, due: Floats
) -> Floats:  # fmt: skip
    """Handle, check and close, some with a pause, more time, an urge or a failed check; return when all are closed."""
    source = cohort.setting.source
    shares, reasons = source.shares, source.reasons
    late = cohort.some(shares.late) & (cohort.limit <= LATE_LIMIT_HOURS)
    closed = cohort.closing(signed, filed, due, late)
    begun, closed = _pause(cohort, sheet, accepted & ~late & (cohort.limit >= 24), signed, closed, due)
    span = closed - begun
    extended = accepted & cohort.some(shares.extended) & (begun == signed)
    more = sheet.moments(np.floor(due + cohort.limit * HOUR / 2))
    sheet.add("deadline-extended", extended, begun + 0.1 * span, due_at=more, reason=cohort.words(reasons.extended))
    pressed = np.where(late, cohort.some(0.7), cohort.some(shares.urged))
    sheet.add("case-urged", accepted & pressed, _pressing(begun, closed, due, late))
    rework = accepted & cohort.some(shares.rework)
    sheet.add("case-handled", rework, begun + 0.5 * span, actor=handlers)
    sheet.add("check-failed", rework, begun + 0.6 * span, reason=cohort.words(reasons.rework))
    sheet.add("case-handled", accepted, begun + 0.85 * span, actor=handlers)
    sheet.add("check-passed", accepted, begun + 0.95 * span)
    sheet.add("case-closed", accepted, closed)
    return closed


def _pressing(begun: Floats, closed: Floats, due: Floats, late: Mask) -> Floats:
    """Return when somebody presses for a case: after its deadline where it is late."""
    since = np.where(late, np.clip(due, begun, closed), begun)
    return since + 0.3 * (closed - since)


def _pause(
    cohort: Cohort, sheet: Sheet, able: Mask, signed: Floats, closed: Floats, due: Floats
) -> tuple[Floats, Floats]:  # fmt: skip
    """Suspend and resume some; return when all are being handled (again), and when they will be closed."""
    source = cohort.setting.source
    stops = able & cohort.some(source.shares.suspended)
    length = np.floor(HOUR * (8 + 48 * cohort.chance()))
    at = signed + 0.25 * (closed - signed)
    until = at + length
    sheet.add(
        "case-suspended", stops, at, reason=cohort.words(source.reasons.suspended), resume_at=sheet.moments(until)
    )
    sheet.add("case-resumed", stops, until, due_at=sheet.moments(np.floor(due + length)))
    return np.where(stops, until, signed), np.where(stops, closed + length, closed)


def _reopen(cohort: Cohort, sheet: Sheet, accepted: Mask, closed: Floats) -> Floats:
    """Open some again and close them for good; return when all are closed."""
    source = cohort.setting.source
    again = accepted & cohort.some(source.shares.reopened)
    back = closed + HOUR * (2 + 36 * cohort.chance())
    due = sheet.moments(back + DAY)
    sheet.add("case-reopened", again, back, due_at=due, reason=cohort.words(source.reasons.reopened))
    given = back + cohort.minutes(4, 1, 20)
    to_sign = sheet.moments(given + source.sign_minutes * MINUTE)
    units = cohort.units()
    handlers = cohort.setting.people.handlers(units)
    sheet.add("case-dispatched", again, given, unit_id=units, sign_due_at=to_sign)
    signed = given + cohort.minutes(8, 1, 60)
    sheet.add("case-signed", again, signed, actor=handlers)
    ended = signed + HOUR * (2 + 14 * cohort.chance())
    sheet.add("case-handled", again, signed + 0.8 * (ended - signed), actor=handlers)
    sheet.add("check-passed", again, signed + 0.95 * (ended - signed))
    sheet.add("case-closed", again, ended)
    return np.where(again, ended, closed)


def _evaluate(cohort: Cohort, sheet: Sheet, accepted: Mask, closed: Floats) -> None:
    """Ask for the reporter's word, and evaluate the effect."""
    shares = cohort.setting.source.shares
    rated = accepted & cohort.some(shares.rated)
    word = cohort.chance()
    good = np.where(word < 0.8 * shares.satisfied, 5, 4)
    bad = 1 + np.floor(3 * cohort.chance())
    rating = np.where(word < shares.satisfied, good, bad).astype(np.int32)
    asked = closed + np.clip(cohort.minutes(480, 5, RATING_DAYS * 1440), 0, RATING_DAYS * DAY)
    sheet.add("case-rated", rated, asked, rating=rating)
    sheet.add("case-evaluated", accepted, closed + HOUR * (1 + 30 * cohort.chance()))
