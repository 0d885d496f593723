"""Acknowledged means durable: a node killed at any moment loses nothing it said it has."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipelines.config import load
from pipelines.node import Node

KILLS = int(os.environ.get("CITYBRAIN_KILLS", "6"))
CONFIG = """
city: {id: test, name_zh: 测试, name_en: Test, time_zone: Asia/Shanghai, center: [115, 28]}
"""


def run_and_kill(config: Path, data: Path, way: str, start: int, seconds: float) -> list[str]:
    """Let a process append for a while after its first acknowledgement, kill it, return what it acknowledged."""
    command = [sys.executable, "-m", "tests.faults.appender", str(config), str(data), way, str(start)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        said = first + process.stdout.read()
    # the last line may be cut: it was not said in full
    return [line for line in said.decode().split("\n")[:-1] if line]


@pytest.mark.faults
@pytest.mark.parametrize("way", ["live", "bulk"])
def test_nothing_acknowledged_is_lost_by_kill(way: str, tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    config.write_text(CONFIG, encoding="utf-8")
    data, chance, acknowledged = tmp_path / "data", random.Random(7), set[str]()
    for round_number in range(KILLS // 2):
        start = round_number * 1_000_000
        acknowledged |= set(run_and_kill(config, data, way, start, chance.uniform(0, 0.5)))
        with Node.open(load(config), data) as node:
            stored = node.query("select id from log").column("id").to_pylist()
            assert acknowledged - set(stored) == set()
            assert len(stored) == len(set(stored))
            assert node.verify() == []
    assert len(acknowledged) > KILLS
