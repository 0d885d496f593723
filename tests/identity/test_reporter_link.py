"""A reporter's link opens its one case and nothing else, until it is over, unless it is forged."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi import Depends, FastAPI
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from dashboard.api import attachments, reporter
from dashboard.api.v1 import commands
from dashboard.doorkeeper import Doorkeeper
from dashboard.gateway import Gateway
from dashboard.identity.access import Access
from dashboard.identity.gate import Gate
from dashboard.identity.reporters import HEADER, LIFE, LinkRefused, Reporters
from dashboard.identity.viewing import viewing
from pipelines.config import load
from pipelines.config.sign_in import SignIn
from pipelines.contract import commands as c
from pipelines.contract.events import CaseReported, to_table
from pipelines.contract.scope import Scope, Viewer
from pipelines.contract.time import FrozenClock
from pipelines.errors import CommandRefused
from pipelines.node import Node
from pipelines.registry.sqlite import SqliteRegistry
from tests.attachments import making

from .conftest import Hand

NOW = datetime(2026, 11, 20, 6, 32, 5, tzinfo=UTC)
CITY, GRID = "360500", "360502001001001"
NAMES = ("Wang-the-worker", "Li-the-officer", "Zhao-the-handler", "Sun-the-checker")


def reporters(hand: Hand, registry: SqliteRegistry | None = None) -> Reporters:
    return Reporters(registry or SqliteRegistry(None, hand.now), hand.now, CITY)


def code_of(links: Reporters, token: str) -> str:
    try:
        return links.read(token).case or ""
    except LinkRefused as refused:
        return refused.code


def test_a_link_is_its_case_s_until_it_is_over(hand: Hand) -> None:
    links = reporters(hand)
    token, until = links.link("pocket:1")
    viewer = links.read(token)
    assert (viewer.case, sorted(viewer.roles), viewer.lens.masked) == ("pocket:1", ["reporter"], True)
    assert links.link("pocket:1")[0] == token != links.link("pocket:2")[0]
    assert links.read(links.link("pocket:1", exercise=True)[0]).exercise
    hand.at = until - timedelta(seconds=1)
    assert code_of(links, token) == "pocket:1"
    hand.at = until
    assert code_of(links, token) == "expired"
    assert until - NOW <= LIFE + (hand.at - NOW)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_nobody_forges_a_link(data: st.DataObject) -> None:
    hand = Hand()
    links = reporters(hand)
    token, _ = links.link("open311:2026-000123")
    place = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.sampled_from("ABCabc019-_=.é"))
    forged = data.draw(
        st.sampled_from([token[:place] + other + token[place + 1 :], token[:place], token + other, other + token])
    )
    assert code_of(links, forged) == ("open311:2026-000123" if forged == token else "wrong")
    assert code_of(links, data.draw(st.text(max_size=120))) == "wrong"


def test_nodes_of_a_site_share_the_secret_and_a_new_one_ends_all_links(hand: Hand) -> None:
    registry = SqliteRegistry(None, hand.now)
    one, other = reporters(hand, registry), reporters(hand, registry)
    token, _ = one.link("case")
    assert code_of(other, token) == "case"
    assert code_of(reporters(hand), token) == "wrong"
    other.rotate()
    assert code_of(one, token) == "wrong"
    assert code_of(other, one.link("case")[0]) == "case"


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    with Node.open(load(pack="xinyu"), clock=FrozenClock(NOW)) as opened:
        opened.start()
        yield opened


@pytest.fixture
def links(node: Node) -> Reporters:
    return Reporters(node.registry, node.wall_clock.now, CITY)


@pytest.fixture
def server(node: Node, links: Reporters) -> FastAPI:
    made, gateway = FastAPI(), Gateway(node)
    for router in (commands.router(gateway), attachments.router(gateway), reporter.router(gateway, links, node.now)):
        made.include_router(router)

    @made.get("/api/queue")
    def other(viewer: Viewer = Depends(viewing)) -> str:  # noqa: B008
        return viewer.user

    gate = Gate(node.registry, node.wall_clock.now, node.areas, SignIn())
    made.add_middleware(Access, local=None, gate=gate, reporters=links)
    made.add_middleware(Doorkeeper, hosts=[], policy=lambda: "")
    return made


@pytest.fixture
def case(node: Node) -> str:
    case_id = f"test:{uuid.uuid4()}"
    event = CaseReported(
        id=f"{case_id}:case-reported", happened_at=NOW, received_at=NOW, source="pocket", area_id=GRID, case_id=case_id,
        category="CG0102", channel="grid", simulated=True, actor=NAMES[0],
    )  # fmt: skip
    node.submit(to_table([event])).result()
    node._writer.do(lambda: node.follower.catch_up(node.log))
    return case_id


def browser(server: FastAPI, links: Reporters, case: str) -> TestClient:
    headers = {HEADER: links.link(case)[0], "citybrain-request": "1"}
    return TestClient(server, base_url="http://127.0.0.1", headers=headers)


def hand_of(role: str, name: str, unit: str | None = None) -> Viewer:
    return Viewer(name, frozenset({role}), Scope(frozenset({CITY}), unit))


def act(node: Node, by: Viewer, cls: type[c.Command], case: str, **fields: Any) -> None:
    Gateway(node).cases.command(cls(id=str(uuid.uuid4()), case_id=case, **fields), by)


def sent(client: TestClient, case: str, command: str, **fields: Any) -> tuple[int, Any]:
    body = {"command": command, "id": str(uuid.uuid4()), "case_id": case, **fields}
    answer = client.post("/api/v1/commands", json=body)
    return answer.status_code, answer.json().get("refused", answer.json().get("state"))


def test_a_reporter_answers_rates_and_asks_again_and_learns_no_name(
    node: Node, server: FastAPI, links: Reporters, case: str
) -> None:
    unit = str(node.query("select min(unit_id) as u from units").to_pylist()[0]["u"])
    client, officer = browser(server, links, case), hand_of("duty_officer", NAMES[1])
    handler, checker = hand_of("unit_handler", NAMES[2], unit), hand_of("checker", NAMES[3])
    act(node, officer, c.Accept, case, note=f"internal words of {NAMES[1]}")
    act(node, hand_of("dispatcher", NAMES[1]), c.Dispatch, case, unit_id=unit)
    act(node, handler, c.Sign, case)
    act(node, handler, c.AskReporter, case, note="Which gate?")
    told = client.get("/api/v1/reporter").json()
    assert (told["case"]["state"], told["asked"]) == ("waiting_reporter", "Which gate?")
    assert [one["command"] for one in told["hands"] if one["allowed"]] == ["answer"]
    photo = client.post("/api/v1/attachments", content=making.photo(), headers={"content-type": "image/jpeg"}).json()
    assert sent(client, case, "answer", note="The back gate", attachments=[photo["name"]]) == (200, "handling")
    act(node, handler, c.Finish, case, note="done")
    act(node, checker, c.CheckPass, case)
    act(node, officer, c.Close, case)
    assert sent(client, case, "rate", rating=6) == (422, "unreadable")
    told = client.get("/api/v1/reporter").json()
    assert [one["command"] for one in told["hands"] if one["allowed"]] == ["rate", "request_reopen"]
    assert sent(client, case, "rate", rating=2, note="slow") == (200, "closed")
    told = client.get("/api/v1/reporter").json()
    assert [one["command"] for one in told["hands"] if one["allowed"]] == ["request_reopen"]
    assert sent(client, case, "rate", rating=5) == (409, "rated_already")
    assert sent(client, case, "request_reopen", reason="not_fixed") == (200, "reopen_requested")
    answer = client.get("/api/v1/reporter")
    assert [step["kind"] for step in answer.json()["steps"]] == [
        "case-reported", "case-filed", "case-dispatched", "case-signed", "reporter-asked", "reporter-answered",
        "case-handled", "case-closed", "case-rated", "reopen-requested",
    ]  # fmt: skip
    assert [name for name in NAMES if name in answer.text] == []


def test_a_link_opens_no_other_case_and_no_other_door(server: FastAPI, links: Reporters, case: str) -> None:
    client, other = browser(server, links, case), f"test:{uuid.uuid4()}"
    assert client.get("/api/v1/reporter").json()["case"]["case_id"] == case
    assert sent(client, other, "answer", note="x") == (404, "no_such_case")
    for command in ("accept", "close", "comment"):
        fields = {"note": "x"} if command == "comment" else {}
        assert sent(client, case, command, **fields) == (403, "not_your_role")
    doors = [
        "/api/queue",
        f"/api/v1/cases/{case}",
        f"/api/v1/cases/{case}/reporter-link",
        "/api/v1/attachments/" + "0" * 64,
    ]
    assert {door: client.get(door).status_code for door in doors} == dict.fromkeys(doors, 401)
    assert client.post("/api/v1/reporter-links/rotate").status_code == 401
    # a change without the header of our own pages is nobody's
    bare = TestClient(server, base_url="http://127.0.0.1", headers={HEADER: links.link(case)[0]})
    assert bare.post("/api/v1/commands", json={}).status_code == 403
    forged = TestClient(server, base_url="http://127.0.0.1", headers={HEADER: links.link(case)[0][:-1] + "!"})
    assert forged.get("/api/v1/reporter").status_code == 401


def test_the_desk_hands_the_link_out_and_nobody_else(node: Node, case: str) -> None:
    gateway = Gateway(node)
    for role in ("duty_officer", "shift_lead", "dispatcher"):
        gateway.cases.may_link(case, hand_of(role, role))
    elsewhere = Viewer("x", frozenset({"duty_officer"}), Scope(frozenset({"360521"})))
    reporting = Viewer("x", frozenset({"reporter"}), Scope(frozenset({CITY})), case=case)
    for viewer in (hand_of("leader", "x"), hand_of("grid_worker", "x"), hand_of("wall", "x"), elsewhere, reporting):
        with pytest.raises(CommandRefused):
            gateway.cases.may_link(case, viewer)
