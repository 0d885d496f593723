"""What a live event costs: stored and folded into all marts, beside a bare durable append of the same events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import islice, pairwise
from pathlib import Path
from time import sleep

import duckdb
import pyarrow as pa

from pipelines.node import Node

from . import scratch
from .figure import Figure, Outcome, Size, Stopwatch, middle
from .traffic import Traffic

CASES_A_BATCH = 30
TABLE = "create table log as from batch limit 0"
INSERT = "insert into log from batch"


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds for the same batches, ours and a bare table's."""

    events: int
    batches: list[int]
    ours: float
    bare: float
    work_ratio: float


def run(size: Size) -> Outcome:
    """Hand a node batches as fast as it takes them, then one at a time; append the same to a bare table."""
    turns = [_turn(size) for _ in range(size.pick(3, 1))]
    flooded, single = ([turn[part] for turn in turns] for part in (0, 1))
    return Outcome(
        [
            Figure("ratio", middle(t.ours / t.bare for t in flooded), "×", aim=6),
            Figure("ratio of processor time", middle(t.work_ratio for t in flooded), "×"),
            Figure("rate", middle(t.events / t.ours for t in flooded), "events/s", aim=12_000, at_least=True),
            Figure("ratio, one batch at a time", middle(t.ours / t.bare for t in single), "×"),
            Figure("ratio of processor time, one batch at a time", middle(t.work_ratio for t in single), "×"),
            Figure("rate, one batch at a time", middle(t.events / t.ours for t in single), "events/s"),
            Figure("a batch, one at a time", middle(1000 * t.ours / len(t.batches) for t in single), "ms"),
        ],
        {"flooded": [asdict(t) for t in flooded], "single": [asdict(t) | {"batches": len(t.batches)} for t in single]},
    )


def _turn(size: Size) -> tuple[Spent, Spent]:
    """Return what the flood cost, and what batches cost that come one at a time."""
    with scratch.folder() as folder, scratch.node(folder / "node") as node:
        traffic = Traffic(node).batches(CASES_A_BATCH)
        _warm(node, list(islice(traffic, size.pick(60, 4))))
        single = list(islice(traffic, size.pick(100, 4)))
        with Stopwatch() as one_by_one:
            for batch in single:
                node.append(batch)
        flood = list(islice(traffic, size.pick(1_000, 12)))
        node.start()
        with Stopwatch() as flooded:
            cuts = _flood(node, flood)
        made = _recut(flood, cuts)
        bare = [_bare(folder / name, batches) for name, batches in (("flood.duckdb", made), ("single.duckdb", single))]
    return _spent(made, flooded, bare[0]), _spent(single, one_by_one, bare[1])


def _spent(batches: Sequence[pa.Table], ours: Stopwatch, bare: Stopwatch) -> Spent:
    rows = [batch.num_rows for batch in batches]
    return Spent(sum(rows), rows, ours.seconds, bare.seconds, ours.cpu / bare.cpu)


def _warm(node: Node, batches: Sequence[pa.Table]) -> None:
    for batch in batches:
        node.append(batch)


def _flood(node: Node, batches: Sequence[pa.Table]) -> list[int]:
    """Hand all in without waiting, wait until all are in the marts; return where the log stood after each append."""
    answers = [node.submit(batch) for batch in batches]
    ends = sorted({answer.result().position for answer in answers})
    while node.tick().position < ends[-1]:
        sleep(0.001)
    return ends


def _recut(batches: Sequence[pa.Table], ends: list[int]) -> list[pa.Table]:
    """Cut events as the writer did."""
    events = pa.concat_tables(batches)
    begin = ends[-1] - events.num_rows
    return [events.slice(start - begin, end - start).combine_chunks() for start, end in pairwise([begin, *ends])]


def _bare(database: Path, batches: Sequence[pa.Table]) -> Stopwatch:
    with duckdb.connect(str(database)) as connection:
        connection.register("batch", batches[0])
        connection.execute(TABLE)
        with Stopwatch() as watch:
            for batch in batches:
                connection.register("batch", batch)
                connection.execute(INSERT)
    return watch
