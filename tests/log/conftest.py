"""A real redis-server with an append-only file, on a port of its own."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import redis


@dataclass
class RedisServer:
    """A running server; `kill` ends it as a power cut would."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]
    appendonly: str = "yes"

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def restart(self) -> None:
        self.process = _spawn(self.folder, self.port, self.appendonly)


def _spawn(folder: Path, port: int, appendonly: str) -> subprocess.Popen[bytes]:
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder), "--save", ""]
    process = subprocess.Popen([*command, "--appendonly", appendonly], stdout=subprocess.DEVNULL)
    client = redis.Redis(port=port)
    for _ in range(200):
        try:
            client.ping()
        except redis.exceptions.RedisError:
            time.sleep(0.02)
        else:
            client.close()
            return process
    raise RuntimeError("redis-server did not answer within 4 s")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    assert shutil.which("redis-server"), "redis-server is missing: apt-get install redis-server"
    folder = tmp_path / "redis"
    folder.mkdir()
    port = free_port()
    server = RedisServer(folder, port, _spawn(folder, port, "yes"))
    yield server
    server.kill()
