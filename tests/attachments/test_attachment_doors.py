"""Files at their door: taken from hands that may, given to who sees a case that names them, kept through a backup."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from dashboard import catalogue
from dashboard.api import attachments
from dashboard.doorkeeper import Doorkeeper
from dashboard.gateway import Gateway
from dashboard.identity.viewing import viewing
from pipelines import lake
from pipelines.config import Config, load
from pipelines.contract import commands as c
from pipelines.contract.events import CaseReported, to_table
from pipelines.contract.scope import Scope, Viewer
from pipelines.contract.time import FrozenClock
from pipelines.errors import CommandRefused, LogError
from pipelines.node import Node

from . import making

NOW = datetime(2026, 11, 20, 6, 32, 5, tzinfo=UTC)
CITY, COUNTY, ELSEWHERE, GRID = "360500", "360502", "360521", "360502001001001"
HEADERS = {"content-type": "image/jpeg", "citybrain-request": "1"}
CONFIG = """\
pack: xinyu
attachments: {most_megabytes: 1, most_pixels: 2000000}
"""


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    file = tmp_path_factory.mktemp("city") / "config.yaml"
    file.write_text(CONFIG, encoding="utf-8")
    return load(file)


@pytest.fixture(scope="module")
def node(config: Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    with Node.open(config, tmp_path_factory.mktemp("data"), FrozenClock(NOW)) as opened:
        opened.start()
        yield opened


@pytest.fixture(scope="module")
def unit(node: Node) -> str:
    return str(node.query("select min(unit_id) as u from units").to_pylist()[0]["u"])


def hand(role: str, area: str = CITY, **more: str) -> Viewer:
    unit, case, screen = more.get("unit"), more.get("case"), more.get("screen")
    return Viewer(role, frozenset({role}), Scope(frozenset({area}), unit), screen=screen, case=case)


def door(node: Node, viewer: Viewer) -> TestClient:
    server = FastAPI()
    server.include_router(attachments.router(Gateway(node)))
    server.dependency_overrides[viewing] = lambda: viewer
    server.add_middleware(Doorkeeper, hosts=[], policy=lambda: "default-src 'self'")
    return TestClient(server, base_url="http://127.0.0.1")


def reported(node: Node) -> str:
    case_id = f"test:{uuid.uuid4()}"
    event = CaseReported(
        id=f"{case_id}:case-reported", happened_at=NOW, received_at=NOW, source="pocket", area_id=GRID, case_id=case_id,
        category="CG0102", channel="grid", simulated=True, actor="worker",
    )  # fmt: skip
    node.submit(to_table([event])).result()
    node._writer.do(lambda: node.follower.catch_up(node.log))
    return case_id


def attach(node: Node, by: Viewer, case: str, *names: str) -> None:
    Gateway(node).cases.command(c.Attach(id=str(uuid.uuid4()), case_id=case, attachments=names, stage="before"), by)


def sent(node: Node, size: tuple[int, int] = (600, 400)) -> str:
    """A photo that nobody else sends: told apart by its height."""
    answer = door(node, hand("grid_worker")).post(
        "/api/v1/attachments", content=making.photo(size=size), headers=HEADERS
    )
    assert answer.status_code == 200, answer.text
    return str(answer.json()["name"])


def test_what_is_kept_is_told_with_an_offer_and_named_by_a_command(node: Node) -> None:
    worker = hand("grid_worker")
    told = door(node, worker).post("/api/v1/attachments", content=making.photo(), headers=HEADERS).json()
    assert (told["media_type"], told["width"], told["height"]) == ("image/jpeg", 900, 1200)
    offered = told["offered"]
    assert (offered["lon"], offered["lat"]) == pytest.approx((making.LON, making.LAT), abs=1e-5)
    assert datetime.fromisoformat(offered["taken_at"]) == datetime(2026, 11, 20, 6, 30, tzinfo=UTC)
    case = reported(node)
    # before a case names it, nobody sees it
    assert door(node, worker).get(f"/api/v1/attachments/{told['name']}").status_code == 404
    attach(node, worker, case, told["name"])
    answer = door(node, worker).get(f"/api/v1/attachments/{told['name']}")
    assert (answer.status_code, answer.headers["content-type"], len(answer.content)) == (
        200,
        "image/jpeg",
        told["bytes"],
    )
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"].startswith("private")
    assert answer.headers["content-disposition"].startswith("inline; filename=")
    small = door(node, worker).get(f"/api/v1/attachments/{told['name']}/thumbnail")
    assert small.status_code == 200
    assert len(small.content) < len(answer.content)
    with pytest.raises(CommandRefused, match="no_such_file"):
        attach(node, worker, case, "0" * 64)


def test_a_sound_is_heard_and_has_no_thumbnail(node: Node) -> None:
    client, headers = door(node, hand("grid_worker")), HEADERS | {"content-type": "audio/webm;codecs=opus"}
    told = client.post("/api/v1/attachments", content=making.sound_webm(), headers=headers).json()
    attach(node, hand("grid_worker"), reported(node), told["name"])
    whole = client.get(f"/api/v1/attachments/{told['name']}")
    assert (whole.status_code, whole.headers["content-type"], len(whole.content)) == (200, "audio/webm", told["bytes"])
    # players ask for parts
    part = client.get(f"/api/v1/attachments/{told['name']}", headers={"range": "bytes=0-3"})
    assert (part.status_code, part.content) == (206, b"\x1a\x45\xdf\xa3")
    assert client.get(f"/api/v1/attachments/{told['name']}/thumbnail").status_code == 204


def test_who_does_not_see_the_case_does_not_see_its_photo(node: Node, unit: str) -> None:
    worker, case, name = hand("grid_worker"), reported(node), sent(node, (640, 401))
    attach(node, worker, case, name)
    other = str(node.query(f"select max(unit_id) as u from units where unit_id <> '{unit}'").to_pylist()[0]["u"])
    may = [hand("duty_officer"), hand("leader", COUNTY), hand("checker", GRID)]
    may_not = [
        hand("duty_officer", ELSEWHERE), hand("unit_handler", unit=unit), hand("wall"), hand("analyst"), hand("guest"),
        hand("wall_director"), hand("duty_officer", screen="wall"), hand("system_admin"),
        hand("reporter", case=case), hand("reporter", case="another"),
    ]  # fmt: skip
    answers = {viewer: _looks(node, viewer, name) for viewer in (*may, *may_not)}
    assert answers == {viewer: {200} for viewer in may} | {viewer: {404} for viewer in may_not}
    Gateway(node).cases.command(c.Accept(id=str(uuid.uuid4()), case_id=case), hand("duty_officer"))
    Gateway(node).cases.command(c.Dispatch(id=str(uuid.uuid4()), case_id=case, unit_id=unit), hand("dispatcher"))
    assert _looks(node, hand("unit_handler", unit=unit), name) == {200}
    assert _looks(node, hand("unit_handler", unit=other), name) == {404}
    # a part of its name is not its name
    assert _looks(node, hand("duty_officer"), name[:-1]) == {404}


def _looks(node: Node, viewer: Viewer, name: str) -> set[int]:
    client = door(node, viewer)
    return {client.get(f"/api/v1/attachments/{name}{more}").status_code for more in ("", "/thumbnail")}


def test_who_knows_a_hash_alone_cannot_name_the_file_to_see_it(node: Node, unit: str) -> None:
    name, mine = sent(node, (640, 407)), reported(node)
    attach(node, hand("grid_worker"), reported(node), name)
    Gateway(node).cases.command(c.Accept(id=str(uuid.uuid4()), case_id=mine), hand("duty_officer"))
    Gateway(node).cases.command(c.Dispatch(id=str(uuid.uuid4()), case_id=mine, unit_id=unit), hand("dispatcher"))
    handler = hand("unit_handler", unit=unit)
    with pytest.raises(CommandRefused, match="no_such_file"):
        attach(node, handler, mine, name)
    # who has the file itself, and sends it, may
    again = door(node, handler).post("/api/v1/attachments", content=making.photo(size=(640, 407)), headers=HEADERS)
    assert again.json()["name"] == name
    attach(node, handler, mine, name)
    assert _looks(node, handler, name) == {200}


def test_what_a_door_refuses_it_refuses_with_a_code_and_words(node: Node) -> None:
    client, before = door(node, hand("grid_worker")), set(node.attachments.files.names())
    photo = making.photo()
    cases = [
        (photo + bytes(1_000_000), "image/jpeg", 413, "file_too_large"),
        (b"%PDF-1.7", "application/pdf", 415, "file_wrong_type"),
        (photo, "image/png", 415, "file_not_what_it_says"),
        (photo[:3000], "image/jpeg", 422, "file_broken"),
        (making.bomb(), "image/png", 422, "file_too_many_pixels"),
        (making.sound_webm(1), "audio/webm", 422, "file_not_only_sound"),
    ]
    for language in catalogue.LANGUAGES:
        for body, kind, status, code in cases:
            asked = {"content": body, "headers": HEADERS | {"content-type": kind}}
            answer = client.post(f"/api/v1/attachments?lang={language}", **asked)  # type: ignore[arg-type]
            assert (answer.status_code, answer.json()["refused"]) == (status, code)
            words = catalogue.messages()[f"refused.{code}"][language]
            assert answer.json()["message"].startswith(words.split("{")[0])
    # a body that names no length is counted while it comes
    endless = client.post("/api/v1/attachments", content=(bytes(100_000) for _ in range(11)), headers=HEADERS)
    assert endless.status_code == 413
    for viewer in (hand("wall"), hand("analyst"), hand("leader", screen="wall"), hand("auditor")):
        assert door(node, viewer).post("/api/v1/attachments", content=photo, headers=HEADERS).status_code == 403
    assert set(node.attachments.files.names()) == before


def test_a_backup_has_what_facts_name_and_a_restored_node_shows_it(node: Node, config: Config, tmp_path: Path) -> None:
    case, named, loose = reported(node), sent(node, (640, 402)), sent(node, (640, 403))
    attach(node, hand("grid_worker"), case, named)
    backup = node.backup(tmp_path / "backup")
    held = {file.name for file in (tmp_path / "backup/attachments").glob("*/*")}
    assert (named in held, loose in held, backup.attachments, backup.lost) == (True, False, len(held), ())
    Node.restore(config, tmp_path / "again", tmp_path / "backup")
    files = {file.name for file in (tmp_path / "again/attachments").glob("*/*")}
    assert files == held | {f"{name}.small" for name in held if node.attachments.find(name, small=True)}
    photo = tmp_path / "backup/attachments" / named[:2] / named
    photo.write_bytes(photo.read_bytes()[:-1] + b"\0")
    with pytest.raises(LogError, match="was changed"):
        lake.inspect(tmp_path / "backup", config.city.id)
    photo.unlink()
    with pytest.raises(LogError, match="use another backup"):
        lake.inspect(tmp_path / "backup", config.city.id)
