"""What every log must do, asked of both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipelines.contract.events import EVENT_SCHEMA, from_table
from pipelines.errors import LogError
from pipelines.follower import Follower
from pipelines.log.base import Log
from pipelines.log.embedded import EmbeddedLog
from pipelines.log.redis import RedisLog
from pipelines.log.stored import StoredLog
from pipelines.warehouse import Warehouse
from tests.examples import events_of, ids_of

from .conftest import RedisServer

KEY = "test:log"
Opener = Callable[[str], tuple[Log, Follower, Warehouse]]


@pytest.fixture(params=["embedded", "redis"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    """Open the log as the node of a name would; the same name is the same file, another one another node."""
    held: list[Warehouse] = []

    def open_log(name: str) -> tuple[Log, Follower, Warehouse]:
        warehouse = Warehouse(tmp_path / f"{name}.duckdb", "Asia/Shanghai")
        held.append(warehouse)
        stored = StoredLog(warehouse)
        if request.param == "embedded":
            return EmbeddedLog(warehouse, stored), Follower(warehouse), warehouse
        server: RedisServer = request.getfixturevalue("redis_server")
        return RedisLog(server.url, KEY, stored), Follower(warehouse, stored), warehouse

    yield open_log
    for warehouse in held:
        warehouse.close()


def test_an_empty_log_ends_at_zero(opened: Opener) -> None:
    log, _, _ = opened("a")
    assert log.end() == 0
    assert log.read(0, 10).events.num_rows == 0
    assert log.read(0, 10).position == 0


def test_events_come_back_whole_and_in_order(opened: Opener) -> None:
    log, _, _ = opened("a")
    events = events_of(cases=5)
    receipt = log.append(events)
    batch = log.read(0, 1000)
    assert receipt.stored == events.num_rows
    assert receipt.position == batch.position == log.end()
    assert from_table(batch.events.drop_columns("seq")) == from_table(events)
    assert batch.events.column("seq").to_pylist() == list(range(1, events.num_rows + 1))


def test_reading_goes_on_where_it_stopped(opened: Opener) -> None:
    log, _, _ = opened("a")
    log.append(events_of(cases=7))
    read, position = [], 0
    while (batch := log.read(position, 3)).events.num_rows:
        read += ids_of(batch.events)
        position = batch.position
    assert read == ids_of(events_of(cases=7))


def test_an_id_is_stored_once_within_and_across_batches(opened: Opener) -> None:
    log, follower, _ = opened("a")
    events = events_of(cases=4)
    first = log.append(events)
    follower.catch_up(log)
    again = log.append(events)
    assert (first.stored, first.duplicates) == (events.num_rows, 0)
    assert (again.stored, again.duplicates) == (0, events.num_rows)
    assert log.end() == first.position


def test_an_empty_batch_is_no_event(opened: Opener) -> None:
    log, _, _ = opened("a")
    assert log.append(EVENT_SCHEMA.empty_table()).stored == 0
    assert log.end() == 0


def test_a_follower_applies_everything_once(opened: Opener) -> None:
    log, follower, warehouse = opened("a")
    log.append(events_of(cases=4))
    assert follower.catch_up(log) == events_of(cases=4).num_rows
    assert follower.catch_up(log) == 0
    assert warehouse.scalar("select count(*) from log") == events_of(cases=4).num_rows
    assert warehouse.scalar("select count(*) from cases") == 4


def test_two_nodes_that_retry_the_same_events_apply_them_once(redis_server: RedisServer, tmp_path: Path) -> None:
    nodes = []
    for name in ("a", "b"):
        warehouse = Warehouse(tmp_path / f"{name}.duckdb", "Asia/Shanghai")
        stored = StoredLog(warehouse)
        nodes.append((RedisLog(redis_server.url, KEY, stored), Follower(warehouse, stored), warehouse))
    events = events_of(cases=6)
    for log, _, _ in nodes:
        assert log.append(events).stored == events.num_rows
    for log, follower, warehouse in nodes:
        assert follower.catch_up(log) == events.num_rows
        assert warehouse.scalar("select count(distinct id) = count(*) from log")
    assert nodes[0][1].differences(nodes[1][2]) == []
    for _, _, warehouse in nodes:
        warehouse.close()


def test_a_killed_server_loses_nothing_it_acknowledged(redis_server: RedisServer, tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path / "a.duckdb", "Asia/Shanghai")
    log = RedisLog(redis_server.url, KEY, StoredLog(warehouse))
    receipt = log.append(events_of(cases=50))
    redis_server.kill()
    with pytest.raises(LogError, match="cannot be reached"):
        log.append(events_of(cases=60))
    redis_server.restart()
    assert log.end() >= receipt.position
    assert ids_of(log.read(0, 1000).events)[: receipt.position] == ids_of(events_of(cases=50))
    warehouse.close()


def test_a_server_without_an_append_only_file_is_refused(redis_server: RedisServer, tmp_path: Path) -> None:
    redis_server.kill()
    redis_server.appendonly = "no"
    redis_server.restart()
    warehouse = Warehouse(tmp_path / "a.duckdb", "Asia/Shanghai")
    with pytest.raises(LogError, match="appendonly yes"):
        RedisLog(redis_server.url, KEY, StoredLog(warehouse))
    warehouse.close()
