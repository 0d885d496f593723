"""The process of a real node: its screens served by uvicorn, traffic on demand."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines.contract.channels import Change
from pipelines.log.base import Appended
from pipelines.node import Node

from .. import app
from . import child, scratch
from .ports import free
from .traffic import PACE, START, Traffic

PAST_CASES = 3_000


class City:
    """A node with a past of two days; what happens to it is written down with the time of the machine."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self._traffic = Traffic(node)
        self._slot = PAST_CASES
        self._names = 0
        self._thread: threading.Thread | None = None
        self._answers: list[Future[Appended]] = []
        self._acknowledged: list[tuple[int, float]] = []
        self._published: list[tuple[str, int, int]] = []
        node.append(self._traffic.between(0, PAST_CASES))
        node.set_clock(START + PAST_CASES * PACE, 1)
        node.listen(self._hear)

    def feed(self, cases: int, every: float, seconds: float) -> None:
        """Begin to hand in the events of some cases at a steady pace."""
        self.node.set_clock(START + self._slot * PACE, cases * PACE / timedelta(seconds=every))
        steps = max(1, round(seconds / every))
        self._thread = threading.Thread(target=self._run, args=(cases, every, steps), daemon=True)
        self._thread.start()

    def fed(self) -> int:
        """Wait until all was handed in and shown; return the log's position."""
        if self._thread:
            self._thread.join()
        end = max((answer.result().position for answer in self._answers), default=0)
        self._answers.clear()
        while self.node.tick().position < end:
            time.sleep(0.01)
        return end

    def heard(self) -> dict[str, Any]:
        """Return when which position was acknowledged, and which position each published frame holds."""
        told = {"acknowledged": self._acknowledged, "published": self._published}
        self._acknowledged, self._published = [], []
        return told

    def rename(self, times: int) -> None:
        """Give every category another name, again and again, and publish what that changes."""
        for _ in range(times):
            self._names += 1
            self.node.warehouse.write("update categories set name_en = $name", name=f"category {self._names}")
            self.node.publish()

    def rows(self, view: str) -> dict[str, str]:
        """Return the present rows of a watched view of the city."""
        return self.node.snapshot(view, self.node.areas.root.id).rows

    def _run(self, cases: int, every: float, steps: int) -> None:
        begun = time.monotonic()
        for step, events in zip(range(steps), self._batches(cases), strict=False):
            time.sleep(max(0.0, begun + step * every - time.monotonic()))
            answer = self.node.submit(events)
            answer.add_done_callback(self._acknowledge)
            self._answers.append(answer)

    def _batches(self, cases: int) -> Iterator[pa.Table]:
        while True:
            yield self._traffic.between(self._slot, self._slot + cases)
            self._slot += cases

    def _acknowledge(self, answer: Future[Appended]) -> None:
        self._acknowledged.append((answer.result().position, time.time()))

    def _hear(self, changes: list[Change]) -> None:
        position = self.node.tick().position
        self._published += [(change.view, change.seq, position) for change in changes]


def main(data: str, manner: str = "live") -> None:
    """Serve a city's node from a folder until the parent leaves; a ``still`` one takes no events in."""
    child.raise_limit()
    with scratch.node(Path(data)) as node:
        city = City(node)
        if manner == "live":
            node.start()
        handlers: dict[str, child.Handler] = {
            "feed": city.feed, "fed": city.fed, "heard": city.heard, "rows": city.rows, "rename": city.rename,
        }  # fmt: skip
        port = free()
        ready = {"port": port, "area": node.areas.root.id}
        app.serve(node, "127.0.0.1", port, lambda _address: child.obey_beside(handlers, ready), "bench")


if __name__ == "__main__":
    main(*sys.argv[1:])
