"""Any metric over HTTP, cut by any dimension, with its passport, within the viewer's scope."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from dashboard.api import metrics
from dashboard.gateway import Gateway
from dashboard.identity.viewing import viewing
from tests.test_gateway import boston, viewer


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    server = FastAPI()
    server.include_router(metrics.router(Gateway(boston())))
    server.dependency_overrides[viewing] = lambda: viewer("02116", "02124")
    with TestClient(server) as opened:
        yield opened
    boston().close()
    boston.cache_clear()


def test_every_metric_answers_with_its_passport(client: TestClient) -> None:
    names = [metric["name"] for metric in client.get("/api/metrics").json()]
    assert len(names) >= 12
    for name in names:
        shown = client.get(f"/api/metrics/{name}/passport", params={"area": "02116"})
        assert shown.status_code == 200, shown.text
        assert shown.json()["metric"]["name"] == name
        assert shown.json()["sql"].startswith("with")


def test_a_cut_adds_up_to_the_whole(client: TestClient) -> None:
    period = {"area": "02116", "from": "2026-03-01T00:00:00+08:00", "to": "2026-03-03T00:00:00+08:00"}
    whole = client.get("/api/metrics/reported", params=period).json()
    cut = client.get("/api/metrics/reported", params={**period, "by": "hour,category"}).json()
    assert whole[0]["value"] == sum(row["value"] for row in cut) == 10
    assert {"hour", "category"} <= set(cut[0])


def test_an_area_outside_the_scope_is_refused(client: TestClient) -> None:
    assert client.get("/api/metrics/reported", params={"area": "02108"}).status_code == 403
    assert client.get("/api/metrics/reported/passport", params={"area": "02108"}).status_code == 403


@pytest.mark.parametrize(
    ("path", "params", "said"),
    [
        ("reportd", {"area": "02116"}, "reported"),
        ("reported", {"area": "02116", "by": "categry"}, "category"),
        ("reported", {"area": "02116", "from": "2026-03-01T00:00:00"}, "offset"),
    ],
)
def test_a_wrong_question_names_the_way_out(client: TestClient, path: str, params: dict[str, str], said: str) -> None:
    answer = client.get(f"/api/metrics/{path}", params=params)
    assert (answer.status_code, said in answer.json()["detail"]) == (400, True)
