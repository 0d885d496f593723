"""The doors of v1: what they answer, in whose name, and that the document tells of each."""

from __future__ import annotations

import uuid
from pathlib import Path

from fastapi import FastAPI
from starlette.testclient import TestClient

from dashboard.api.v1.openapi import document
from dashboard.identity.audit_search import Wanted, newest
from pipelines.contract.commands import COMMANDS
from pipelines.node import Node
from pipelines.views import catalogue
from tests.lens.planted import grids, tag, whose

from .conftest import Keyed


def key() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid.uuid4())}


def test_every_command_and_every_view_has_a_door_that_is_told_of(open_city: Node) -> None:
    paths = document(open_city)["paths"]
    assert {f"/api/v1/cases/{{case_id}}/commands/{name}" for name in COMMANDS} <= paths.keys()
    assert {f"/api/v1/views/{name}" for name in catalogue()} <= paths.keys()


def test_every_door_under_the_root_is_told_of(open_server: FastAPI, open_city: Node) -> None:
    told = {(path, method.upper()) for path, methods in document(open_city)["paths"].items() for method in methods}
    found = {
        (route.path, method)
        for router in open_server.router.routes
        for route in getattr(getattr(router, "original_router", None), "routes", ())
        for method in getattr(route, "methods", None) or ()
        if route.path.startswith("/api/v1") and "{path:path}" not in route.path
    }
    general = {("/api/v1/views/{view}", "GET"), ("/api/v1/cases/{case_id}/commands/{command}", "POST")}
    assert len(found) > 20
    assert found - general <= told


def test_the_page_names_every_door(open_city: Node) -> None:
    page = (Path(__file__).parents[2] / "docs/API.md").read_text(encoding="utf-8")
    told = {
        f"| `{method.upper()} {path}` |"
        for path, methods in document(open_city)["paths"].items()
        for method in methods
        if not path.startswith(("/api/v1/views/", "/api/v1/cases/{case_id}/commands/"))
    }
    assert {line for line in told if line not in page} == set()
    assert page.count("| `GET /api/v1") + page.count("| `POST /api/v1") + page.count("| `PUT /api/v1") == len(told)


def test_a_view_is_not_sent_twice(local: TestClient) -> None:
    first = local.get("/api/v1/views/queue", params={"area": "360500", "limit": 3})
    assert first.status_code == 200
    assert len(first.json()["rows"]) == 3 < first.json()["total"]
    mark = {"If-None-Match": first.headers["etag"]}
    assert local.get("/api/v1/views/queue", params={"area": "360500", "limit": 3}, headers=mark).status_code == 304


def test_what_is_no_door_says_so_in_json(local: TestClient) -> None:
    missing, wrong = local.get("/api/v1/nothing"), local.delete("/api/v1/views")
    assert (missing.status_code, missing.json()["refused"]) == (404, "no_such_door")
    assert (wrong.status_code, wrong.headers["allow"], wrong.json()["refused"]) == (405, "GET", "wrong_method")
    misread = local.get("/api/v1/views/queue", params={"area": "360500", "limit": "many"})
    assert (misread.status_code, misread.json()["refused"]) == (422, "bad_parameter")
    unknown = local.get("/api/v1/views/nix", params={"area": "360500"})
    assert (unknown.status_code, unknown.json()["refused"]) == (404, "no_such_view")


def test_a_command_with_a_key_of_its_own_is_carried_out_once(local: TestClient) -> None:
    door, once = f"/api/v1/cases/{tag(1)}/commands/urge", key()
    first = local.post(door, json={"note": "now"}, headers=once)
    again = local.post(door, json={"note": "now"}, headers=once)
    assert first.status_code == again.status_code == 200, first.text
    assert first.json() == again.json()
    assert local.post(door, json={}).json()["refused"] == "needs_key"
    assert local.post(door, json={"id": "x"}, headers=key()).status_code == 422
    assert local.post(f"/api/v1/cases/{tag(1)}/commands/fly", json={}, headers=key()).status_code == 404


def test_a_program_acts_with_its_accounts_rights_and_is_named_in_the_audit(keyed: Keyed, guarded_city: Node) -> None:
    area, _ = whose(0)
    officer, analyst = keyed("duty_officer", area), keyed("analyst", area)
    body = {"note": "now"}
    assert officer.post(f"/api/v1/cases/{tag(0)}/commands/urge", json=body, headers=key()).status_code == 200
    refused = analyst.post(f"/api/v1/cases/{tag(0)}/commands/urge", json=body, headers=key())
    assert (refused.status_code, refused.json()["refused"]) == (403, "not_your_role")
    unseen = next(number for number in range(48) if whose(number)[0] == grids()[-1])
    told = [
        officer.post(f"/api/v1/cases/{case}/commands/urge", json=body, headers=key()) for case in (tag(unseen), "x")
    ]
    assert [answer.status_code for answer in told] == [404, 404]
    assert told[0].text.replace(tag(unseen), "x") == told[1].text
    noted = newest(guarded_city.registry, Wanted(user=f"duty_officer-{area}")).entries
    assert {entry.device for entry in noted} == {f"program of duty_officer-{area}"}
    assert {"command", "refused_command"} & {entry.act for entry in noted}
