"""The door for villages: what is told, what is refused and in which words, and who is in the audit."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from dashboard.app import build
from dashboard.identity.audit_search import Wanted, newest
from pipelines.config import load
from pipelines.contract.time import FrozenClock
from pipelines.node import Node

from .test_creation_node import NOW, do, village

CONFLICT, MISSING, UNREADABLE = 409, 404, 422


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    config = load(pack="xinyu").model_copy(update={"sign_in": None})
    with Node.open(config, clock=FrozenClock(NOW)) as opened:
        opened.start()
        yield opened


@pytest.fixture(scope="module")
def client(node: Node) -> TestClient:
    client = TestClient(build(node, "t" * 32), base_url="http://127.0.0.1")
    client.headers["citybrain-request"] = "1"
    return client


def sent(client: TestClient, node: Node, command: str, **fields: Any) -> Any:
    given = {"id": str(uuid.uuid4()), "area_id": village(node), "year": 2026, "command": command}
    return client.post("/api/v1/creation?lang=en", json=given | fields)


def test_a_village_goes_its_way_through_the_door(client: TestClient, node: Node) -> None:
    told = client.get(f"/api/v1/creation/{village(node)}?year=2026").json()
    assert (told["stage"], told["batches"]) == ("none", ["巩固", "新创", "培育"])
    assert [one["command"] for one in told["commands"] if one["allowed"]] == ["nominate"]
    receipt = sent(client, node, "nominate", batch="新创").json()
    assert (receipt["stage"], receipt["events"]) == ("candidate", ["safety-stage-reached"])
    assert sent(client, node, "self_check").json()["stage"] == "self_check"
    own = sent(client, node, "review")
    assert (own.status_code, own.json()["refused"]) == (403, "own_step")
    assert own.json()["message"] == "The step before was your own; another has to confirm it"
    do(node, "shift_lead", "review")
    do(node, "inspector", "county_check")
    do(node, "shift_lead", "publicise", days=5)
    early = sent(client, node, "sign_naming")
    assert (early.status_code, early.json()["message"]) == (CONFLICT, "It is public until 2026-03-09 14:00")
    node.city_clock = FrozenClock(NOW + timedelta(days=6))
    assert sent(client, node, "sign_naming").json()["stage"] == "publicity"
    told = client.get(f"/api/v1/creation/{village(node)}?year=2026&lang=en").json()
    assert [one["by"] for one in told["signatures"]] == ["local"]
    (twice,) = (one for one in told["commands"] if one["command"] == "sign_naming")
    assert (twice["allowed"], twice["message"]) == (False, "You signed; somebody else has to sign too")
    assert do(node, "leader", "sign_naming").stage == "named"


def test_what_is_asked_wrongly_is_said(client: TestClient, node: Node) -> None:
    assert client.get("/api/v1/creation/360500?year=2026").status_code == MISSING
    assert client.get("/api/v1/creation/elsewhere?year=2026").json()["refused"] == "no_such_village"
    assert sent(client, node, "nominate", area_id="elsewhere", batch="新创").status_code == MISSING
    assert sent(client, node, "abolish").status_code == UNREADABLE
    assert sent(client, node, "publicise", days=1).status_code == UNREADABLE
    late = sent(client, node, "county_check", seen=0)
    assert (late.status_code, late.json()["refused"]) == (CONFLICT, "moved_meanwhile")


def test_every_hand_and_every_refusal_is_in_the_audit(client: TestClient, node: Node) -> None:
    sent(client, node, "rectify")
    notes = newest(node.registry, Wanted()).entries
    acts = [(note.act, note.what) for note in notes if note.where == f"{village(node)}:2026"]
    assert ("command", "nominate") in acts
    assert ("refused_command", "rectify") in acts
