"""What every registry does, on SQLite and on a real Redis alike."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep

import pytest

from pipelines.errors import RegistryError
from pipelines.registry.base import Registry
from pipelines.registry.redis import RedisRegistry
from pipelines.registry.sqlite import SqliteRegistry

Open = Callable[[], Registry]


@pytest.fixture(params=["sqlite", "redis"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Open one registry as often as there are nodes."""
    made: list[Registry] = []
    server = request.getfixturevalue("redis_server") if request.param == "redis" else None

    def another() -> Registry:
        made.append(RedisRegistry(server.url, "t") if server else SqliteRegistry(tmp_path / "r.sqlite"))
        return made[-1]

    yield another
    for registry in made:
        registry.close()


def test_documents_and_lists_are_seen_by_every_node(opened: Open) -> None:
    here, there = opened(), opened()
    before = there.revision("k")
    here.put("k", "a", b"1")
    assert there.get("k", "a") == b"1"
    assert there.revision("k") > before
    assert there.revision("other") == 0
    assert not there.add("k", "a", b"2")
    assert there.add("k", "b", b"\x00\xff")
    assert not there.swap("k", "a", b"9", b"3")
    assert there.swap("k", "a", b"1", b"3")
    assert here.all("k") == {"a": b"3", "b": b"\x00\xff"}
    assert here.all("other") == {}
    assert here.swap("k", "b", b"\x00\xff", None)
    assert there.get("k", "b") is None
    assert here.drop("k", "a")
    assert not here.drop("k", "a")
    assert there.all("k") == {}
    assert [here.append("l", b"x"), there.append("l", b"y"), here.append("l", b"z")] == [1, 2, 3]
    assert there.read("l", 1, 1) == [(2, b"y")]
    assert there.read("l", 1, 9) == [(2, b"y"), (3, b"z")]
    assert there.read("l", 0, 0) == there.read("l", 3, 5) == there.read("none", 0, 5) == []


def test_a_list_is_extended_by_one_of_those_who_saw_its_end(opened: Open) -> None:
    here, there = opened(), opened()
    assert here.length("l") == there.revision("l") == 0
    assert here.extend("l", 0, b"x")
    assert not there.extend("l", 0, b"y"), "it is longer by now"
    assert not there.extend("l", 2, b"y"), "it is not so long yet"
    assert there.length("l") == there.revision("l") == 1, "what was not added is not counted"
    assert there.extend("l", 1, b"\x00\xff")
    assert here.append("l", b"z") == here.length("l") == here.revision("l") == 3
    assert here.read("l", 0, 9) == [(1, b"x"), (2, b"\x00\xff"), (3, b"z")]
    assert here.length("other") == 0


def test_a_document_ends_when_its_time_is_over(opened: Open) -> None:
    registry = opened()
    soon = datetime.now(UTC) + timedelta(milliseconds=250)
    registry.put("k", "a", b"1", soon)
    registry.put("k", "b", b"1", soon)
    assert registry.swap("k", "b", b"1", b"2")
    assert len(registry.all("k")) == 2
    sleep(0.3)
    assert registry.get("k", "a") is None
    assert registry.all("k") == {}
    assert registry.add("k", "a", b"2")
    assert registry.get("k", "a") == b"2"


def test_one_of_many_wins(opened: Open) -> None:
    nodes = [opened() for _ in range(4)]
    won: list[int] = []

    def race(number: int) -> None:
        for turn in range(25):
            if nodes[number].add("k", str(turn), b"%d" % number):
                won.append(turn)
            nodes[number].append("l", b"x")

    threads = [threading.Thread(target=race, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == list(range(25))
    assert [number for number, _ in nodes[0].read("l", 0, 200)] == list(range(1, 101))


def test_of_many_who_extend_a_list_one_is_next(opened: Open) -> None:
    nodes = [opened() for _ in range(4)]
    won: list[int] = []

    def race(number: int) -> None:
        for turn in range(25):
            if nodes[number].extend("l", turn, b"%d" % number):
                won.append(turn)
            while nodes[number].length("l") <= turn:
                sleep(0.001)

    threads = [threading.Thread(target=race, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == list(range(25))
    assert nodes[0].length("l") == nodes[0].revision("l") == 25


def test_a_command_writes_while_the_node_runs(tmp_path: Path) -> None:
    file = tmp_path / "r.sqlite"
    node = SqliteRegistry(file)
    node.put("k", "a", b"1")
    program = (
        "import sys, pathlib; from pipelines.registry.sqlite import SqliteRegistry as R\n"
        "R(pathlib.Path(sys.argv[1])).put('k', 'b', b'2')"
    )
    subprocess.run([sys.executable, "-c", program, str(file)], check=True, timeout=30)
    assert node.all("k") == {"a": b"1", "b": b"2"}
    assert node.revision("k") == 2
    assert file.stat().st_mode & 0o077 == 0, "only its owner reads it"
    node.close()
    again = SqliteRegistry(file)
    assert again.get("k", "b") == b"2"
    again.close()
    with pytest.raises(RegistryError):
        again.get("k", "b")
