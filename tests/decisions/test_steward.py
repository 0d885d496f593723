"""The clock's own hand: each step of the ladder once, nothing for a feed's cases, pauses end when they should."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pipelines.config import load
from pipelines.contract import commands as c
from pipelines.contract.events import CaseReported, CaseUrged, to_table
from pipelines.contract.scope import Scope, Viewer
from pipelines.node import Node

START = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


class Moving:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.moment = START

    def now(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> Moving:
    return Moving()


@pytest.fixture
def node(clock: Moving) -> Iterator[Node]:
    with Node.open(load(pack="xinyu"), clock=clock) as opened:
        yield opened


def report(node: Node, source: str = "pocket") -> str:
    case = f"{source}:{uuid.uuid4()}"
    event = CaseReported(
        id=f"{case}:r", happened_at=START, received_at=START, source=source, area_id="360502001001001", case_id=case,
        category="CG0102", channel="grid", priority="urgent", simulated=True,
    )  # fmt: skip
    node.append(to_table([event]))
    return case


def act(node: Node, role: str, cls: type[c.Command], case: str, **fields: Any) -> None:
    by = Viewer(role, frozenset({role}), Scope(frozenset({"360500"})))
    node.command(cls(id=str(uuid.uuid4()), case_id=case, **fields), by)


def noted(node: Node, case: str) -> list[str]:
    sql = f"select kind, stage from log where case_id = '{case}' and actor = 'system' order by seq"
    return [row["stage"] or row["kind"] for row in node.query(sql).to_pylist()]


def test_every_step_of_the_ladder_is_noted_once(node: Node, clock: Moving) -> None:
    case = report(node)
    act(node, "duty_officer", c.Accept, case)
    due = node.query(f"select due_at from cases where case_id = '{case}'").to_pylist()[0]["due_at"]
    length = due - START
    seen = []
    for share in (0.1, 0.8, 1.01, 1.6, 3.1, 3.2):
        clock.moment = START + length * share
        node.steward().round()
        node.steward().round()
        seen.append(noted(node, case))
    assert seen[0] == []
    assert seen[1] == ["due_soon"]
    assert seen[2] == ["due_soon", "overdue", "case-urged"]
    assert seen[3] == [*seen[2], "overdue_half"]
    assert seen[4] == seen[5] == [*seen[3], "overdue_x3"]
    proposed = node.query("select stage, card from log where card is not null order by seq").to_pylist()
    assert proposed == [{"stage": "overdue_half", "card": "plain"}, {"stage": "overdue_x3", "card": "yellow"}]


def test_an_extended_deadline_has_a_ladder_of_its_own(node: Node, clock: Moving) -> None:
    case = report(node)
    act(node, "duty_officer", c.Accept, case)
    act(node, "dispatcher", c.Dispatch, case, unit_id="U001")
    clock.moment = START + timedelta(hours=30)
    node.steward().round()
    act(node, "shift_lead", c.Extend, case, until_at=clock.moment + timedelta(hours=9), reason="complex")
    before = len(noted(node, case))
    node.steward().round()
    assert len(noted(node, case)) == before
    clock.moment += timedelta(hours=10)
    node.steward().round()
    assert "overdue" in noted(node, case)[before:]


def test_a_feed_s_own_case_is_left_alone_until_a_hand_takes_it(node: Node, clock: Moving) -> None:
    case = report(node, "live")
    clock.moment = START + timedelta(days=3)
    act(node, "duty_officer", c.Accept, untouched := report(node, "live"))
    assert node.steward().round() == 0
    clock.moment += timedelta(days=3)
    node.steward().round()
    assert noted(node, case) == []
    assert "overdue" in noted(node, untouched)


def test_a_pause_ends_at_its_date_and_the_deadline_moves_by_just_that_long(node: Node, clock: Moving) -> None:
    case = report(node)
    act(node, "duty_officer", c.Accept, case)
    act(node, "dispatcher", c.Dispatch, case, unit_id="U001")
    by = Viewer("h", frozenset({"unit_handler"}), Scope(frozenset({"360500"}), "U001"))
    node.command(c.Sign(id=str(uuid.uuid4()), case_id=case), by)
    sql = f"select due_at, state from cases where case_id = '{case}'"
    due = node.query(sql).to_pylist()[0]["due_at"]
    act(node, "shift_lead", c.Suspend, case, until_at=START + timedelta(days=5), reason="weather")
    clock.moment = START + timedelta(days=4)
    node.steward().round()
    assert node.query(sql).to_pylist()[0]["state"] == "suspended"
    clock.moment = START + timedelta(days=5, minutes=2)
    node.steward().round()
    (row,) = node.query(sql).to_pylist()
    assert (row["state"], row["due_at"] - due) == ("handling", timedelta(days=5, minutes=2))


def test_a_feed_goes_on_while_hands_command_and_leaves_their_cases_to_them(node: Node) -> None:
    case = report(node, "live")
    node.start()
    errors: list[BaseException] = []

    def feed() -> None:
        try:
            for number in range(60):
                event = CaseUrged(
                    id=f"{case}:{number}", happened_at=START, received_at=START, source="live", case_id=case,
                    area_id="360502001001001", simulated=True,
                )  # fmt: skip
                node.submit(node.decisions.foreign(to_table([event]))).result()
        except BaseException as error:
            errors.append(error)

    playing = threading.Thread(target=feed)
    playing.start()
    for _ in range(20):
        act(node, "duty_officer", c.Comment, case, note="x")
    playing.join()
    assert errors == []
    (row,) = node.query(f"select urges from cases where case_id = '{case}'").to_pylist()
    assert row["urges"] < 60
    assert node.decisions.foreign(to_table([CaseUrged(
        id="late", happened_at=START, received_at=START, source="live", case_id=case, area_id="360502001001001",
    )])).num_rows == 0  # fmt: skip
