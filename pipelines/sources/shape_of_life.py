"""The shape of life in a city: when people report, when units work, how long a case takes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import numpy as np
import numpy.typing as npt
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ..errors import ConfigError

Seconds = npt.NDArray[np.float64]
DAY = 86_400.0
HORIZON_DAYS = 60
REST = 1e-6
NIGHT = 0.35
"""Least pace of handling: a centre keeps people on duty at night."""

Positive = Annotated[float, Field(gt=0)]
Hourly = Annotated[tuple[Positive, ...], Field(min_length=24, max_length=24)]
Shares = Annotated[tuple[Annotated[float, Field(ge=0, le=1)], ...], Field(min_length=2)]
Hours = Annotated[tuple[Annotated[float, Field(ge=0, le=240)], ...], Field(min_length=2)]
"""Ten days at most: the simulation looks back only so far for cases that still go on."""


class Life(BaseModel):
    """Profiles measured on real cases; without a file, a flat day and plain handling times."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    provenance: str = ""
    reported_weekday: Hourly = (1.0,) * 24
    reported_weekend: Hourly = (1.0,) * 24
    weekdays: Annotated[tuple[Positive, ...], Field(min_length=7, max_length=7)] = (1.0,) * 7
    handled: Hourly = (1.0,) * 24
    time_used: Shares = (0.0, 1.0)
    hours_over: Hours = (1.0, 48.0)

    @classmethod
    def read(cls, path: Path | None) -> Life:
        """Read a profile; raise `ConfigError` naming the file and what is wrong in it."""
        if path is None:
            return cls()
        try:
            return cls.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        except (OSError, yaml.YAMLError, ValidationError) as error:
            raise ConfigError(f"profile {path}: {error}") from error

    def moments(self, chance: Seconds, *, weekend: bool) -> Seconds:
        """Turn chances (0 to 1) into seconds of the day at which things are reported."""
        return _spread(self.reported_weekend if weekend else self.reported_weekday, chance)

    def working_moments(self, chance: Seconds) -> Seconds:
        """Turn chances (0 to 1) into seconds of the day at which work is done."""
        return _spread(self.handled, chance)

    def busyness(self, weekday: int) -> float:
        """Tell how busy a weekday is (0 is Monday), 1 on average."""
        return self.weekdays[weekday] * 7 / sum(self.weekdays)


def _spread(hours: tuple[float, ...], chance: Seconds) -> Seconds:
    reached = np.concatenate([[0.0], np.cumsum(hours)]) / sum(hours)
    return _interp(chance, reached, np.arange(25, dtype=np.float64) * 3600.0)


def _interp(at: Seconds, points: Seconds, values: Seconds) -> Seconds:
    return np.asarray(np.interp(at, points, values), dtype=np.float64)


def quantile(quantiles: tuple[float, ...], chance: Seconds) -> Seconds:
    """Turn chances (0 to 1) into values spread as evenly spaced quantiles say."""
    return _interp(chance, np.linspace(0, 1, len(quantiles)), np.array(quantiles))


class Pace:
    """A clock that runs as fast as work does: whole seconds at full pace, fewer at night."""

    def __init__(self, marks: Seconds, speeds: Seconds) -> None:
        """Take the marks of a day in seconds, from 0 to a whole day, and the pace between each two."""
        done = np.concatenate([[0.0], np.cumsum(np.diff(marks) * np.maximum(speeds, REST))])
        days = np.arange(HORIZON_DAYS)[:, None]
        self._times = np.append((days * DAY + marks[:-1]).ravel(), HORIZON_DAYS * DAY)
        self._done = np.append((days * done[-1] + done[:-1]).ravel(), HORIZON_DAYS * done[-1])

    @classmethod
    def hourly(cls, hours: tuple[float, ...]) -> Pace:
        """Run as 24 hourly figures say; the busiest hours are at full pace."""
        speeds = np.array(hours)
        return cls(np.arange(25, dtype=np.float64) * 3600.0, np.clip(speeds / np.quantile(speeds, 0.75), NIGHT, 1.0))

    @classmethod
    def spans(cls, spans: tuple[str, ...]) -> Pace:
        """Run in spans such as ``08:30-12:00`` only."""
        edges = [(_seconds(span[:5]), _seconds(span[6:])) for span in sorted(spans)]
        marks = np.unique(np.array([0.0, DAY, *(edge for pair in edges for edge in pair)]))
        middles = (marks[:-1] + marks[1:]) / 2
        return cls(marks, np.array([float(any(a <= m < b for a, b in edges)) for m in middles]))

    def done(self, times: Seconds) -> Seconds:
        """Return the work done until some times."""
        return _interp(times, self._times, self._done)

    def when(self, done: Seconds) -> Seconds:
        """Return the times at which so much work is done."""
        return _interp(done, self._done, self._times)

    def after(self, times: Seconds, work: Seconds) -> Seconds:
        """Return the times at which work begun at ``times`` is done."""
        return self.when(self.done(times) + work)


def _seconds(clock: str) -> float:
    return int(clock[:2]) * 3600.0 + int(clock[3:]) * 60.0
