"""What an import costs: the whole of it, beside DuckDB reading the same CSV into a table of a fresh file."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import duckdb

from pipelines.config import load
from pipelines.config.service import ReplayDemo
from pipelines.errors import CitybrainError
from pipelines.node import Node

from . import scratch
from .figure import Figure, Outcome, Size, Stopwatch, middle

CITY = "boston"
SMALL_LINES = 3_000


def run(size: Size) -> Outcome:
    """Import the city's recorded cases into a fresh node, again and again."""
    config = load(pack=CITY)
    if not isinstance(demo := config.demo, ReplayDemo):
        raise CitybrainError(f"the pack {CITY!r} ships no recorded cases to import")
    with scratch.folder() as folder:
        file = _cut(config.resolve(demo.files[0]), folder, size)
        turns = range(size.pick(5, 1))
        pairs = [(_plain(file, folder / f"plain{n}.duckdb"), _ours(file, folder / f"node{n}", demo)) for n in turns]
    ratio = middle(ours.seconds / plain.seconds for plain, ours in pairs)
    work = middle(ours.cpu / plain.cpu for plain, ours in pairs)
    figures = [
        Figure("ratio", ratio, "×", aim=4),
        Figure("ratio of processor time", work, "×"),
        Figure("import", middle(ours.seconds for _, ours in pairs), "s"),
        Figure("duckdb", middle(plain.seconds for plain, _ in pairs), "s"),
    ]
    return Outcome(figures, {"turns": [[watch.seconds for watch in pair] for pair in pairs]})


def _cut(file: Path, folder: Path, size: Size) -> Path:
    """Return the file, or for a small bench its first lines."""
    if size.full:
        return file
    part = folder / file.name
    with gzip.open(file, "rt", encoding="utf-8") as lines, gzip.open(part, "wt", encoding="utf-8") as out:
        out.writelines(line for _, line in zip(range(SMALL_LINES), lines, strict=False))
    return part


def _plain(file: Path, database: Path) -> Stopwatch:
    with Stopwatch() as watch, duckdb.connect(str(database)) as connection:
        connection.execute("create table cases as from read_csv(?)", [str(file)])
    database.unlink()
    return watch


def _ours(file: Path, data: Path, demo: ReplayDemo) -> Stopwatch:
    node = Node.open(load(pack=CITY), data)
    with Stopwatch() as watch:
        node.import_files([file], demo.source)
        node.close()
    shutil.rmtree(data)
    return watch
