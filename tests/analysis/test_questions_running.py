"""Few questions at a time, each for so long; they can be watched and ended, and the reader goes on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep
from typing import Any

import pytest

from pipelines.analysis.remembered import Remembered
from pipelines.analysis.running import Running
from pipelines.config.service import Analysis
from pipelines.errors import QueryEnded, QueryError, QueryTooLong, TooManyQuestions
from pipelines.metrics.passport import Asked
from pipelines.warehouse import Warehouse

ENDLESS = "select count(*) from range(100000000) as a(i) join range(1000) as b(j) on hash(i) % 997 >= j"
LIMITS = Analysis(at_once=1, waiting_seconds=0.3, timeout_seconds=60)


@pytest.fixture
def alone() -> Iterator[Warehouse]:
    opened = Warehouse(None, "UTC", watched=1)
    yield opened
    opened.close()


def _ask(running: Running, sql: str, name: str | None = None) -> Any:
    return running.answer(name, lambda asked: asked.records(sql))


def _begun(running: Running, name: str) -> None:
    until = monotonic() + 5
    while monotonic() < until:
        try:
            if (running.progress(name)["share"] or 0) > 0:
                return
        except QueryError:
            pass
        sleep(0.01)
    raise AssertionError("the question never began")


def test_a_question_that_runs_is_watched_and_ended(alone: Warehouse) -> None:
    running = Running(alone, LIMITS)
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(_ask, running, ENDLESS, "q1")
        _begun(running, "q1")
        seen = running.progress("q1")
        assert (seen["state"], 0 < seen["share"] < 1) == ("running", True)
        running.cancel("q1")
        with pytest.raises(QueryEnded, match="cancelled; ask it again"):
            asked.result(timeout=5)
    assert running.progress("q1")["state"] == "cancelled"
    assert _ask(running, "select 1 as one", "q2") == [{"one": 1}]
    assert running.progress("q2")["state"] == "done"
    assert running.cancel("q2")["state"] == "done"
    assert _ask(running, "select 2 as two") == [{"two": 2}]


def test_a_question_that_takes_too_long_is_ended(alone: Warehouse) -> None:
    running = Running(alone, LIMITS.model_copy(update={"timeout_seconds": 0.2}))
    with pytest.raises(QueryTooLong, match=r"longer than 0\.2 s and was ended; ask for a shorter period"):
        _ask(running, ENDLESS)
    assert _ask(running, "select 1 as one") == [{"one": 1}]


def test_a_question_that_waits_is_told_so_or_ended(alone: Warehouse) -> None:
    running = Running(alone, LIMITS)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(_ask, running, ENDLESS, "first")
        _begun(running, "first")
        with pytest.raises(TooManyQuestions, match="1 questions are being answered and this one waited"):
            _ask(running, "select 1")
        waiting = pool.submit(_ask, running, "select 1", "waiting")
        sleep(0.1)
        running.cancel("waiting")
        with pytest.raises(QueryEnded):
            waiting.result(timeout=5)
        running.cancel("first")
        with pytest.raises(QueryEnded):
            first.result(timeout=5)


def test_a_failed_question_gives_its_reader_back(alone: Warehouse) -> None:
    running = Running(alone, LIMITS)
    for _ in range(3):
        with pytest.raises(QueryError, match="nothing"):
            _ask(running, "select nothing")
    assert _ask(running, "select 1 as one") == [{"one": 1}]


def test_a_question_nobody_asked_is_not_known(alone: Warehouse) -> None:
    with pytest.raises(QueryError, match="no question 'x' is known"):
        Running(alone, LIMITS).progress("x")


class _Counting:
    def __init__(self) -> None:
        self.asked = 0

    def records(self, sql: str, **parameters: Any) -> list[dict[str, Any]]:  # noqa: ARG002
        self.asked += 1
        return [{"n": self.asked}]


def test_an_answer_is_remembered_until_the_log_moves_on() -> None:
    position, source = [7], _Counting()
    remembered = Remembered(lambda: position[0])
    asked: Asked = remembered.over(source)
    assert [asked.records("select 1", area=area) for area in ("a", "a", "b")] == [[{"n": 1}], [{"n": 1}], [{"n": 2}]]
    position[0] = 8
    assert asked.records("select 1", area="a") == [{"n": 3}]


def test_readers_are_lent_to_one_question_at_a_time(alone: Warehouse) -> None:
    running, busy, most = Running(alone, LIMITS.model_copy(update={"waiting_seconds": 5})), [0], [0]
    lock = threading.Lock()

    def work(asked: Asked) -> None:
        with lock:
            busy[0] += 1
            most[0] = max(most[0], busy[0])
        asked.records("select count(*) from range(100000)")
        with lock:
            busy[0] -= 1

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: running.answer(None, work), range(8)))
    assert most == [1]
