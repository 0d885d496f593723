"""A dispute's case tells its stage, and who mediates it to those who see persons alone."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from dashboard.gateway import Gateway
from pipelines.config import load
from pipelines.contract import commands as c
from pipelines.contract.events import CaseReported, to_table
from pipelines.contract.scope import Scope, Viewer
from pipelines.contract.time import FrozenClock
from pipelines.node import Node

NOW = datetime(2026, 11, 20, 6, 32, 5, tzinfo=UTC)
TOLD = ("dispute_stage", "scale", "warning_level", "way", "mediator", "mediation_rounds")


def hand(role: str) -> Viewer:
    return Viewer(f"{role} 龘齉", frozenset({role}), Scope(frozenset({"360500"})))


def reported(case: str, category: str) -> CaseReported:
    return CaseReported(
        id=f"{case}:r", happened_at=NOW, received_at=NOW, source="pocket", area_id="360502001001001", case_id=case,
        category=category, category_group=category[:2], channel="grid", simulated=True,
    )  # fmt: skip


def told(door: Gateway, case: str, role: str) -> tuple[Any, ...]:
    found = door.cases.open(case, hand(role))
    assert found is not None
    return tuple(found["case"][name] for name in TOLD)


def test_a_dispute_tells_how_far_it_is_and_a_masked_eye_not_who_mediates() -> None:
    with Node.open(load(pack="xinyu"), clock=FrozenClock(NOW)) as node:
        node.append(to_table([reported("pocket:md", "MD01"), reported("pocket:cg", "CG01")]))
        door = Gateway(node)
        assert told(door, "pocket:cg", "duty_officer") == (None, None, None, None, None, 0)
        assert told(door, "pocket:md", "duty_officer") == ("registered", None, None, None, None, 0)
        officer, mediator = hand("duty_officer"), hand("mediator")
        steps: list[tuple[Viewer, type[c.Command], dict[str, Any]]] = [
            (officer, c.Accept, {}),
            (officer, c.Triage, {"scale": "group", "warning_level": "2"}),
            (officer, c.Route, {"way": "people"}),
            (mediator, c.BeginMediation, {}),
            (mediator, c.HoldRound, {"note": "words"}),
        ]
        for by, kind, fields in steps:
            door.cases.command(kind(id=str(uuid.uuid4()), case_id="pocket:md", **fields), by)
        expected = ("mediating", "group", "2", "people", mediator.user, 1)
        assert told(door, "pocket:md", "mediator") == expected
        masked = told(door, "pocket:md", "wall_director")
        assert masked[:4] + masked[5:] == expected[:4] + expected[5:]
        assert masked[4] != mediator.user
