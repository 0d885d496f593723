"""Nodes of one site as processes, on one Redis."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import pytest

from tests.log.conftest import RedisServer, free_port, redis_server

__all__ = ["redis_server"]
ROOT = Path(__file__).parents[2]
# a machine that forbids Python to keep what it compiled would compile three thousand modules at every start
COMPILED = str(Path(tempfile.gettempdir()) / "citybrain-compiled")
START = "import sys; from dashboard.cli import main; sys.argv[0] = 'citybrain'; main()"
URL_SECRET = "CITYBRAIN_REDIS_URL"


@dataclass
class NodeProcess:
    """`citybrain serve` in a folder of its own."""

    config: Path
    data: Path
    redis: str
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        words = ["serve", "--config", str(self.config), "--data", str(self.data), "--port", str(self.port)]
        with (self.data.parent / f"{self.data.name}.log").open("ab") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-c", START, *words], cwd=ROOT, env=self._environment, stderr=said, stdout=said
            )

    def run(self, *words: str, **environment: str) -> str:
        """Run another command on the same site and return what it said."""
        command = [sys.executable, "-c", START, *words, "--config", str(self.config), "--data", str(self.data)]
        done = subprocess.run(
            command, cwd=ROOT, env=self._environment | environment, check=False, text=True, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout
        return done.stdout

    @property
    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        return kept | {URL_SECRET: self.redis, "PYTHONPYCACHEPREFIX": COMPILED}

    def wait(self, seconds: float = 60) -> None:
        """Wait until it answers; fail with what it said if it ends instead."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.process is None or self.process.poll() is not None:
                break
            try:
                httpx2.get(f"http://{self.url}/wall", timeout=5)
            except httpx2.TransportError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError((self.data.parent / f"{self.data.name}.log").read_text()[-2000:])

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()


Nodes = Callable[..., list[NodeProcess]]


@pytest.fixture
def nodes(redis_server: RedisServer, tmp_path: Path) -> Iterator[Nodes]:
    """Start nodes of one site, given its configuration; all of them are killed at the end."""
    started: list[NodeProcess] = []

    def start(site: str, count: int) -> list[NodeProcess]:
        config = tmp_path / "config.yaml"
        config.write_text(f"{site}\nlog: {{kind: redis, url_secret: {URL_SECRET}}}\n", encoding="utf-8")
        made = [NodeProcess(config, tmp_path / f"node-{n}", redis_server.url) for n in range(count)]
        started.extend(made)
        for node in made:
            node.start()
        for node in made:
            node.wait()
        return made

    yield start
    for node in started:
        node.kill()
