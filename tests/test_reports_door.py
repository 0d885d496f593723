"""A report from the street: stored once however often it comes, placed by the server, refused with a reason."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from fastapi import FastAPI
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from dashboard import catalogue
from dashboard.api import reports
from dashboard.gateway import Gateway
from dashboard.identity.viewing import viewing
from pipelines.config import load
from pipelines.contract.scope import Scope, Viewer
from pipelines.contract.time import FrozenClock
from pipelines.node import Node

NOW = datetime(2026, 11, 20, 6, 32, 5, tzinfo=UTC)
TOWNSHIP = "360502001"
GRID, POINT = "360502001001001", (114.91361, 27.81719)
ELSEWHERE = "360521"


@cache
def xinyu() -> Node:
    return Node.open(load(pack="xinyu"), clock=FrozenClock(NOW))


@pytest.fixture(autouse=True, scope="module")
def closed() -> Iterator[None]:
    yield
    xinyu().close()
    xinyu.cache_clear()


@cache
def door(area: str = "360500") -> TestClient:
    server = FastAPI()
    viewer = Viewer("worker", frozenset({"grid_worker"}), Scope(frozenset({area})))
    server.include_router(reports.router(Gateway(xinyu())))
    server.dependency_overrides[viewing] = lambda: viewer
    return TestClient(server)


def report(number: int = 0, *, waited: timedelta = timedelta(minutes=4), **changes: Any) -> dict[str, Any]:
    """A report as a phone sends it, its clock two hours wrong."""
    pressed = NOW + timedelta(hours=2)
    first = {
        "id": str(uuid.uuid5(uuid.NAMESPACE_OID, str(number))), "category": "CG0102", "priority": "high",
        "description": "后门堆了渣土", "lon": POINT[0], "lat": POINT[1],
        "happened_at": pressed.isoformat(), "sent_at": (pressed + waited).isoformat(),
    }  # fmt: skip
    return first | changes


def stored() -> dict[str, int]:
    rows = xinyu().query("select case_id, count(*) as n from log where source = 'pocket' group by case_id").to_pylist()
    return {row["case_id"]: row["n"] for row in rows}


def test_a_report_becomes_a_case_in_its_grid_that_the_desk_sees() -> None:
    answer = door().post("/api/reports", json=report(1))
    assert answer.status_code == 200, answer.text
    receipt = answer.json()
    row = next(row for row in xinyu().ask("queue", GRID).to_pylist() if row["case_id"] == receipt["case_id"])
    shown = {name: row[name] for name in ("title", "state", "area_id", "channel", "priority", "category_en")}
    assert shown == {
        "title": "后门堆了渣土", "state": "reported", "area_id": GRID, "channel": "grid", "priority": "high",
        "category_en": "Exposed refuse",
    }  # fmt: skip
    # it happened four minutes ago by the city's clock, whatever the phone's clock says
    assert row["reported_at"] == NOW - timedelta(minutes=4)
    group = xinyu().query(f"select category_group as g from cases where case_id = '{receipt['case_id']}'")
    assert group.to_pylist() == [{"g": "CG01"}]


@given(st.lists(st.tuples(st.integers(10, 14), st.integers(0, 5 * 86_400)), min_size=1, max_size=12))
@settings(max_examples=25, deadline=None)
def test_sent_often_is_stored_once_with_one_answer(sendings: list[tuple[int, int]]) -> None:
    answers: dict[int, list[str]] = {}
    for number, seconds in sendings:
        answer = door().post("/api/reports", json=report(number, waited=timedelta(seconds=seconds)))
        answers.setdefault(number, []).append(answer.text)
    for number, told in answers.items():
        assert len(set(told)) == 1, told
        assert stored()[f"pocket:{report(number)['id']}"] == 1


def test_a_report_already_stored_is_never_too_old() -> None:
    first = door().post("/api/reports", json=report(2))
    again = door().post("/api/reports", json=report(2, waited=timedelta(days=30)))
    assert (again.status_code, again.json()) == (200, first.json())


@pytest.mark.parametrize(
    ("number", "changes", "code"),
    [
        (20, {"waited": timedelta(minutes=-10)}, "future"),
        (21, {"waited": timedelta(days=8)}, "too-old"),
        (22, {"category": "CG01"}, "unknown-category"),
        (23, {"lon": 2.35, "lat": 48.85}, "outside"),
        (24, {"lon": None, "lat": None}, "no-place"),
        (25, {"lon": None, "lat": None, "area": "360500"}, "no-place"),
        (26, {"description": "长" * 201}, "too-long"),
        (27, {"id": "../../etc"}, "unreadable"),
        (28, {"priority": "whatever"}, "unreadable"),
        (29, {"happened_at": "2026-11-20T14:00:00"}, "unreadable"),
        (30, {"channel": "superior"}, "unreadable"),
        (31, {"lon": 1e300}, "unreadable"),
    ],
)
def test_a_refusal_has_a_reason_in_the_person_s_language(number: int, changes: dict[str, Any], code: str) -> None:
    before = stored()
    for language in catalogue.LANGUAGES:
        answer = door().post(f"/api/reports?lang={language}", json=report(number, **changes))
        assert (answer.status_code, answer.json()["refused"]) == (422, code)
        words = catalogue.messages()[f"refused.{code}"][language]
        assert answer.json()["message"].startswith(words.split("{")[0])
    assert stored() == before


def test_what_is_no_json_or_too_large_is_not_read() -> None:
    before = stored()
    body = json.dumps(report(40))
    plain = door().post("/api/reports", content=body, headers={"Content-Type": "text/plain"})
    form = door().post("/api/reports", data=report(40))
    large = door().post("/api/reports", content=body + " " * reports.MOST_BYTES, headers={"Content-Type": reports.JSON})
    assert [plain.status_code, form.status_code, large.status_code] == [415, 415, 413]
    assert stored() == before


def test_a_report_outside_the_scope_is_refused_and_a_known_one_is_not_told() -> None:
    known = door().post("/api/reports", json=report(50)).json()
    elsewhere = door(ELSEWHERE)
    for sent in (report(50), report(51), report(52, lon=None, lat=None, area="nowhere")):
        answer = elsewhere.post("/api/reports", json=sent)
        assert (answer.status_code, answer.json()["refused"]) == (403, "not-yours")
        assert known["case_id"] not in answer.json()["message"]
    assert elsewhere.get("/api/reports/similar", params=near("CG0102", *POINT)).json() == []


def near(category: str, lon: float, lat: float) -> dict[str, str]:
    return {"category": category, "lon": str(lon), "lat": str(lat)}


def test_a_grid_without_a_point_is_place_enough() -> None:
    answer = door().post("/api/reports", json=report(60, lon=None, lat=None, area=GRID))
    assert (answer.status_code, answer.json()["area_id"]) == (200, GRID)


def test_similar_means_the_same_category_within_sixty_metres() -> None:
    lon, lat = 114.9500, 27.8100
    metre = 1 / 111_320
    for number, metres in ((70, 0), (71, 50), (72, 70)):
        sent = door().post("/api/reports", json=report(number, category="CG0101", lon=lon, lat=lat + metres * metre))
        assert sent.status_code == 200, sent.text
    found = door().get("/api/reports/similar", params=near("CG0101", lon, lat)).json()
    assert [round(row["metres"]) for row in found] == [0, 50]
    assert door().get("/api/reports/similar", params=near("CG0102", lon, lat)).json() == []


def test_the_form_knows_each_category_with_its_group_and_limits() -> None:
    form = door().get("/api/reports/form").json()
    refuse = next(kind for kind in form["categories"] if kind["id"] == "CG0102")
    assert refuse["limits"] == {"urgent": 1, "high": 2, "normal": 4}
    assert {kind["group"] for kind in form["categories"]} == {group["id"] for group in form["groups"]}
    assert len(form["categories"]) == 143
