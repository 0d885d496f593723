"""What an analyst's questions cost over a long history, each about other days; and what they cost the live views."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from pipelines.contract.asking import Asking
from pipelines.contract.time import FrozenClock
from pipelines.node import Node

from . import scratch
from .figure import Figure, Outcome, Size, Stopwatch, middle, percentile
from .history import grown
from .traffic import START

if TYPE_CHECKING:
    from pipelines.analysis.analyst import Analyst

AIM_MS = 100
DAY = timedelta(days=1)
RATE = "on_time_closure_rate"
BOTH = ("previous", "year")
Ask = Callable[[int], object]


def run(size: Size) -> Outcome:
    """Ask every kind of question some times, in turn, so that all share the machine's good and bad moments."""
    cases, times = size.pick(10_000_000, 5_000), size.pick(20, 1)
    with scratch.folder() as folder:
        filled = grown(folder, cases)
        with scratch.node(folder, FrozenClock(START)) as node:
            kinds = Questions(node).kinds()
            took: dict[str, list[Stopwatch]] = {kind: [] for kind in kinds}
            for number in range(times):
                for kind, ask in kinds.items():
                    took[kind].append(_timed(partial(ask, number)))
            again = [_timed(partial(kinds[kind], 0)).seconds for kind in kinds for _ in range(2)]
            figures = [figure for kind in kinds for figure in _told(kind, took[kind])]
            name = "asked again, nothing new in the log, p95"
            figures.append(Figure(name, 1000 * percentile(again, 0.95), "ms", AIM_MS))
            figures += _beside(node, kinds["all history by county"], size.pick(60, 2))
    return Outcome(figures, {"cases": cases, "filled_seconds": filled, "asked": times})


class Questions:
    """The kinds of question a screen asks, about days that differ each time."""

    def __init__(self, node: Node) -> None:
        self._analyst: Analyst = node.analyst
        self._city = node.areas.root.id
        self._towns = sorted(area.id for area in node.areas.areas.values() if area.level == "township")
        self._end = START.astimezone(node.config.city.zone).replace(hour=0, minute=0)

    def kinds(self) -> dict[str, Ask]:
        """Return every kind by name."""
        return {
            "total, a week": lambda n: self._answer(n, 7),
            "30 days by township": lambda n: self._answer(n, 30, by=("township",)),
            "30 days by township, compared twice": lambda n: self._answer(n, 30, by=("township",), compare=BOTH),
            "a township's week, village × category": lambda n: self._answer(
                n, 7, area=self._town(n), by=("village", "category_group")
            ),
            "30 days by unit, one channel and category": lambda n: self._answer(
                n, 30, by=("unit",), where=("channel:grid", "category_group:CG01")
            ),
            "30 days, median hours by unit": lambda n: self._answer(n, 30, "median_handling_time", by=("unit",)),
            "open now, by unit": lambda n: self._analyst.answer(Asking("open_cases", self._town(n), by=("unit",))),
            "course of 8 weeks, 7-day window, with last year's": lambda n: self._analyst.trend(
                self._asking(n, 56, compare=("year",)), "day", 7
            ),
            "course of 8 weeks by category": lambda n: self._analyst.trend(
                self._asking(n, 56, by=("category_group",)), "day", 7
            ),
            "missed cases of 30 days, 20 rows": lambda n: self._analyst.rows(
                self._asking(n, 30, by=()), "missed", 0, 20
            ),
            "passport of 30 days": lambda n: self._analyst.passport(self._asking(n, 30)),
            "a year by county": lambda n: self._answer(n, 365, by=("county",)),
            "a year, ten years ago": lambda n: self._answer(n, 365, by=("county",), ago=3650),
            "5 years by county": lambda n: self._answer(n, 1826, by=("county",)),
            "all history, by channel": lambda n: self._answer(n, 6_900, "reported", by=("channel",)),
            "all history by county": lambda n: self._answer(n, 6_900, by=("county",)),
        }

    def _answer(self, number: int, days: int, metric: str = RATE, *, ago: int = 0, **others: object) -> bytes:
        return msgspec.json.encode(self._analyst.answer(self._asking(number, days, metric, ago=ago, **others)))

    def _asking(self, number: int, days: int, metric: str = RATE, *, ago: int = 0, **others: object) -> Asking:
        end: datetime = self._end - ago * DAY - number * timedelta(minutes=1)
        return Asking(metric, **{"area": self._city, "start": end - days * DAY, "end": end} | others)  # type: ignore[arg-type]

    def _town(self, number: int) -> str:
        return self._towns[number % len(self._towns)] if self._towns else self._city


def _told(kind: str, took: list[Stopwatch]) -> list[Figure]:
    seconds = [watch.seconds for watch in took]
    return [
        Figure(f"{kind}, p50", 1000 * middle(seconds), "ms"),
        Figure(f"{kind}, p95", 1000 * percentile(seconds, 0.95), "ms", aim=AIM_MS),
        Figure(f"{kind}, processor time, p50", 1000 * middle(watch.cpu for watch in took), "ms"),
    ]


def _beside(node: Node, heavy: Ask, times: int) -> list[Figure]:
    """Ask a live view alone, and while the heaviest question is asked on every reader there is, without a pause."""
    view = partial(node.ask, "headline", node.areas.root.id)
    alone = [1000 * _timed(view).seconds for _ in range(times)]
    with _asked_without_pause(node, heavy):
        beside = [1000 * _timed(view).seconds for _ in range(times)]
    return [
        Figure("headline view, alone, p95", percentile(alone, 0.95), "ms"),
        Figure("headline view beside the heaviest questions, p50", middle(beside), "ms"),
        Figure("headline view beside the heaviest questions, p95", percentile(beside, 0.95), "ms", aim=250),
    ]


@contextmanager
def _asked_without_pause(node: Node, heavy: Ask) -> Iterator[None]:
    """Keep every reader busy and one question waiting, on such threads as the door has."""
    stop, at_once = threading.Event(), node.config.analysis.at_once + 1

    def ask(first: int) -> None:
        number = first
        while not stop.is_set():
            number += at_once
            heavy(number)

    with ThreadPoolExecutor(at_once, initializer=node.analyst.lend_thread) as threads:
        asking = [threads.submit(ask, 1_000 + each) for each in range(at_once)]
        try:
            yield
        finally:
            stop.set()
    for each in asking:
        each.result()


def _timed(work: Callable[[], object]) -> Stopwatch:
    with Stopwatch() as watch:
        work()
    return watch
