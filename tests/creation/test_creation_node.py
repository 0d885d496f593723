"""Villages on a node: once however often a command comes, kept by their hands from the feed, equal after a rebuild."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pipelines.config import load
from pipelines.contract.creation import COMMANDS, CreationCommand
from pipelines.contract.events import SafetyBreached, SafetyRectified, SafetyStageReached, to_table
from pipelines.contract.scope import Scope, Viewer
from pipelines.contract.time import FrozenClock
from pipelines.creations import CreationReceipt
from pipelines.errors import CommandRefused
from pipelines.node import Node

NOW = datetime(2026, 3, 4, 6, 0, tzinfo=UTC)


@pytest.fixture
def node() -> Iterator[Node]:
    with Node.open(load(pack="xinyu"), clock=FrozenClock(NOW)) as opened:
        opened.start()
        yield opened


def village(node: Node, number: int = 0) -> str:
    return sorted(area.id for area in node.areas.areas.values() if area.level == "village")[number]


def hand(node: Node, role: str, user: str = "") -> Viewer:
    return Viewer(user or role, frozenset({role}), Scope(frozenset({node.areas.root.id})))


def asked(node: Node, name: str, **fields: Any) -> CreationCommand:
    given = {"id": str(uuid.uuid4()), "area_id": village(node), "year": 2026}
    return COMMANDS[name](**given | fields)


def do(node: Node, role: str, name: str, **fields: Any) -> CreationReceipt:
    return node.create_safety(asked(node, name, **fields), hand(node, role))


def named(node: Node) -> None:
    """Bring the village to its name by six people."""
    do(node, "duty_officer", "nominate", batch="新创")
    do(node, "duty_officer", "self_check")
    do(node, "shift_lead", "review")
    do(node, "inspector", "county_check")
    do(node, "shift_lead", "publicise", days=5)
    node.city_clock = FrozenClock(NOW + timedelta(days=6))
    do(node, "leader", "sign_naming")
    assert do(node, "shift_lead", "sign_naming").stage == "named"


def told(node: Node, kind: type[Any], **fields: Any) -> None:
    """Let the feed tell something, as a played source does."""
    at = node.now()
    given = {"id": str(uuid.uuid4()), "happened_at": at, "received_at": at, "source": "live", "simulated": True}
    events = to_table([kind(**given | {"area_id": village(node), "year": 2026} | fields)])
    stored = node.submit(node.decisions.foreign(events)).result()
    while node.follower.position < stored.position:
        time.sleep(0.01)


def stage(node: Node, number: int = 0) -> str | None:
    rows = node.query(f"select stage from safety_creation where area_id = '{village(node, number)}'").to_pylist()
    return rows[0]["stage"] if rows else None


def test_a_village_is_named_by_the_hands_of_many_and_told_in_every_view(node: Node) -> None:
    named(node)
    assert stage(node) == "named"
    (row,) = node.ask("safety_villages", village(node)).to_pylist()
    assert (row["stage"], row["batch"], row["finished"]) == ("named", "新创", True)
    assert [step.stage for step in node.creations.village(village(node), 2026).steps] == [
        "candidate", "self_check", "township_review", "county_check", "publicity", "named",
    ]  # fmt: skip
    assert node.verify() == []
    assert {name: rows for name, rows in node.checks().items() if rows} == {}


def test_a_command_happens_once_however_often_it_comes(node: Node) -> None:
    command = asked(node, "nominate", batch="培育")
    first, again = (node.create_safety(command, hand(node, "duty_officer")) for _ in range(2))
    assert (first.events, first.last_seq, first.happened_at) == (again.events, again.last_seq, again.happened_at)
    with pytest.raises(CommandRefused, match="used_already"):
        node.create_safety(asked(node, "nominate", id=command.id, year=2027, batch="培育"), hand(node, "duty_officer"))


def test_a_feed_does_not_move_what_a_hand_moved_but_tells_of_its_red_lines(node: Node) -> None:
    named(node)
    told(node, SafetyStageReached, batch="新创", stage="self_check")
    assert stage(node) == "named"
    told(node, SafetyStageReached, batch="新创", stage="self_check", year=2027)
    told(node, SafetyStageReached, batch="新创", stage="county_check", area_id=village(node, 1))
    assert stage(node, 1) == "county_check"
    told(node, SafetyBreached, reason="命案")
    assert do(node, "inspector", "warn", reason="命案").stage == "warned"
    assert do(node, "duty_officer", "rectify").stage == "rectifying"
    with pytest.raises(CommandRefused, match="red_line_open"):
        do(node, "inspector", "keep")
    told(node, SafetyRectified, reason="命案")
    assert do(node, "inspector", "keep").stage == "kept"
    assert node.verify() == []


def test_a_village_that_a_feed_brought_on_goes_on_by_hand(node: Node) -> None:
    node.city_clock = FrozenClock(NOW - timedelta(days=20))
    told(node, SafetyStageReached, batch="新创", stage="publicity")
    node.city_clock = FrozenClock(NOW)
    do(node, "leader", "sign_naming")
    assert do(node, "shift_lead", "sign_naming").stage == "named"
