"""Nodes to measure: a city in a folder that vanishes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.config import load
from pipelines.contract.time import Clock
from pipelines.node import Node

CITY = "xinyu"


@contextmanager
def folder() -> Iterator[Path]:
    """Lend a folder where temporary files go."""
    with tempfile.TemporaryDirectory(prefix="citybrain-bench-") as name:
        yield Path(name)


@contextmanager
def node(data: Path, clock: Clock | None = None, city: str = CITY) -> Iterator[Node]:
    """Open a node of a shipped city in a folder."""
    # displays of a bench look without signing in
    with Node.open(load(pack=city).model_copy(update={"sign_in": None}), data, clock) as opened:
        yield opened
