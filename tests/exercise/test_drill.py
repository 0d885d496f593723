"""An exercise lives apart: its cases go the whole way, and are in no answer but those that ask for them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from dashboard.app import build
from dashboard.gateway import Gateway
from dashboard.identity.drill import may_drill
from dashboard.link.opening import open_rooms
from dashboard.link.refusal import LinkRefused
from pipelines.config import load
from pipelines.contract import commands as c
from pipelines.contract import reporting
from pipelines.contract.scope import Scope, Viewer
from pipelines.contract.time import FrozenClock
from pipelines.errors import CommandRefused
from pipelines.node import Node
from pipelines.views import catalogue

NOW = datetime(2026, 11, 20, 6, 32, 5, tzinfo=UTC)
CITY, GRID = "360500", "360502001001001"
DRILL = {"exercise": "1"}


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    unsigned = load(pack="xinyu").model_copy(update={"sign_in": None})
    with Node.open(unsigned, clock=FrozenClock(NOW)) as opened:
        opened.start()
        yield opened


def hand(role: str, unit: str | None = None, *, exercise: bool = True, name: str | None = None) -> Viewer:
    return Viewer(name or role, frozenset({role}), Scope(frozenset({CITY}), unit), exercise=exercise)


def report(node: Node, by: Viewer) -> str:
    told = reporting.Report(
        id=str(uuid.uuid4()), category="CG0102", happened_at=NOW, sent_at=NOW, description="演练积水", area=GRID
    )
    return str(Gateway(node).reports.take(told, by)["case_id"])


def act(node: Node, by: Viewer, cls: type[c.Command], case: str, **fields: Any) -> None:
    Gateway(node).cases.command(cls(id=str(uuid.uuid4()), case_id=case, **fields), by)


def through(node: Node, case: str) -> None:
    """Lead a drill's case through every hand to its evaluation."""
    unit = str(node.query("select min(unit_id) as u from units").to_pylist()[0]["u"])
    for by, cls, fields in (
        (hand("duty_officer"), c.Accept, {}), (hand("dispatcher"), c.Dispatch, {"unit_id": unit}),
        (hand("unit_head", unit), c.Sign, {}), (hand("leader"), c.Direct, {"note": "速办"}),
        (hand("unit_head", unit), c.Finish, {"note": "已排除"}), (hand("checker"), c.CheckPass, {}),
        (hand("duty_officer"), c.Close, {}), (hand("inspector"), c.Evaluate, {}),
    ):  # fmt: skip
        act(node, by, cls, case, **fields)


def seen(node: Node, by: Viewer) -> dict[str, Any]:
    """Return everything that a hand sees of the city."""
    gateway = Gateway(node)
    told = {view: gateway.ask(view, CITY, by) for view in catalogue()}
    told |= {
        f"metric {one['name']}": gateway.metric(one["name"], CITY, by, [], None, None) for one in gateway.metrics()
    }
    return {name: sorted(map(str, rows)) for name, rows in told.items()}


def test_a_drill_lives_apart_from_life(node: Node) -> None:
    life = hand("duty_officer", exercise=False)
    before = seen(node, life)
    open_one, whole = (report(node, hand("grid_worker")) for _ in range(2))
    through(node, whole)
    assert seen(node, life) == before
    gateway, drill = Gateway(node), hand("duty_officer")
    assert {row["case_id"] for row in gateway.ask("queue", CITY, drill)} == {open_one}
    file = gateway.cases.file(whole, drill)
    assert file is not None
    assert (file["case"]["state"], len(file["orders"])) == ("evaluated", 2)
    assert gateway.cases.file(whole, life) is gateway.cases.open(whole, life) is None
    with pytest.raises(CommandRefused, match="no_such_case"):
        act(node, life, c.Comment, open_one, note="x")
    marks = node.query(f"select bool_and(exercise) as e from log where case_id in ('{open_one}', '{whole}')")
    assert marks.to_pylist() == [{"e": True}]
    assert not node.verify()


def test_every_door_tells_of_the_drill_only_who_asks_for_it(node: Node) -> None:
    case = report(node, hand("grid_worker"))
    with TestClient(build(node, "t"), base_url="http://127.0.0.1") as client:

        def cases(path: str, **asked: str) -> str:
            answer = client.get(path, params=asked)
            assert answer.status_code == 200, answer.text
            return answer.text

        for path, asked in (("/api/queue", {"area": CITY}), ("/api/search", {"area": CITY, "q": "演练积水"})):
            assert case in cases(path, **asked, **DRILL)
            assert case not in cases(path, **asked)
        header = client.get(f"/api/v1/cases/{case}", headers={"citybrain-exercise": "1"})
        assert header.json()["case"]["case_id"] == case
        assert client.get(f"/api/v1/cases/{case}").status_code == 404
        for asked in ({}, DRILL):
            assert case not in cases("/open311/v2/requests.json", **asked)
        asked = {"metric": "reported", "area": CITY, "format": "csv", "language": "zh"}
        drilled = client.get("/api/analysis/export", params=asked | DRILL)
        plain = client.get("/api/analysis/export", params=asked)
        assert "EXERCISE-" in drilled.headers["content-disposition"]
        assert "演练" in drilled.text.splitlines()[0]
        assert "EXERCISE" not in plain.headers["content-disposition"] + plain.text


def test_a_drill_has_rooms_of_its_own(node: Node) -> None:
    rooms = open_rooms(node, Gateway(node), "b")
    wall = Viewer("wall", frozenset({"wall"}), Scope(frozenset({CITY})), room="command")
    for viewer, name in ((wall, "command"), (replace(wall, exercise=True), "command~exercise")):
        assert rooms.of(name, viewer).name == name
        with pytest.raises(LinkRefused, match="there is no room"):
            rooms.of("command" if viewer.exercise else "command~exercise", viewer)


def test_who_takes_no_part_in_a_drill_is_told_so() -> None:
    assert all(may_drill(hand(role)) for role in ("grid_worker", "unit_head", "leader", "inspector", "wall"))
    assert not any(may_drill(hand(role)) for role in ("analyst", "guest", "system_admin", "auditor"))
