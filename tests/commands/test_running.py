from __future__ import annotations

import stat
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
import uvicorn
from fastapi import FastAPI

from dashboard.api import admin
from dashboard.commands import door
from dashboard.commands.remote import RemoteNode
from pipelines.config import load
from pipelines.errors import CitybrainError, QueryError
from pipelines.node import Node

from .conftest import Terminal

TOKEN = "a-token-of-this-test"
FORBIDDEN = 403


@pytest.fixture
def running(town: Path) -> Iterator[str]:
    """Run the town's node with its admin side; return its address."""
    folder = town / "var" / "1"
    with Node.open(load(town / "config.yaml"), folder) as node:
        node.start()
        app = FastAPI()
        app.include_router(admin.router(node, TOKEN))
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        with door.opened(folder, url, TOKEN):
            yield url
        server.should_exit = True
        thread.join()


def test_commands_go_through_a_running_node(running: str, terminal: Terminal) -> None:
    assert running
    assert terminal("import", "cases.csv", "--source", "hotline").code == 0
    assert terminal("query", "select count(*) as n from cases", "--format", "csv").out == "n\n2\n"
    assert terminal("rebuild", "--verify").code == 0
    assert terminal("backup", "kept").code == 0
    assert terminal("doctor").code == 0


def test_a_refusal_comes_back_as_the_same_error(running: str, town: Path) -> None:
    assert running
    node = RemoteNode.find(town / "var" / "1")
    assert node is not None
    with pytest.raises(QueryError, match="expected one select, got DROP"):
        node.query("drop table log")
    with pytest.raises(CitybrainError, match="nosource"):
        node.import_files([town / "cases.csv"], "nosource", lambda *_: None)
    node.close()


def test_two_nodes_cannot_share_a_folder(running: str, terminal: Terminal) -> None:
    said = terminal("serve", "--port", "0")
    assert said.code == 2
    assert running in said.err


def test_nothing_is_restored_under_a_running_node(running: str, terminal: Terminal) -> None:
    assert running
    assert "stop it" in terminal("restore", ".").err


STRANGERS = {
    "without a token": {},
    "with another token": {"Authorization": "Bearer another"},
    "with words outside ASCII": {"Authorization": "Bearer tökén".encode("latin-1")},
    "from a page in a browser": {"Authorization": f"Bearer {TOKEN}", "Origin": "http://127.0.0.1:8050"},
}


@pytest.mark.parametrize("headers", STRANGERS.values(), ids=STRANGERS.keys())
def test_the_admin_side_is_closed_to_strangers(running: str, headers: dict[str, str]) -> None:
    doors = [
        ("GET", "status"),
        ("GET", "checks"),
        ("POST", "query"),
        ("POST", "import"),
        ("POST", "rebuild"),
        ("POST", "backup"),
    ]
    codes = {
        httpx2.request(verb, f"{running}/admin/{name}", headers=headers, json={}).status_code for verb, name in doors
    }
    assert codes == {FORBIDDEN}


def test_only_the_owner_reads_the_token(tmp_path: Path) -> None:
    with door.opened(tmp_path, "http://127.0.0.1:1", TOKEN):
        assert stat.S_IMODE((tmp_path / door.NAME).stat().st_mode) == stat.S_IRUSR | stat.S_IWUSR
    assert not (tmp_path / door.NAME).exists()


def test_a_node_that_died_is_not_waited_for(terminal: Terminal, town: Path) -> None:
    folder = town / "var" / "1"
    folder.mkdir(parents=True)
    (folder / door.NAME).write_text('{"url": "http://127.0.0.1:1", "token": "x", "pid": 999999999}')
    assert terminal("query", "select 1 as n", "--format", "csv").out == "n\n1\n"


def test_a_broken_door_is_named(terminal: Terminal, town: Path) -> None:
    folder = town / "var" / "1"
    folder.mkdir(parents=True)
    (folder / door.NAME).write_text("{")
    said = terminal("query", "select 1")
    assert said.code == 2
    assert "node.json" in said.err
