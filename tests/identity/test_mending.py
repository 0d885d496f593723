"""A command whose note could not be written is noted late, once, and whoever sends it again is answered."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from dashboard.api.v1.doors import mount
from dashboard.gateway import Gateway
from dashboard.identity.audit import Audit
from dashboard.identity.audit_search import Wanted, newest
from dashboard.identity.colleagues import Colleagues
from dashboard.identity.mending import Mending
from dashboard.identity.proof import prove
from dashboard.identity.viewing import viewing
from pipelines.config import load
from pipelines.contract.commands import Accept, Urge
from pipelines.contract.scope import Scope, Viewer
from pipelines.contract.time import FrozenClock
from pipelines.errors import RegistryError
from pipelines.node import Node
from tests.exercise.test_drill import CITY, NOW, report

OFFICER = Viewer("officer", frozenset({"duty_officer"}), Scope(frozenset({CITY})))


@pytest.fixture
def node() -> Iterator[Node]:
    with Node.open(load(pack="xinyu"), clock=FrozenClock(NOW)) as opened:
        opened.start()
        yield opened


def test_what_stands_without_a_note_is_noted_late_and_once(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    audit = Audit(node.registry, node.wall_clock.now)
    mending, gateway = Mending(node, audit), Gateway(node, audit=audit.note)
    case = report(node, OFFICER)
    accept, urge = Accept(id=str(uuid.uuid4()), case_id=case), Urge(id=str(uuid.uuid4()), case_id=case)
    gateway.cases.command(accept, OFFICER)
    with monkeypatch.context() as away:
        away.setattr(node.registry, "extend", _fail)
        with pytest.raises(RegistryError):
            gateway.cases.command(urge, OFFICER)
    file = node.decisions.file(case)
    assert file is not None
    assert file.last_kind == "case-urged", "it stands"
    # the report was taken by a gateway that heard nobody
    assert mending.note(mending.look()) == 2
    assert mending.note(mending.look()) == 0
    found = newest(node.registry, Wanted(acts=frozenset({"command"}))).entries
    late = {entry.detail["id"]: entry.user for entry in found if entry.detail.get("late")}
    assert (late.pop(urge.id), list(late.values())) == ("officer", ["officer"])
    assert [entry.detail["id"] for entry in found].count(accept.id) == 1
    assert prove(node.registry).broken is None


def test_whoever_sends_it_again_is_answered_and_it_is_noted(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    audit = Audit(node.registry, node.wall_clock.now)
    case = report(node, OFFICER)
    server = FastAPI()
    mount(server, node, Gateway(node, audit=audit.note), Colleagues(None, node.config.city.zone))
    server.dependency_overrides[viewing] = lambda: OFFICER
    client, body = TestClient(server), {"command": "accept", "id": str(uuid.uuid4()), "case_id": case}
    with monkeypatch.context() as away:
        away.setattr(node.registry, "extend", _fail)
        refused = client.post("/api/v1/commands", json=body)
    assert (refused.status_code, refused.json()["refused"]) == (503, "later")
    again = client.post("/api/v1/commands", json=body)
    assert (again.status_code, again.json()["events"]) == (200, ["case-filed"])
    mending = Mending(node, audit)
    mending.note(mending.look())
    found = newest(node.registry, Wanted(acts=frozenset({"command"}))).entries
    assert [entry.detail["id"] for entry in found].count(body["id"]) == 1


def _fail(*_: object, **__: object) -> None:
    raise RegistryError("the registry is away")
