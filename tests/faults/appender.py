"""A process to be killed: opens a node, appends numbered cases, prints an id only once it is acknowledged."""

from __future__ import annotations

import sys
from concurrent.futures import Future
from pathlib import Path

import pyarrow as pa

from pipelines.config import load
from pipelines.contract.events import to_table
from pipelines.log.base import Appended
from pipelines.node import Node
from tests.examples import case_events


def live(node: Node, start: int) -> None:
    """Hand in small batches as a feed does, many under way at once."""
    node.start()
    pending = []
    for number in range(start, start + 100_000):
        batch = to_table(case_events(number, area=node.areas.root.id))
        pending.append((batch, node.submit(batch)))
        if len(pending) >= 8:
            acknowledge(*pending.pop(0))


def bulk(node: Node, start: int) -> None:
    """Append big batches as an import does."""
    for number in range(start, start + 1_000_000, 500):
        events = [event for n in range(number, number + 500) for event in case_events(n, area=node.areas.root.id)]
        batch = to_table(events)
        node.append(batch)
        say(batch)


def acknowledge(batch: pa.Table, answer: Future[Appended]) -> None:
    answer.result()
    say(batch)


def say(batch: pa.Table) -> None:
    sys.stdout.write("".join(f"{event_id}\n" for event_id in batch.column("id").to_pylist()))
    sys.stdout.flush()


def main() -> None:
    config, data, way, start = sys.argv[1:]
    node = Node.open(load(Path(config)), Path(data))
    {"live": live, "bulk": bulk}[way](node, int(start))


if __name__ == "__main__":
    main()
