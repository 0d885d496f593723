"""A dispute from its registration to its follow-ups; who it is between is open to its team alone, never in the log."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from dashboard.gateway import Gateway
from pipelines.config import load
from pipelines.contract import commands as c
from pipelines.contract import parties
from pipelines.contract.events import CaseReported, to_table
from pipelines.contract.scope import Scope, Viewer
from pipelines.contract.time import FrozenClock
from pipelines.errors import CommandRefused
from pipelines.node import Node

NOW = datetime(2026, 11, 20, 6, 32, 5, tzinfo=UTC)
CASE = "pocket:dispute"
PEOPLE = json.dumps({"parties": [{"name": "龘齉先生", "id_number": "36050219900101001X"}]}).encode()


@pytest.fixture
def node() -> Iterator[Node]:
    with Node.open(load(pack="xinyu"), clock=FrozenClock(NOW)) as opened:
        event = CaseReported(
            id=f"{CASE}:r", happened_at=NOW, received_at=NOW, source="pocket", area_id="360502001001001", case_id=CASE,
            category="MD01", category_group="MD", channel="grid", simulated=True,
        )  # fmt: skip
        opened.append(to_table([event]))
        yield opened


@pytest.fixture
def noted() -> list[tuple[str, ...]]:
    return []


@pytest.fixture
def door(node: Node, noted: list[tuple[str, ...]]) -> Gateway:
    return Gateway(
        node,
        audit=lambda viewer, act, what, _where, detail: noted.append(
            (viewer.user, act, what, detail.get("reason", ""))
        ),
    )


def hand(role: str, name: str | None = None) -> Viewer:
    return Viewer(name or role, frozenset({role}), Scope(frozenset({"360500"})))


def act(door: Gateway, by: Viewer, cls: type[c.Command], **fields: Any) -> str:
    return str(door.cases.command(cls(id=str(uuid.uuid4()), case_id=CASE, **fields), by)["state"])


def test_a_dispute_is_judged_led_mediated_performed_and_looked_at_again(node: Node, door: Gateway) -> None:
    mediator = hand("mediator")
    act(door, hand("duty_officer"), c.Accept)
    act(door, mediator, c.Triage, scale="group", warning_level="1")
    with pytest.raises(CommandRefused, match="wrong_stage"):
        act(door, mediator, c.BeginMediation)
    act(door, mediator, c.Route, way="people")
    with pytest.raises(CommandRefused, match="needs_leader"):
        act(door, mediator, c.BeginMediation)
    act(door, hand("leader"), c.Lead)
    assert act(door, mediator, c.BeginMediation) == "handling"
    with pytest.raises(CommandRefused, match="not_your_dispute"):
        act(door, hand("mediator", "another"), c.HoldRound, note="x")
    act(door, mediator, c.HoldRound, note="第一轮")
    act(door, mediator, c.Agree, note="各退一步")
    assert act(door, mediator, c.Perform) == "handled"
    with pytest.raises(CommandRefused, match="own_handling"):
        act(door, Viewer("mediator", frozenset({"checker"}), Scope(frozenset({"360500"}))), c.CheckPass)
    act(door, hand("checker"), c.CheckPass)
    act(door, hand("duty_officer"), c.Close)
    act(door, mediator, c.FollowUp, days=7)
    assert act(door, mediator, c.Relapse, reason="not_kept") == "filed"
    (row,) = node.query("select dispute_stage, mediator, mediation_rounds, warning_level from cases").to_pylist()
    assert row == {"dispute_stage": "routed", "mediator": "mediator", "mediation_rounds": 1, "warning_level": "1"}
    assert not node.verify()


def test_the_parties_are_open_to_the_team_alone_and_each_look_is_noted(
    node: Node, door: Gateway, noted: list[tuple[str, ...]]
) -> None:
    door.sealed.register(CASE, parties.read(PEOPLE), hand("duty_officer"))
    mediator = hand("mediator")
    for stranger in (hand("duty_officer"), mediator, hand("leader"), hand("inspector")):
        with pytest.raises(CommandRefused, match="not_of_team"):
            door.sealed.opened(CASE, "好奇想看看", stranger)
    act(door, hand("duty_officer"), c.Accept)
    act(door, mediator, c.Triage, scale="individual", warning_level="3")
    act(door, mediator, c.Route, way="people")
    act(door, mediator, c.BeginMediation)
    with pytest.raises(CommandRefused, match="needs_reason"):
        door.sealed.opened(CASE, " ", mediator)
    found = door.sealed.opened(CASE, "准备第一轮调解", mediator)
    assert found is not None
    assert found.parties[0].name == "龘齉先生"
    assert ("mediator", "sealed", "parties", "准备第一轮调解") in noted
    told = json.dumps([node.query(f"from {name}").to_pylist() for name in ("log", "cases")], default=str)
    assert "龘齉" not in told
    assert "36050219900101001X" not in told


def test_a_case_that_is_no_dispute_has_no_parties_and_no_mediation(node: Node, door: Gateway) -> None:
    event = CaseReported(
        id="other", happened_at=NOW, received_at=NOW, source="pocket", area_id="360502001001001", case_id="other",
        category="CG0102", category_group="CG01", channel="grid", simulated=True,
    )  # fmt: skip
    node.append(to_table([event]))
    with pytest.raises(CommandRefused, match="no_dispute"):
        door.sealed.register("other", parties.read(PEOPLE), hand("duty_officer"))
    shown = {ability["command"] for ability in door.cases.file("other", hand("mediator"))["commands"]}  # type: ignore[index]
    assert not shown & {"triage", "route", "begin_mediation"}
