"""A disk that is really full: refused by name, nothing acknowledged is lost, the node goes on once there is room."""

from __future__ import annotations

import itertools
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from pipelines.config import Config
from pipelines.contract.events import to_table
from pipelines.errors import StorageFull
from pipelines.node import Node
from tests.examples import case_events
from tests.test_views import CITY


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Path]:
    """A disk of 24 MB that can be made larger."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(disk)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("mounting a tiny disk needs root; the refusal itself is tested in tests/test_node.py")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def batch(start: int, area: str) -> pa.Table:
    return to_table(event for number in range(start, start + 500) for event in case_events(number, area=area))


def fill(node: Node) -> tuple[pa.Table, int]:
    """Append until the disk is full; return the batch that was refused and how many events were acknowledged."""
    acknowledged = 0
    for start in itertools.count(0, 500):
        events = batch(start, node.areas.root.id)
        answer = node.submit(events)
        if refusal := answer.exception():
            assert isinstance(refusal, StorageFull), refusal
            return events, acknowledged
        acknowledged += answer.result().stored
    raise AssertionError


@pytest.mark.faults
def test_a_full_disk_loses_nothing_it_acknowledged(tiny: Path) -> None:
    config = Config.model_validate({"city": CITY})
    with Node.open(config, tiny / "data") as node:
        node.start()
        refused, acknowledged = fill(node)
        assert node.query("select count(*) as n from log").to_pylist() == [{"n": acknowledged}]
        subprocess.run(["mount", "-o", "remount,size=200m", str(tiny)], check=True)
        acknowledged += node.submit(refused).result().stored
    with Node.open(config, tiny / "data") as node:
        assert node.query("select count(*) as n from log").to_pylist() == [{"n": acknowledged}]
        assert node.verify() == []
