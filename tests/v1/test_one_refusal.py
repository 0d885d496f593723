"""Whichever door refuses, and whyever, it answers in one shape: code, values, words, detail."""

from __future__ import annotations

import uuid

from fastapi import FastAPI
from starlette.testclient import TestClient

from dashboard import catalogue
from tests.lens.planted import grids, tag

from .conftest import URL, Keyed

SHAPE = {"refused", "values", "message", "detail"}
FAR = grids()[-1]
ASKED = (
    ("GET", "/api/v1/nothing", None, 404),
    ("PATCH", "/api/v1/views", None, 405),
    ("GET", f"/api/v1/views/queue?area={FAR}", None, 403),
    ("GET", "/api/v1/views/queue?limit=many&area=1", None, 422),
    ("GET", f"/api/v1/cases/{tag(6)}", None, 404),
    ("GET", f"/api/v1/cases/{tag(6)}/suggestions", None, 404),
    ("GET", f"/api/v1/cases/{tag(6)}/parties", None, 404),
    ("GET", f"/api/v1/cases/{tag(6)}/reporter-link", None, 404),
    ("GET", f"/api/v1/metrics/nix?area={grids()[0]}", None, 404),
    ("GET", "/api/v1/attachments/nix", None, 404),
    ("GET", "/api/v1/reporter", None, 404),
    ("POST", "/api/v1/reporter-links/rotate", None, 403),
    ("POST", "/api/v1/warnings", "<a/>", 415),
    ("POST", "/api/v1/reports", "{}", 415),
    ("POST", "/api/v1/attachments", "x", 415),
    ("POST", "/api/v1/rechecks", "{}", 422),
    ("POST", "/api/v1/commands", "{}", 422),
    ("GET", f"/api/queue?area={FAR}", None, 403),
    ("GET", f"/api/metrics/nix?area={grids()[0]}", None, 400),
    ("GET", "/api/cases/nix", None, 404),
    ("GET", "/api/hands", None, 422),
    ("GET", "/api/contacts/nix", None, 404),
    ("GET", f"/api/analysis/answer?area={FAR}&metric=reported", None, 403),
    ("GET", "/api/accounts", None, 403),
    ("GET", "/api/audit", None, 403),
    ("GET", "/api/webhooks", None, 403),
    ("GET", "/api/rooms/nix", None, 404),
    ("POST", "/api/guests", "{}", 422),
)


def test_every_door_refuses_in_one_shape(keyed: Keyed) -> None:
    client, wrong = keyed("duty_officer", grids()[0]), []
    for method, path, body, status in ASKED:
        answer = client.request(method, path, content=body)
        told = answer.json() if "json" in answer.headers.get("content-type", "") else {}
        if answer.status_code != status or not told.keys() >= SHAPE or not told["message"]:
            wrong.append((method, path, answer.status_code, answer.text[:200]))
    assert wrong == []


def test_who_is_not_let_in_is_told_in_the_same_shape(guarded_server: FastAPI, keyed: Keyed) -> None:
    stranger = TestClient(guarded_server, base_url=URL)
    analyst = keyed("analyst", grids()[0])
    told = {
        "nobody": stranger.get("/api/v1/areas?lang=en"),
        "not_asked": stranger.post("/api/v1/commands?lang=en", json={}),
        "no_drill": analyst.get("/api/v1/areas?lang=en", headers={"citybrain-exercise": "1"}),
    }
    for code, answer in told.items():
        assert answer.json().keys() == SHAPE, code
        expected = (code, catalogue.text("en", f"why.{code}"))
        assert (answer.json()["refused"], answer.json()["message"]) == expected
    knocks = [stranger.post("/api/sign-in", json={"user": str(uuid.uuid4())}) for _ in range(25)]
    assert {answer.json().keys() >= SHAPE for answer in knocks} == {True}
