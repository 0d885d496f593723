"""What the wall's views cost with a short and a long history at the same daily rate, while events arrive."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from time import monotonic, perf_counter

from pipelines.node import Node

from . import scratch
from .crowd import VIEWS
from .figure import Figure, Outcome, Size, middle, percentile
from .history import grown
from .traffic import PACE, START, Traffic

EVERY = 0.25
CASES_A_BATCH = 4
YARDSTICK = 300_000
Times = dict[str, list[float]]


def run(size: Size) -> Outcome:
    """Ask two nodes in turn, each while it takes in events, so that both share the machine's good and bad moments."""
    cases = size.pick(1_000_000, 2_000), size.pick(10_000_000, 8_000)
    rounds = size.pick(6, 1)
    with scratch.folder() as folder, ExitStack() as stack:
        opened = [grown(folder / str(count), count) for count in cases]
        nodes = [stack.enter_context(scratch.node(folder / str(count))) for count in cases]
        asked = [Asked(node) for node in nodes]
        for _ in range(rounds):
            for each in asked:
                each.ask(size.pick(30, 2))
    short, long = (each.times for each in asked)
    figures = [figure for view in VIEWS for figure in _view(view, short[view], long[view])]
    return Outcome(
        [*_slowest(long), *figures, *_yardstick([took for each in asked for took in each.yardstick])],
        {"cases": cases, "filled_seconds": opened, "asked": len(long[VIEWS[0]])},
    )


class Asked:
    """A node that takes events in while it is asked, and how long each answer took."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._traffic = Traffic(node)
        self._slot = 0
        self.times: Times = {view: [] for view in VIEWS}
        self.yardstick: list[float] = []
        node.set_clock(START, PACE.total_seconds() * CASES_A_BATCH / EVERY)
        node.start()

    def ask(self, times: int) -> None:
        """Ask every view some times, the views in turn."""
        with self._fed():
            for _ in range(times):
                self.yardstick.append(_took(lambda: sum(range(YARDSTICK))))
                for view in VIEWS:
                    self.times[view].append(_took(partial(self._node.ask, view, self._node.areas.root.id)))

    @contextmanager
    def _fed(self) -> Iterator[None]:
        stop = threading.Event()
        self._node.set_clock(START + self._slot * PACE, PACE.total_seconds() * CASES_A_BATCH / EVERY)
        feeder = threading.Thread(target=self._feed, args=(stop,))
        feeder.start()
        try:
            yield
        finally:
            stop.set()
            feeder.join()

    def _feed(self, stop: threading.Event) -> None:
        begun, first = monotonic(), self._slot
        while not stop.is_set():
            self._node.submit(self._traffic.between(self._slot, self._slot + CASES_A_BATCH)).result()
            self._slot += CASES_A_BATCH
            stop.wait(begun + (self._slot - first) / CASES_A_BATCH * EVERY - monotonic())


def _took(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return 1000 * (perf_counter() - begun)


def _slowest(times: Times) -> list[Figure]:
    return [Figure("slowest view, p95, long history", max(percentile(t, 0.95) for t in times.values()), "ms", aim=10)]


def _yardstick(took: list[float]) -> list[Figure]:
    """Tell what the same plain work took each time: how much of the machine was left to us."""
    return [
        Figure("the machine: plain work, least", min(took), "ms"),
        Figure("the machine: plain work, p50", middle(took), "ms"),
        Figure("the machine: plain work, p95", percentile(took, 0.95), "ms"),
    ]


def _view(view: str, short: list[float], long: list[float]) -> list[Figure]:
    return [
        Figure(f"{view}, p50, short history", middle(short), "ms"),
        Figure(f"{view}, p50, long history", middle(long), "ms"),
        Figure(f"{view}, p95, long history", percentile(long, 0.95), "ms", aim=10),
        Figure(f"{view}, growth", middle(long) / middle(short), "×", aim=1.5),
    ]
