"""The doors of sign-in: a session of its own, no change our pages did not ask for, none while looking as another."""

from __future__ import annotations

import pytest
from fastapi import Depends, FastAPI, WebSocket
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from dashboard.api import accounts, sign_in
from dashboard.doorkeeper import Doorkeeper
from dashboard.identity.access import Access
from dashboard.identity.gate import Gate
from dashboard.identity.viewing import viewing
from pipelines.contract.scope import Viewer

from .conftest import PASSWORD, TREE, Hand, person

OURS = {"citybrain-request": "1"}
URL = "http://127.0.0.1:8050"


@pytest.fixture
def server(gate: Gate) -> FastAPI:
    for user, role in (("li", "dispatcher"), ("safe", "security_admin"), ("audit", "auditor")):
        person(gate, user, role)
    made = FastAPI()
    made.include_router(sign_in.router(gate, TREE, None))
    made.include_router(accounts.router(gate))

    @made.api_route("/desk", methods=["GET"])
    @made.api_route("/wall", methods=["GET"])
    @made.api_route("/api/reports", methods=["POST"])
    def door(viewer: Viewer = Depends(viewing)) -> dict[str, object]:  # noqa: B008
        return {"user": viewer.user, "masked": viewer.lens.masked, "address": ""}

    @made.websocket("/stream")
    async def stream(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text(socket.scope["viewer"].user)
        await socket.close()

    made.add_middleware(Access, local=None, gate=gate)
    made.add_middleware(Doorkeeper, hosts=["city.example"], policy=lambda: "", proxies=["10.1.0.0/16"])
    return made


def browser(server: FastAPI, user: str | None = None, address: str = "127.0.0.1") -> TestClient:
    client = TestClient(server, base_url=URL, follow_redirects=False, client=(address, 1))
    if user:
        answer = client.post("/api/sign-in", json={"user": user, "password": PASSWORD}, headers=OURS)
        assert answer.status_code == 200, answer.text
    return client


def test_who_is_not_signed_in_gets_nothing(server: FastAPI) -> None:
    client = browser(server)
    assert client.get("/desk?area=11").headers["location"] == "/sign-in?next=%2Fdesk%3Farea%3D11"
    assert client.get("/wall").headers["location"] == "/pair"
    assert client.get("/api/me").status_code == client.get("/api/anything").status_code == 401
    with pytest.raises(WebSocketDisconnect) as closed, client.websocket_connect("ws://127.0.0.1:8050/stream") as socket:
        socket.receive_text()
    assert closed.value.code == 4401


def test_signing_in_always_gives_a_token_of_its_own(server: FastAPI, gate: Gate) -> None:
    client = browser(server)
    client.cookies.set("citybrain", "planted")
    cookies = []
    for _ in range(2):
        answer = client.post("/api/sign-in", json={"user": "li", "password": PASSWORD}, headers=OURS)
        flags = answer.headers["set-cookie"].lower()
        assert "httponly" in flags
        assert "samesite=lax" in flags
        client.cookies.clear()
        client.cookies.set("citybrain", answer.cookies["citybrain"])
        cookies.append(answer.cookies["citybrain"])
    assert len({*cookies, "planted"}) == 3
    assert len(gate.sessions.all("li")) == 1, "the session the browser had is over"
    assert gate.recognise(None, "planted", None) is None


def test_only_our_own_pages_change_anything(server: FastAPI, gate: Gate) -> None:
    client = browser(server, "li")
    assert client.post("/api/reports", headers=OURS).status_code == 200
    assert client.post("/api/reports").status_code == 403
    assert client.post("/api/reports", headers=OURS | {"origin": "http://evil.example"}).status_code == 403
    assert client.get("/desk", headers={"host": "evil.example"}).status_code == 403
    with pytest.raises(WebSocketDisconnect):
        client.websocket_connect("ws://127.0.0.1:8050/stream", headers={"origin": "http://evil.example"}).__enter__()
    assert gate.denials.last()[0]["what"] == "POST: not_asked"


def test_a_screen_of_others_is_refused_and_written_down(server: FastAPI, gate: Gate) -> None:
    client = browser(server, "li")
    began = client.get("/desk", follow_redirects=False)
    assert began.headers["location"] == "/desk?root=11", "who answers for a part begins there"
    assert client.get("/desk", follow_redirects=True).status_code == 200
    refused = client.get("/wall")
    assert refused.status_code == 403
    assert "wall_director" in refused.text
    assert gate.denials.last()[0] | {"user": "li", "what": "screen wall"} == gate.denials.last()[0]
    assert client.get("/api/accounts").status_code == client.get("/api/denials").status_code == 403


def test_each_administrator_has_their_own_office(server: FastAPI) -> None:
    safe, audit = browser(server, "safe"), browser(server, "audit")
    assert safe.get("/api/accounts").status_code == audit.get("/api/denials").status_code == 200
    assert safe.get("/api/denials").status_code == audit.get("/api/accounts").status_code == 403
    both = {"name": "x", "roles": ["auditor", "dispatcher"], "areas": ["11"]}
    assert safe.put("/api/accounts/x", json=both, headers=OURS).json()["refused"] == "separation"
    fine = {"name": "x", "roles": ["dispatcher"], "areas": ["11"], "password": "a long enough one"}
    assert safe.put("/api/accounts/x", json=fine, headers=OURS).json()["password"] is True
    assert "argon2" not in safe.get("/api/accounts").text


def test_who_views_as_another_changes_nothing(server: FastAPI, gate: Gate, hand: Hand) -> None:
    safe = browser(server, "safe")
    assert safe.post("/api/view-as", json={"user": "li"}, headers=OURS).status_code == 200
    me = safe.get("/api/me").json()
    assert (me["user"], me["seen_by"]) == ("li", "safe")
    assert safe.get("/desk", follow_redirects=True).json()["user"] == "li"
    assert safe.post("/api/reports", headers=OURS).json()["refused"] == "only_looking"
    assert safe.put("/api/accounts/x", json={}, headers=OURS).status_code == 403
    hand.pass_(minutes=31)
    assert safe.get("/api/me").json()["user"] == "safe"
    assert any("view as li" in deed["where"] for deed in gate.denials.last("deeds"))


def test_a_key_needs_no_page_and_a_proxy_is_believed_only_if_known(server: FastAPI, gate: Gate) -> None:
    token, _ = gate.keys.add(gate.accounts.known("li"), "feed", [], [])
    client = browser(server)
    assert client.post("/api/reports", headers={"authorization": f"Bearer {token}"}).status_code == 200
    assert client.post("/api/reports", headers={"authorization": "Bearer cbk_x"}).status_code == 401
    said = {"x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "https", "host": "city.example"}
    for address, known in (("10.1.2.3", True), ("10.2.2.3", False)):
        proxied = browser(server, address=address)
        wrong = proxied.post("/api/sign-in", json={"user": "li", "password": "no"}, headers=OURS | said)
        assert ("strict-transport-security" in wrong.headers) is known
        assert gate.denials.last()[0]["device"] == ("203.0.113.9" if known else address)


def test_too_many_tries_have_to_wait(server: FastAPI) -> None:
    client = browser(server)
    wrong = {"user": "li", "password": "no"}
    codes = [client.post("/api/sign-in", json=wrong, headers=OURS) for _ in range(25)]
    assert codes[-1].status_code == 429
    assert int(codes[-1].headers["retry-after"]) > 0
