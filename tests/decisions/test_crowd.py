"""Fifty people act at once on the same twenty cases: every outcome is explained, the log and the marts agree."""

from __future__ import annotations

import random
import threading
import uuid
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from dashboard.gateway import Gateway
from pipelines.config import load
from pipelines.contract.commands import COMMANDS, Command
from pipelines.contract.events import CaseReported, to_table
from pipelines.contract.lifecycle import next_state
from pipelines.contract.reasons import REASONS
from pipelines.contract.scope import Scope, Viewer
from pipelines.contract.time import FrozenClock
from pipelines.errors import CommandRefused
from pipelines.node import Node

NOW = datetime(2026, 11, 20, 6, 32, 5, tzinfo=UTC)
PEOPLE, CASES, ACTS = 50, 20, 6
ROLES = (
    "duty_officer", "dispatcher", "unit_handler", "unit_head", "checker", "shift_lead", "inspector", "leader",
    "grid_worker", "reporter",
)  # fmt: skip
EXPLAINED = {
    "wrong_state", "acted_meanwhile", "not_your_role", "not_your_unit", "not_your_case", "own_handling", "no_such_case",
    "child_open", "not_checked", "asked_already", "nothing_asked", "rated_already", "no_such_order", "no_reply",
    "settled_already", "drawn_already", "not_drawn", "led_already", "void_too_late", "needs_result", "not_later",
    "no_such_parent", "no_such_file", "no_such_level", "merges_into_itself", "rating_over", "not_your_order",
    "no_dispute",     "needs_time",
}  # fmt: skip


@pytest.fixture
def node() -> Iterator[Node]:
    with Node.open(load(pack="xinyu"), clock=FrozenClock(NOW)) as opened:
        opened.start()
        yield opened


def test_fifty_people_on_twenty_cases(node: Node) -> None:
    units = [row["unit_id"] for row in node.query("select unit_id from units order by 1 limit 3").to_pylist()]
    cases = [f"crowd:{number}" for number in range(CASES)]
    node.submit(to_table(_reported(case_id) for case_id in cases)).result()
    gateway, told = Gateway(node), Told()
    people = [threading.Thread(target=_act, args=(gateway, told, cases, units, seed)) for seed in range(PEOPLE)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert told.strange == []
    assert len(told.receipts) + sum(told.refused.values()) == PEOPLE * ACTS
    assert set(told.refused) <= EXPLAINED
    log = node.query("select * from log where source = 'command' order by seq").to_pylist()
    assert {row["cause"] for row in log} == set(told.receipts), "what was acknowledged is in the log, and nothing else"
    _one_legal_life_each(node, cases)
    assert node.verify() == []
    assert {name: found for name, found in node.checks().items() if found} == {}


class Told:
    """What the people were told."""

    def __init__(self) -> None:
        self.receipts: dict[str, dict[str, Any]] = {}
        self.refused: Counter[str] = Counter()
        self.strange: list[BaseException] = []


def _act(gateway: Gateway, told: Told, cases: list[str], units: list[str], seed: int) -> None:
    draw = random.Random(seed)
    role = ROLES[seed % len(ROLES)]
    unit = draw.choice(units) if role.startswith("unit") else None
    bound = draw.choice(cases) if role == "reporter" else None
    viewer = Viewer(f"{role}-{seed}", frozenset({role}), Scope(frozenset({"360500"}), unit), case=bound)
    for _ in range(ACTS):
        case = bound or draw.choice(cases)
        seen = gateway.cases.file(case, viewer)
        likely = [ability["command"] for ability in seen["commands"] if ability["allowed"]] if seen else []
        name = draw.choice(likely) if likely and draw.random() < 0.8 else draw.choice(sorted(COMMANDS))
        command = _command(name, case, units, cases, seen, draw)
        try:
            told.receipts[command.id] = gateway.cases.command(command, viewer)
        except CommandRefused as refused:
            told.refused[refused.code] += 1
            if refused.code == "acted_meanwhile" and not refused.values["kind"]:
                told.strange.append(refused)
        except BaseException as error:
            told.strange.append(error)


def _command(
    name: str, case: str, units: list[str], cases: list[str], seen: dict[str, Any] | None, draw: random.Random
) -> Command:
    later = datetime(2026, 12, 1, tzinfo=UTC)
    orders = [order["order_id"] for order in seen["orders"]] if seen else []
    values: dict[str, Any] = {
        "reason": draw.choice(REASONS.get(name, ("complex",))), "unit_id": draw.choice(units), "category": "CG0102",
        "parent_id": draw.choice(cases), "receipt": "read", "stage": "after" if name == "attach" else "fence",
        "wish": "extend", "until_at": later, "rating": 4, "draw_id": "draw", "seed": "1", "card": "yellow",
        "order_id": draw.choice([*orders, "none"]), "note": "说明",
        "attachments": ("a" * 64,) if name == "attach" else (),
        "seen": seen["case"]["last_seq"] if seen else None, "level": None, "scale": "group",
        "warning_level": "2", "way": "people", "days": 7,
    }  # fmt: skip
    cls = COMMANDS[name]
    fields = {field: value for field, value in values.items() if field in cls.__struct_fields__}
    return cls(**fields | {"id": str(uuid.UUID(int=draw.getrandbits(128), version=4)), "case_id": case})


def _reported(case_id: str) -> CaseReported:
    return CaseReported(
        id=f"{case_id}:case-reported", happened_at=NOW, received_at=NOW, source="pocket", area_id="360502001001001",
        case_id=case_id, category="CG0102", channel="grid", priority="high", simulated=True, actor="grid_worker-8",
    )  # fmt: skip


def _one_legal_life_each(node: Node, cases: list[str]) -> None:
    """Replay every case's events through the lifecycle: each step was legal, and leads to the state of the mart."""
    rows = node.query("select case_id, kind from log where case_id is not null order by seq").to_pylist()
    states: dict[str, str | None] = {}
    for row in rows:
        states[row["case_id"]] = next_state(states.get(row["case_id"]), row["kind"])
    mart = {row["case_id"]: row["state"] for row in node.query("select case_id, state from cases").to_pylist()}
    assert states == mart
    assert set(cases) <= set(mart)
