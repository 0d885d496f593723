"""Second looks in a simulated city: appeals against rejections, rechecks of closed cases drawn at random."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from .shape_of_life import DAY
from .simulated_events import Sheet

if TYPE_CHECKING:
    from .simulated_cases import Cohort

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
HOUR = 3600.0
DRAWN_AT = 9.5 * HOUR
"""When an inspector draws among what was closed the day before."""


class Aside:
    """Randomness beside that of a cohort: what is drawn of it shifts nothing else."""

    def __init__(self, cohort: Cohort) -> None:
        """Begin a stream of its own."""
        self._draw = cohort.draw.spawn(1)[0]
        self.size = cohort.size

    def chance(self) -> Floats:
        """Draw a number between 0 and 1 for every case."""
        return self._draw.random(self.size)

    def some(self, share: float) -> Mask:
        """Draw the cases that take a turn."""
        return self.chance() < share

    def words(self, choices: tuple[str, ...]) -> pa.Array:
        """Draw one of some words for every case."""
        return pa.array(choices).take(pa.array((self.chance() * len(choices)).astype(np.int64)))


def appeal(cohort: Cohort, sheet: Sheet, rejected: Mask, at: Floats) -> tuple[Mask, Floats]:
    """Let reporters appeal; return whose rejection was wrong, and when that was said."""
    source, aside = cohort.setting.source, Aside(cohort)
    appealed = rejected & aside.some(source.shares.appealed)
    upheld = appealed & aside.some(source.shares.upheld)
    asked = at + HOUR * (0.5 + 20 * aside.chance())
    said = asked + HOUR * (1 + 20 * aside.chance())
    sheet.add("rejection-appealed", appealed, asked, reason=aside.words(source.reasons.appealed))
    sheet.add("appeal-upheld", upheld, said)
    sheet.add("appeal-dismissed", appealed & ~upheld, said, reason=aside.words(source.reasons.dismissed))
    return upheld, said


def recheck(cohort: Cohort, sheet: Sheet, accepted: Mask, closed: Floats) -> None:
    """Draw some of what was closed the day before and look again, within the working day."""
    source, aside = cohort.setting.source, Aside(cohort)
    chosen = accepted & aside.some(source.shares.rechecked)
    at = (np.floor(closed / DAY) + 1) * DAY + DRAWN_AT
    days = pa.array((np.floor(at / DAY) + np.floor(sheet.midnight / DAY)).astype(np.int64)).cast(pa.string())
    seed = pc.binary_join_element_wise("simulated", days, "-")
    sheet.add("recheck-drawn", chosen, at, draw_id=pc.binary_join_element_wise(sheet.source, seed, ":"), seed=seed)
    looked = at + HOUR * (0.5 + 7 * aside.chance())
    passed = aside.some(source.shares.recheck_passed)
    sheet.add("recheck-passed", chosen & passed, looked)
    sheet.add("recheck-failed", chosen & ~passed, looked, reason=aside.words(source.reasons.rework))
