"""A case's file, its suggestions and what a command says: of an unseen case no more than of one unheard of."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from fastapi import FastAPI, Request
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.responses import Response
from starlette.testclient import TestClient

from dashboard.api.v1 import doors
from dashboard.gateway import Gateway
from dashboard.identity.colleagues import Colleagues
from pipelines.contract.roles import ROLES
from pipelines.contract.scope import Scope, Viewer
from tests.lens.planted import PERSONAL, TAG, UNITS, city, grids, load_tree, tag, whose

CASES = (0, 1, 5, 13, 40)
COMMANDS = ("accept", "check_pass", "rate")


@pytest.fixture(scope="module")
def asking() -> Iterator[tuple[TestClient, list[Viewer]]]:
    server, looking = FastAPI(), list[Viewer]()

    async def who(request: Request, go_on: RequestResponseEndpoint) -> Response:
        request.scope["viewer"] = looking[-1]
        return await go_on(request)

    node = city()
    node.start()
    doors.mount(server, node, Gateway(node), Colleagues(None, node.config.city.zone))
    server.add_middleware(BaseHTTPMiddleware, dispatch=who)
    yield TestClient(server), looking
    node.close()
    city.cache_clear()


def viewers() -> Iterator[Viewer]:
    inside = load_tree().areas[grids()[0]].parent or ""
    for role in sorted(ROLES):
        for area in (inside, grids()[-1]):
            yield Viewer("looker", frozenset({role}), Scope(frozenset({area}), UNITS[0] if "unit" in role else None))
    yield Viewer("resident", frozenset({"reporter"}), Scope(frozenset({load_tree().root.id})), case=tag(5))
    yield Viewer("driller", frozenset({"duty_officer"}), Scope(frozenset({load_tree().root.id})), exercise=True)


def sees(viewer: Viewer, number: int) -> bool:
    grid, unit = whose(number)
    around = {area.id for area in load_tree().path(grid)}
    return (
        not viewer.exercise and bool(around & viewer.scope.areas) and viewer.scope.unit in (None, unit)
        and viewer.case in (None, tag(number))
    )  # fmt: skip


def test_an_unseen_case_is_one_unheard_of(asking: tuple[TestClient, list[Viewer]]) -> None:
    client, looking = asking
    tries = 0
    for viewer in viewers():
        looking.append(viewer)
        for number in CASES:
            for path in ("", "/suggestions", *(f"/commands/{name}" for name in COMMANDS)):
                tries += 1
                method = "POST" if "/commands/" in path else "GET"
                told = [_said(client, method, case, path) for case in (tag(number), "unheard-of")]
                if not sees(viewer, number):
                    assert told[0] == told[1], (viewer, path)
                _clean(viewer, told[0][1])
    print(f"\n{tries} tries at the doors of cases, 0 leaks")  # noqa: T201


def _said(client: TestClient, method: str, case: str, path: str) -> tuple[int, str]:
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    answer = client.request(
        method, f"/api/v1/cases/{case}{path}", headers=headers, json={} if method == "POST" else None
    )
    return answer.status_code, answer.text.replace(case, "…")


def _clean(viewer: Viewer, said: str) -> None:
    for place, unit in TAG.findall(said):
        around = {area.id for area in load_tree().path(grids()[int(place)])}
        assert around & viewer.scope.areas, (viewer, said)
        assert viewer.scope.unit in (None, UNITS[int(unit)]), (viewer, said)
    assert not (viewer.lens.masked and PERSONAL.search(said)), (viewer, said)
