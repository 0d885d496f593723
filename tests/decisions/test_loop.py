"""The loop on a real node: each hand in turn, once however often it asks; of two at once one wins, both know."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from dashboard.gateway import Gateway
from pipelines.config import load
from pipelines.contract import commands as c
from pipelines.contract.events import CaseReported, to_table
from pipelines.contract.scope import Scope, Viewer
from pipelines.contract.time import FrozenClock
from pipelines.errors import CommandRefused
from pipelines.node import Node

NOW = datetime(2026, 11, 20, 6, 32, 5, tzinfo=UTC)
GRID = "360502001001001"


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    with Node.open(load(pack="xinyu"), clock=FrozenClock(NOW)) as opened:
        opened.start()
        yield opened


@pytest.fixture(scope="module")
def unit(node: Node) -> str:
    return str(node.query("select min(unit_id) as u from units").to_pylist()[0]["u"])


@pytest.fixture
def case(node: Node) -> str:
    case_id = f"test:{uuid.uuid4()}"
    event = CaseReported(
        id=f"{case_id}:case-reported", happened_at=NOW, received_at=NOW, source="pocket", area_id=GRID, case_id=case_id,
        category="CG0102", channel="grid", priority="high", simulated=True, actor="worker",
    )  # fmt: skip
    node.submit(to_table([event])).result()
    node._writer.do(lambda: node.follower.catch_up(node.log))
    return case_id


def hand(role: str, unit: str | None = None, name: str | None = None) -> Viewer:
    return Viewer(name or role, frozenset({role}), Scope(frozenset({"360500"}), unit))


def new() -> str:
    return str(uuid.uuid4())


def state(node: Node, case: str) -> str:
    return str(node.query(f"select state from cases where case_id = '{case}'").to_pylist()[0]["state"])


def act(node: Node, by: Viewer, cls: type[c.Command], case: str, **fields: Any) -> dict[str, Any]:
    return Gateway(node).cases.command(cls(id=new(), case_id=case, **fields), by)


def to_handling(node: Node, case: str, unit: str) -> None:
    act(node, hand("duty_officer"), c.Accept, case)
    act(node, hand("dispatcher"), c.Dispatch, case, unit_id=unit)
    act(node, hand("unit_handler", unit), c.Sign, case)


def test_a_case_goes_through_every_hand_to_its_evaluation(node: Node, case: str, unit: str) -> None:
    to_handling(node, case, unit)
    handler = hand("unit_handler", unit)
    with pytest.raises(CommandRefused, match="needs_result"):
        act(node, handler, c.Finish, case)
    act(node, handler, c.Finish, case, note="清运完毕")
    with pytest.raises(CommandRefused, match="own_handling"):
        act(node, hand("checker", name="unit_handler"), c.CheckPass, case)
    act(node, hand("checker"), c.CheckFail, case, reason="remains_on_site")
    assert state(node, case) == "rework"
    act(node, handler, c.Finish, case, note="再次清运")
    with pytest.raises(CommandRefused, match="not_checked"):
        act(node, hand("duty_officer"), c.Close, case)
    act(node, hand("checker"), c.CheckPass, case)
    act(node, hand("duty_officer"), c.Close, case)
    reporter = Viewer("reporter", frozenset({"reporter"}), Scope(frozenset({"360500"})), case=case)
    act(node, reporter, c.Rate, case, rating=5)
    receipt = act(node, hand("inspector"), c.Evaluate, case)
    assert receipt["state"] == state(node, case) == "evaluated"
    file = Gateway(node).cases.file(case, hand("duty_officer"))
    assert file is not None
    kinds = [event["kind"] for event in file["timeline"]]
    assert kinds[-3:] == ["case-closed", "case-rated", "case-evaluated"]
    assert not node.verify()


def test_a_command_sent_again_has_the_same_receipt_and_happens_once(node: Node, case: str) -> None:
    accept = c.Accept(id=new(), case_id=case)
    first = Gateway(node).cases.command(accept, hand("duty_officer"))
    assert Gateway(node).cases.command(accept, hand("duty_officer")) == first
    assert node.query(f"select count(*) as n from log where cause = '{accept.id}'").to_pylist() == [{"n": 1}]


def test_of_two_at_once_one_wins_and_the_other_is_told_by_whom(node: Node, case: str, unit: str) -> None:
    act(node, hand("duty_officer"), c.Accept, case)
    seen = Gateway(node).cases.file(case, hand("dispatcher"))["case"]["last_seq"]  # type: ignore[index]
    told: list[Any] = []

    def dispatch(name: str) -> None:
        try:
            told.append(act(node, hand("dispatcher", name=name), c.Dispatch, case, unit_id=unit, seen=seen))
        except CommandRefused as refused:
            told.append(refused)

    threads = [threading.Thread(target=dispatch, args=(name,)) for name in ("anna", "bela", "cora")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    refused = [one for one in told if isinstance(one, CommandRefused)]
    assert len(refused) == 2
    winner = node.query(f"select actor from log where case_id = '{case}' and kind = 'case-dispatched'").to_pylist()
    assert {(one.code, one.values["by"], one.values["kind"]) for one in refused} == {
        ("acted_meanwhile", winner[0]["actor"], "case-dispatched")
    }


def test_a_parent_waits_for_its_child_a_level_up(node: Node, case: str, unit: str) -> None:
    to_handling(node, case, unit)
    town = Viewer("town", frozenset({"duty_officer"}), Scope(frozenset({"360502001"})))
    with pytest.raises(CommandRefused, match="no_such_level"):
        act(node, hand("duty_officer"), c.Escalate, case, reason="beyond_our_powers")
    (child,) = act(node, town, c.Escalate, case, reason="beyond_our_powers")["children"]
    with pytest.raises(CommandRefused, match="not_your_centre"):
        act(node, town, c.Accept, child)
    with pytest.raises(CommandRefused, match="child_open"):
        act(node, hand("unit_handler", unit), c.Finish, case, note="x")
    act(node, hand("duty_officer"), c.Reject, child, reason="out_of_scope")
    act(node, hand("unit_handler", unit), c.Finish, case, note="x")


def test_a_directive_is_read_answered_and_settled(node: Node, case: str, unit: str) -> None:
    to_handling(node, case, unit)
    order = act(node, hand("leader"), c.Direct, case, note="请今日办结", to_unit_id=unit)["command_id"]
    act(node, hand("unit_head", unit), c.Receive, case, receipt="read", order_id=order)
    act(node, hand("unit_head", unit), c.Reply, case, order_id=order, note="已安排")
    act(node, hand("leader"), c.Settle, case, order_id=order)
    (told,) = [o for o in Gateway(node).cases.file(case, hand("leader"))["orders"] if o["order_id"] == order]  # type: ignore[index]
    assert (told["receipt"], told["read_by"], told["replies"], told["reply"]) == ("settled", "unit_head", 1, "已安排")


def test_nobody_acts_on_what_they_may_not_see(node: Node, case: str) -> None:
    other = Viewer("far", frozenset({"duty_officer"}), Scope(frozenset({"360521"})))
    with pytest.raises(CommandRefused, match="no_such_case"):
        act(node, other, c.Accept, case)


def test_a_drill_is_a_world_of_its_own(node: Node, case: str) -> None:
    with pytest.raises(CommandRefused, match="no_such_case"):
        Gateway(node).cases.command(
            c.Accept(id=new(), case_id=case),
            Viewer("d", frozenset({"duty_officer"}), Scope(frozenset({"360500"})), exercise=True),
        )
