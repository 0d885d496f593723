"""Over HTTP: what hands do is in the audit with who, what, when and from which device; the auditor alone reads it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from dashboard import app
from dashboard.identity.accounts import Account, Accounts
from dashboard.identity.audit import AUDIT
from pipelines.config import load
from pipelines.config.sign_in import SignIn
from pipelines.contract.events import CaseReported, to_table
from pipelines.contract.time import FrozenClock
from pipelines.node import Node

NOW = datetime(2026, 11, 20, 6, 32, 5, tzinfo=UTC)
GRID, COUNTY, CASE = "360502001001001", "360502", "test:1"
EDGE = "Mozilla/5.0 (Windows NT 10.0) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0"
REPORT = str(uuid.uuid5(uuid.NAMESPACE_OID, "1"))
OURS = {"citybrain-request": "1", "user-agent": EDGE}
URL = "http://127.0.0.1:8050"
PEOPLE = {"duty_officer": COUNTY, "grid_worker": GRID, "analyst": "360500", "security_admin": None, "auditor": None}


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    config = load(pack="xinyu").model_copy(update={"sign_in": SignIn()})
    with Node.open(config, clock=FrozenClock(NOW)) as opened:
        opened.start()
        accounts = Accounts(opened.registry, opened.wall_clock.now)
        for role, area in PEOPLE.items():
            areas = frozenset({area}) if area else frozenset[str]()
            accounts.save(Account(user=role, name=role, roles=frozenset({role}), areas=areas, demo=True))
        event = CaseReported(
            id="e", happened_at=NOW, received_at=NOW, source="pocket", area_id=GRID, case_id=CASE, category="CG0102",
            channel="grid", priority="high", simulated=True, actor="worker", title="路灯不亮 张三 13800001111",
        )  # fmt: skip
        opened.submit(to_table([event])).result()
        opened._writer.do(lambda: opened.follower.catch_up(opened.log))
        yield opened


@pytest.fixture(scope="module")
def server(node: Node) -> FastAPI:
    return app.build(node, "token")


def browser(server: FastAPI, user: str, address: str = "10.2.3.4") -> TestClient:
    client = TestClient(server, base_url=URL, follow_redirects=False, client=(address, 1), headers=OURS)
    assert client.post("/api/sign-in", json={"user": user, "demo": True}).status_code == 200
    return client


def order(client: TestClient, command: str, case: str = CASE) -> int:
    wanted = {"command": command, "id": str(uuid.uuid4()), "case_id": case}
    return client.post("/api/v1/commands", json=wanted, headers={"referer": f"{URL}/desk?lang=en"}).status_code


def found(auditor: TestClient, **asked: Any) -> list[dict[str, Any]]:
    answer = auditor.get("/api/audit", params=asked)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["entries"])


@pytest.fixture(scope="module")
def auditor(server: FastAPI) -> TestClient:
    """The auditor, after a day on which somebody did something of every kind."""
    officer, analyst = browser(server, "duty_officer"), browser(server, "analyst", "10.2.3.5")
    for _ in range(3):
        assert officer.get(f"/api/v1/cases/{CASE}", headers={"citybrain-screen": "desk"}).status_code == 200
    assert order(officer, "accept") == 200
    assert order(officer, "accept") == 409
    question = {"metric": "open_cases", "area": "360500", "format": "csv"}
    assert analyst.get("/api/analysis/export", params=question).status_code == 200
    worker = browser(server, "grid_worker")
    assert worker.get("/desk").status_code == 403
    assert order(worker, "verify", "test:no-such") == 404
    moment = {"happened_at": NOW.isoformat(), "sent_at": NOW.isoformat()}
    report = {"id": REPORT, "category": "CG0102", "priority": "high", "description": "渣土", "area": GRID}
    assert worker.post("/api/reports", json=report | moment).status_code == 200
    guard = browser(server, "security_admin")
    assert guard.post("/api/view-as", json={"user": "duty_officer"}).status_code == 200
    assert guard.post("/api/sign-out").status_code == 204
    return browser(server, "auditor", "10.9.9.9")


@pytest.mark.parametrize(
    ("act", "user", "what", "where", "address", "screen"),
    [
        ("command", "duty_officer", "accept", CASE, "10.2.3.4", "desk"),
        ("refused_command", "duty_officer", "accept", CASE, "10.2.3.4", "desk"),
        ("refused_command", "grid_worker", "verify", "test:no-such", "10.2.3.4", "desk"),
        ("command", "grid_worker", "report", f"pocket:{REPORT}", "10.2.3.4", None),
        ("sealed", "duty_officer", "case", CASE, "10.2.3.4", "desk"),
        ("export", "analyst", "open_cases.csv", "360500", "10.2.3.5", None),
        ("denied", "grid_worker", "screen desk", "/desk", "10.2.3.4", "desk"),
        ("view_as", "security_admin", "view_as", "view as duty_officer", "10.2.3.4", None),
        ("sign_in", "analyst", "sign_in", "local", "10.2.3.5", None),
        ("sign_out", "duty_officer", "sign_out", "/api/sign-out", "10.2.3.4", None),
    ],
)
def test_each_act_is_there_once_with_who_what_where_and_from_which_device(
    auditor: TestClient, act: str, user: str, what: str, where: str, address: str, screen: str | None
) -> None:
    one = [entry for entry in found(auditor, act=act, user=user, what=where) if entry["what"] == what]
    assert len(one) == 1
    told = {"act": act, "user": user, "what": what, "where": where, "address": address, "device": EDGE}
    assert one[0] | told | {"screen": screen} == one[0]
    assert one[0]["seen_by"] == ("security_admin" if act == "sign_out" else None)
    assert timedelta() <= datetime.now(UTC) - datetime.fromisoformat(one[0]["at"]) < timedelta(minutes=2)
    assert one[0]["session"]


def test_what_was_seen_ordered_and_taken_away_is_told(auditor: TestClient) -> None:
    told = {act: found(auditor, act=act)[-1]["detail"] for act in ("command", "refused_command", "sealed", "export")}
    assert told["command"]["events"]
    assert told["refused_command"]["code"]
    assert "title" in told["sealed"]["fields"]
    assert "13800001111" not in str(found(auditor)), "the audit holds no person's data itself"
    assert (told["export"]["metric"], len(told["export"]["sha256"])) == ("open_cases", 64)


@pytest.mark.parametrize("door", ["", "/head", "/verify"])
@pytest.mark.parametrize("user", [user for user in PEOPLE if user != "auditor"])
def test_nobody_else_reads_it_nor_who_views_as_the_auditor(
    server: FastAPI, auditor: TestClient, user: str, door: str
) -> None:
    client = browser(server, user)
    assert client.get(f"/api/audit{door}").status_code == 403
    assert found(auditor, act="denied", user=user, limit=1)[0]["what"] == "read_audit"
    if user == "security_admin":
        assert client.post("/api/view-as", json={"user": "auditor"}).status_code == 200
        doors = [f"/api/audit{door}", "/api/deeds", "/api/denials", "/api/pairing/log"]
        assert [client.get(path).status_code for path in doors] == [403] * 4
        seen = found(auditor, act="denied", user="auditor")
        assert {one["seen_by"] for one in seen} == {"security_admin"}
    assert TestClient(server, base_url=URL).get(f"/api/audit{door}").status_code == 401


def test_each_look_of_the_auditor_is_in_it(auditor: TestClient) -> None:
    before = found(auditor, limit=1)[0]["number"]
    found(auditor, user="duty", since="2026-01-01T00:00:00+08:00")
    assert auditor.get("/api/audit/verify").json()["broken"] is None
    assert len(auditor.get("/api/denials").json()) > 1
    looks = found(auditor, after=before)
    assert [one["what"] for one in looks] == ["search", "search", "verify", "read"]
    assert looks[1]["detail"] == {"user": "duty", "since": "2026-01-01T00:00:00+08:00"}
    assert {(one["user"], one["address"]) for one in looks} == {("auditor", "10.9.9.9")}


@pytest.mark.parametrize("asked", ["act=none", "since=2026-01-01T00:00:00", "limit=1001", "limit=0", "after=-1"])
def test_a_question_that_is_none_is_refused(auditor: TestClient, asked: str) -> None:
    assert auditor.get(f"/api/audit?{asked}").status_code == 422


def test_the_page_proves_it_whole_and_names_what_is_not(auditor: TestClient, node: Node) -> None:
    head = auditor.get("/api/audit/head").json()["head"]
    proof = auditor.get("/api/audit/verify", params={"head": head}).json()
    assert (proof["broken"], proof["count"]) == (None, int(head.split(":")[0]) + 1)
    other = auditor.get("/api/audit/verify", params={"head": f"{head[:-1]}{'1' if head[-1] == '0' else '0'}"}).json()
    assert other["broken"] == {"number": int(head.split(":")[0]), "fault": "other"}
    assert auditor.get("/api/audit/verify?head=3").json()["refused"] == "unreadable"
    registry: Any = node.registry
    registry._ask("delete from entries where kind = ? and number = 3", AUDIT)
    assert auditor.get("/api/audit/verify").json()["broken"] == {"number": 3, "fault": "missing"}
