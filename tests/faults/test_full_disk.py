"""A disk that is really full: refused by name, nothing acknowledged is lost, and the node goes on once there is room."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

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
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(disk)], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("mounting a tiny disk needs root; the refusal itself is tested in tests/test_node.py")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.faults
def test_a_full_disk_loses_nothing_it_acknowledged(tiny: Path) -> None:
    config = Config.model_validate({"city": CITY})
    acknowledged = 0
    with Node.open(config, tiny / "data") as node:
        node.start()
        with pytest.raises(StorageFull, match="free space"):
            for start in range(0, 2_000_000, 500):
                batch = to_table(e for n in range(start, start + 500) for e in case_events(n, area=node.areas.root.id))
                acknowledged += node.submit(batch).result().stored
        assert node.query("select count(*) as n from log").to_pylist() == [{"n": acknowledged}]
        subprocess.run(["mount", "-o", "remount,size=200m", str(tiny)], check=True)
        acknowledged += node.submit(batch).result().stored
    with Node.open(config, tiny / "data") as node:
        assert node.query("select count(*) as n from log").to_pylist() == [{"n": acknowledged}]
        assert node.verify() == []
