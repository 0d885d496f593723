"""What a bench found: figures, each with its aim if it has one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from statistics import median
from time import perf_counter, process_time
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One number; ``aim`` is a most, unless ``at_least``."""

    name: str
    value: float
    unit: str
    aim: float | None = None
    at_least: bool = False

    @property
    def met(self) -> bool | None:
        """Tell whether the aim was reached, None for a figure without one."""
        if self.aim is None:
            return None
        return self.value >= self.aim if self.at_least else self.value <= self.aim

    def plain(self) -> dict[str, Any]:
        """Return the figure as JSON has it."""
        return asdict(self) | {"value": shorter(self.value), "met": self.met}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The figures of one bench, and beside them what they were made of."""

    figures: list[Figure]
    detail: dict[str, Any] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """Return the outcome as JSON has it."""
        return {"figures": [figure.plain() for figure in self.figures], "detail": self.detail}


@dataclass(frozen=True, slots=True)
class Size:
    """How much a bench does: ``full`` for figures, ``small`` to see that it works."""

    full: bool

    def pick(self, full: int, small: int) -> int:
        """Return the one number or the other."""
        return full if self.full else small


class Stopwatch:
    """Measure a block: seconds on the wall, and of the processor, which a busy machine does not stretch."""

    seconds = 0.0
    cpu = 0.0

    def __enter__(self) -> Stopwatch:
        self._begun = perf_counter(), process_time()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds, self.cpu = perf_counter() - self._begun[0], process_time() - self._begun[1]


def percentile(values: Sequence[float], part: float) -> float:
    """Return the value below which ``part`` of all lie, 0 for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else 0.0


def middle(values: Iterable[float]) -> float:
    """Return the median."""
    return float(median(values))


def shorter(value: float) -> float:
    """Round to four digits that say something."""
    return float(f"{value:.4g}") if abs(value) < 10_000 else round(value)
