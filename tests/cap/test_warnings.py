"""CAP 1.2 in: what holds where, replaced and taken back, drills apart, tests left out, the same twice is nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from dashboard.api import warnings
from dashboard.gateway import Gateway
from dashboard.identity.viewing import viewing
from pipelines.config import load
from pipelines.config.warnings import CapFolder
from pipelines.contract.scope import CLEAR, Lens, Scope, Viewer
from pipelines.contract.time import FrozenClock
from pipelines.errors import SourceError
from pipelines.geography import Geography
from pipelines.node import Node
from pipelines.sources import cap
from pipelines.watched import WatchedFolder

from .samples import alert, info, reference

NOW = datetime(2026, 11, 20, 6, 32, 5, tzinfo=UTC)
CITY, TOWNSHIP, COUNTY, ELSEWHERE = "360500", "360502001", "360502", "360521"
EVERYWHERE = "<polygon>25,110 25,120 30,120 30,110 25,110</polygon>"


@cache
def geography() -> Geography:
    return Geography.load(load(pack="xinyu"))


@pytest.fixture
def node() -> Iterator[Node]:
    with Node(load(pack="xinyu"), geography(), None, FrozenClock(NOW)) as opened:
        yield opened


def shown(node: Node, area: str = CITY, lens: Lens = CLEAR) -> dict[str, dict[str, Any]]:
    return {row["warning_id"].split(",")[1]: row for row in node.ask("warnings", area, lens).to_pylist()}


def test_what_a_document_says() -> None:
    square = "<polygon>27.8,114.9 27.8,115.0 27.9,115.0 27.9,114.9 27.8,114.9</polygon>"
    codes = "<geocode><valueName>GB2260</valueName><value>360502</value></geocode>"
    onset = "2026-11-20T15:30:00+08:00"
    read = cap.read(
        alert("A1", info(area=square + codes, onset=onset), msgType="Update", references=reference("A0") + " x,y,z")
    )
    (said,), (place,) = read.infos, read.infos[0].places
    assert (read.name, read.references) == ("qxt@weather.example,A1", ("qxt@weather.example,A0", "x,y"))
    assert read.sent == datetime(2026, 11, 20, 6, tzinfo=UTC)
    assert (said.severity, said.urgency, said.certainty) == ("Severe", "Immediate", "Likely")
    assert said.onset == datetime(2026, 11, 20, 7, 30, tzinfo=UTC)
    assert place.polygons == (((114.9, 27.8), (115.0, 27.8), (115.0, 27.9), (114.9, 27.9), (114.9, 27.8)),)
    assert place.geocodes == ("360502",)


@pytest.mark.parametrize(
    ("document", "named"),
    [
        (b"<alert/>", "CAP 1.2"),
        (b"no xml", "no readable XML"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "no readable XML"),
        (alert("A 1", info()), "identifier"),
        (alert("A1"), "info"),
        (alert("A1", info(severity="Big")), "severity is 'Big'"),
        (alert("A1", info(expires="2026-11-20")), "expires"),
        (alert("A1", info(), sent="2026-11-20T14:00:00"), "sent"),
        (alert("A1", info(), msgType="Cancel"), "references"),
        (alert("A1", info(), msgType="Cancel", references="x,y"), "sender,identifier,sent"),
        (alert("A1", info(area="<polygon>1,2 3,4 1,2</polygon>")), "polygon"),
        (alert("A1", info(area="<circle>91,2 3</circle>")), "no such place"),
        (alert("A1", info(area="<circle>9,2</circle>")), "circle"),
    ],
)
def test_what_is_wrong_is_named(node: Node, document: bytes, named: str) -> None:
    with pytest.raises(SourceError, match=named.replace(".", r"\.")):
        cap.read(document)
    received = node.warn(document, "api")
    assert (received.stored, received.issues[0]["reason"]) == (0, "unreadable-warning")
    assert node.query("select count(*) as n from quarantine").to_pylist() == [{"n": 1}]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=60).map(lambda text: alert("A", info(area=text, event=text))))
def test_no_bytes_bring_it_down(document: bytes) -> None:
    with suppress(SourceError):
        cap.read(document)


def test_a_warning_holds_in_the_townships_it_touches_in_both_languages(node: Node) -> None:
    both = alert("A1", info(), info("en-US", event="Rain", headline="Orange rainstorm warning"))
    assert node.warn(both, "api").stored == 1
    (row,) = shown(node).values()
    assert (row["area_id"], row["areas"], row["is_whole"]) == (TOWNSHIP, 1, False)
    assert (row["headline_zh"], row["headline_en"]) == ("暴雨橙色预警", "Orange rainstorm warning")
    assert shown(node, TOWNSHIP)["A1"]["is_whole"]
    assert shown(node, COUNTY)
    assert not shown(node, ELSEWHERE)
    assert node.warn(both, "folder").duplicates == 1
    assert len(shown(node)) == 1
    assert node.query("select count(*) as n from log").to_pylist() == [{"n": 1}]


def test_areas_by_shape_code_and_name(node: Node) -> None:
    node.warn(alert("ALL", info(area=EVERYWHERE)), "api")
    node.warn(alert("CODE", info(area="<geocode><valueName>x</valueName><value>360521</value></geocode>")), "api")
    named = info(area="").replace("zh-CN 城区", "渝水区")
    node.warn(alert("NAME", named), "api")
    rows = node.query("select warning_id, area_id from log order by seq").to_pylist()
    assert {row["warning_id"].split(",")[1]: row["area_id"] for row in rows} == {
        "ALL": CITY, "CODE": ELSEWHERE, "NAME": COUNTY,
    }  # fmt: skip
    assert set(shown(node, TOWNSHIP)) == {"ALL", "NAME"}
    away = node.warn(alert("AWAY", info(area="<circle>48,2 10</circle>")), "api")
    assert (away.stored, away.issues[0]["reason"]) == (0, "warning-elsewhere")


STORY = {
    "first": alert("A1", info()),
    "update": alert("A2", info(severity="Extreme"), msgType="Update", references=reference("A1")),
    "cancel": alert("A3", msgType="Cancel", references=reference("A1") + " " + reference("A2")),
}


@pytest.mark.parametrize("order", list(permutations(STORY)))
def test_update_replaces_and_cancel_removes_in_whatever_order_they_come(node: Node, order: tuple[str, ...]) -> None:
    heard: set[str] = set()
    for name in order:
        node.warn(STORY[name], "api")
        heard.add(name)
        there = {("A1", "first"), ("A2", "update")}
        gone = {"A1"} if "update" in heard else set()
        gone |= {"A1", "A2"} if "cancel" in heard else set()
        assert set(shown(node)) == {said for said, by in there if by in heard} - gone


def test_expired_announced_and_ended(node: Node) -> None:
    node.warn(alert("OLD", info(expires="2026-11-20T14:30:00+08:00")), "api")
    node.warn(alert("SOON", info(onset="2026-11-20T18:00:00+08:00")), "api")
    node.warn(alert("PAST", info(urgency="Past")), "api")
    node.warn(alert("CLEAR", info(responseType="AllClear")), "api")
    assert set(shown(node)) == {"SOON"}


def test_two_severities_are_two_warnings_that_end_together(node: Node) -> None:
    node.warn(alert("A1", info(), info(area=EVERYWHERE, severity="Minor")), "api")
    assert {row["severity"] for row in node.ask("warnings", CITY).to_pylist()} == {"Severe", "Minor"}
    node.warn(STORY["update"], "api")
    assert set(shown(node)) == {"A2"}


def test_a_drill_is_seen_in_the_drill_alone_and_a_test_by_nobody(node: Node) -> None:
    drill = Lens(exercise=True)
    node.warn(alert("A1", info(), status="Exercise"), "api")
    assert not shown(node)
    assert set(shown(node, CITY, drill)) == {"A1"}
    node.warn(STORY["first"], "api")
    node.warn(alert("E2", msgType="Cancel", references=reference("A1"), status="Exercise"), "api")
    assert set(shown(node)) == {"A1"}
    assert not shown(node, CITY, drill)
    for changes in ({"status": "Test"}, {"status": "Draft"}, {"msgType": "Ack"}, {"scope": "Private"}):
        received = node.warn(alert("T", info(), **changes), "api")
        assert (received.stored, received.issues[0]["reason"]) == (0, "not-a-warning")
    assert set(shown(node)) == {"A1"}


def test_everybody_sees_a_warning_a_unit_s_people_too(node: Node) -> None:
    node.warn(STORY["first"], "api")
    for lens in (Lens(unit="any"), Lens(masked=True), Lens(unit="any", masked=True)):
        assert set(shown(node, CITY, lens)) == {"A1"}


def test_the_view_equals_a_count_made_another_way(node: Node) -> None:
    for document in (*STORY.values(), alert("B", info(area=EVERYWHERE)), alert("C", info(severity="Minor"))):
        node.warn(document, "api")
    log = node.query("select * from log order by seq").to_pylist()
    ended = {row["warning_id"] for row in log if row["kind"] == "warning-cancelled"}
    for area in (CITY, COUNTY, TOWNSHIP, ELSEWHERE):
        near = {a for a in node.areas.areas if node.areas.within(a, area) or node.areas.within(area, a)}
        expected = {
            row["warning_id"] for row in log
            if row["kind"] == "warning-issued" and row["area_id"] in near and row["expires_at"] > NOW
            and row["warning_id"] not in ended
        }  # fmt: skip
        assert {row["warning_id"] for row in node.ask("warnings", area).to_pylist()} == expected


def test_the_door_opens_to_those_who_may_warn_the_city(node: Node) -> None:
    server = FastAPI()
    server.include_router(warnings.router(Gateway(node)))
    client = TestClient(server)

    def post(role: str, area: str = CITY, kind: str = "application/cap+xml", document: bytes = STORY["first"]) -> Any:
        viewer = Viewer("x", frozenset({role}), Scope(frozenset({area})))
        server.dependency_overrides[viewing] = lambda: viewer
        return client.post("/api/v1/warnings", content=document, headers={"content-type": kind})

    assert post("grid_worker").status_code == post("duty_officer", COUNTY).status_code == 403
    assert post("duty_officer", kind="text/plain").status_code == 415
    assert post("duty_officer", document=b"<a/>").status_code == 422
    assert post("warning_service").json() == {"stored": 1, "known": 0, "issues": []}
    assert post("shift_lead").json() == {"stored": 0, "known": 1, "issues": []}


def test_a_folder_hands_in_what_stands_still(tmp_path: Path) -> None:
    taken: list[bytes] = []
    folder = WatchedFolder(tmp_path, 60, taken.append)
    (tmp_path / "a.xml").write_bytes(b"half")
    assert folder.look() == 0
    (tmp_path / "a.xml").write_bytes(b"whole now")
    assert (folder.look(), folder.look(), folder.look()) == (0, 1, 0)
    (tmp_path / "b.txt").write_bytes(b"no")
    assert taken == [b"whole now"]


def test_a_folder_in_the_configuration_feeds_the_node(tmp_path: Path) -> None:
    pack = load(pack="xinyu")
    folder = CapFolder(kind="cap", folder=tmp_path, every_seconds=0.1)
    config = pack.model_copy(update={"sources": {**pack.sources, "weather": folder}})
    with Node(config, geography(), None, FrozenClock(NOW)) as opened:
        opened.start()
        (tmp_path / "a.xml").write_bytes(STORY["first"])
        (tmp_path / "b.xml").write_bytes(b"<broken")
        for _ in range(100):
            time.sleep(0.05)
            odd = opened.query("select reason, source from quarantine").to_pylist()
            if shown(opened) and odd:
                break
        assert set(shown(opened)) == {"A1"}
        assert odd == [{"reason": "unreadable-warning", "source": "weather"}]
