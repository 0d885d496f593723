"""Only pages and sockets of our own address come in, and a page loads nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI, WebSocket
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from dashboard.doorkeeper import Doorkeeper, policy


@pytest.fixture
def client() -> Iterator[TestClient]:
    server = FastAPI()

    @server.api_route("/page", methods=["GET", "POST"])
    def page() -> str:
        return "page"

    @server.websocket("/stream")
    async def stream(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text("in")
        await socket.close()

    server.add_middleware(Doorkeeper, hosts=["wall.city"], policy=lambda: policy(["'sha256-x'"]))
    with TestClient(server, base_url="http://127.0.0.1:8050") as opened:
        yield opened


@pytest.mark.parametrize("host", ["127.0.0.1:8050", "localhost:8050", "[::1]:8050", "wall.city"])
def test_our_own_names_are_served(client: TestClient, host: str) -> None:
    assert client.get("/page", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "192.0.2.1:8050"])
def test_a_name_that_was_bent_to_this_machine_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/page", headers={"host": host}).status_code == 403


def test_a_foreign_page_can_neither_post_nor_open_a_socket(client: TestClient) -> None:
    foreign = {"origin": "http://evil.example"}
    assert client.post("/page", headers=foreign).status_code == 403
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/stream", headers=foreign):
        pass
    own = {"origin": "http://127.0.0.1:8050", "host": "127.0.0.1:8050"}
    with client.websocket_connect("ws://127.0.0.1:8050/stream", headers=own) as socket:
        assert socket.receive_text() == "in"


def test_pages_are_locked_to_this_machine(client: TestClient) -> None:
    locked = client.get("/page").headers["content-security-policy"]
    assert "script-src 'self' 'sha256-x'" in locked
    assert "unsafe-eval" not in locked
    assert "connect-src 'self'" in locked
