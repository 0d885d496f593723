"""Two nodes on one Redis decide about the same cases: one log, one winner, the loser knows by whom."""

from __future__ import annotations

import threading
import uuid
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.config import load
from pipelines.config.service import RedisLog
from pipelines.contract.commands import Accept, Reject
from pipelines.contract.events import CaseReported, to_table
from pipelines.contract.scope import Scope, Viewer
from pipelines.contract.time import FrozenClock
from pipelines.errors import CommandRefused
from pipelines.node import Node
from tests.log.conftest import RedisServer, redis_server

__all__ = ["redis_server"]
pytestmark = pytest.mark.redis
NOW = datetime(2026, 11, 20, 6, 32, 5, tzinfo=UTC)
CASES = 12


@pytest.fixture
def nodes(redis_server: RedisServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Node]]:
    monkeypatch.setenv("CITYBRAIN_REDIS_URL", redis_server.url)
    log = RedisLog(kind="redis", url_secret="CITYBRAIN_REDIS_URL")
    config = load(pack="xinyu").model_copy(update={"log": log, "sign_in": None})
    opened = [Node.open(config, tmp_path / name, FrozenClock(NOW)) for name in ("a", "b")]
    for node in opened:
        node.start()
    yield opened
    for node in opened:
        node.close()


def test_of_two_nodes_one_wins_each_case(nodes: list[Node]) -> None:
    cases = [f"shared:{number}" for number in range(CASES)]
    reported = (
        CaseReported(
            id=f"{case}:case-reported", happened_at=NOW, received_at=NOW, source="pocket", area_id="360502001001001",
            case_id=case, category="CG0102", channel="grid", simulated=True,
        )
        for case in cases
    )  # fmt: skip
    nodes[0].submit(to_table(reported)).result()
    told: Counter[str] = Counter()
    blamed: list[tuple[str, object]] = []

    def act(node: Node, name: str) -> None:
        by = Viewer(name, frozenset({"duty_officer"}), Scope(frozenset({"360500"})))
        for number, case in enumerate(cases):
            cls = Accept if (number + len(name)) % 2 else Reject
            fields = {"reason": "duplicate"} if cls is Reject else {}
            try:
                node.command(cls(id=str(uuid.uuid4()), case_id=case, seen=number + 1, **fields), by)
                told["done"] += 1
            except CommandRefused as refused:
                blamed.append((name, refused.values["by"]))
                told[refused.code] += 1

    people = [threading.Thread(target=act, args=(node, f"{i}{'x' * i}")) for i, node in enumerate(nodes * 2)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert told == {"done": CASES, "acted_meanwhile": 3 * CASES}
    assert all(loser != winner for loser, winner in blamed)
    for node in nodes:
        node._writer.do(lambda node=node: node.follower.catch_up(node.log))  # type: ignore[misc]
    marts = [node.query("select * from cases order by case_id").to_pylist() for node in nodes]
    assert marts[0] == marts[1]
    assert len(marts[0]) == CASES
