"""Every role at every door over HTTP and on the socket: what it may, what it may not, and what of persons it reads."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from dashboard.api import analysis, desk, geography, metrics, reports
from dashboard.gateway import Gateway
from dashboard.identity.viewing import viewing
from dashboard.stream import delta_frame, snapshot_frame
from pipelines.contract.channels import Change
from pipelines.contract.events import to_table
from pipelines.contract.roles import ROLES, may
from pipelines.contract.scope import MASKED_ROLES, Lens, Scope, Viewer
from pipelines.errors import QueryError, ScopeError
from pipelines.views import catalogue
from tests.lens.planted import NOW, PERSONAL, TAG, UNITS, city, grids, life, load_tree, tag, whose

SCREENS = (None, "wall", "desk", "tablet", "pocket", "analyst")
PERSONAL_WORDS = ("1390000", "龘齉先生", "36050219900101", "canary")
ROOT = "360500"


@pytest.fixture(scope="module", autouse=True)
def closed() -> Iterator[None]:
    yield
    city().close()
    city.cache_clear()


@pytest.fixture(scope="module")
def looking() -> list[Viewer]:
    return [viewer("duty_officer")]


@pytest.fixture(scope="module")
def client(looking: list[Viewer]) -> TestClient:
    server, gateway = FastAPI(), Gateway(city())
    for doors in (analysis, desk, metrics, reports):
        server.include_router(doors.router(gateway))
    server.include_router(geography.router(city(), gateway))
    server.dependency_overrides[viewing] = lambda: looking[-1]
    return TestClient(server)


def viewer(role: str, *areas: str, unit: str | None = None, screen: str | None = None) -> Viewer:
    return Viewer(role, frozenset({role}), Scope(frozenset(areas or (ROOT,)), unit), screen=screen)


def doors(area: str) -> list[tuple[str, str]]:
    """Return the capability that each door asks for, and its address."""
    asked = f"metric=reported&area={area}"
    return [
        ("see", f"/api/queue?area={area}"),
        ("see", f"/api/search?area={area}&q=tag-"),
        ("see", f"/api/hands?area={area}&lon=114.9&lat=27.8"),
        ("see", f"/api/usual?area={area}&case={tag(0)}"),
        ("see", f"/api/cases/{tag(0)}"),
        ("see", f"/api/metrics/reported?area={area}"),
        ("see", f"/api/metrics/reported/passport?area={area}"),
        ("see", "/api/reports/form"),
        ("see", "/api/reports/similar?category=CG0101&lon=114.9&lat=27.8"),
        ("analyse", "/api/analysis/catalogue"),
        ("analyse", f"/api/analysis/members?dimension=unit&area={area}"),
        *(("analyse", f"/api/analysis/{door}?{asked}") for door in ("answer", "rows", "trend", "passport", "export")),
    ]


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_role_gets_what_it_may_and_no_person_that_is_masked(
    client: TestClient, looking: list[Viewer], role: str
) -> None:
    for screen in SCREENS:
        looking.append(viewer(role, screen=screen))
        masked = role in MASKED_ROLES or screen == "wall"
        for capability, address in doors(ROOT):
            found = client.get(address)
            expected = 200 if may(frozenset({role}), capability) else 403
            assert found.status_code == expected, (role, address, found.text)
            if masked or expected == 403:
                assert not PERSONAL.search(found.text), (role, screen, address)
            elif address.startswith(("/api/queue", "/api/cases", "/api/search")):
                assert all(word in found.text for word in PERSONAL_WORDS[:3]), (role, screen, address)


def test_what_is_elsewhere_is_refused_as_what_is_nowhere(client: TestClient, looking: list[Viewer]) -> None:
    mine, other = grids()[0], grids()[-1]
    looking.append(viewer("duty_officer", mine))
    for (_, there), (_, nowhere) in zip(doors(other), doors("999999"), strict=True):
        found, missing = client.get(there), client.get(nowhere)
        assert found.status_code == missing.status_code
        if found.status_code == 403:
            assert found.text.replace(other, "999999") == missing.text
    theirs = next(number for number in range(96) if whose(number)[0] == other)
    found, missing = client.get(f"/api/cases/{tag(theirs)}"), client.get("/api/cases/none")
    assert (found.status_code, found.text.replace(tag(theirs), "none")) == (404, missing.text)


def test_a_question_is_watched_and_ended_by_who_asked(client: TestClient, looking: list[Viewer]) -> None:
    looking.append(viewer("inspector"))
    assert client.get(f"/api/analysis/answer?metric=reported&area={ROOT}&id=mine").status_code == 200
    assert client.get("/api/analysis/progress/mine").json()["state"] == "done"
    looking.append(viewer("dispatcher"))
    foreign, none = client.get("/api/analysis/progress/mine"), client.get("/api/analysis/progress/none")
    assert (foreign.status_code, foreign.text.replace("mine", "none")) == (400, none.text)
    assert client.post("/api/analysis/cancel/mine").status_code == 400
    with pytest.raises(QueryError):
        Gateway(city()).inquiries.progress("mine", viewer("leader"))


def test_refusals_are_told_to_who_notes_them() -> None:
    noted: list[tuple[str, str, str]] = []
    gateway = Gateway(city(), lambda who, what, where: noted.append((who.user, what, where)))
    with pytest.raises(ScopeError):
        gateway.watch("queue", grids()[-1], viewer("duty_officer", grids()[0]))
    with pytest.raises(ScopeError):
        gateway.cases.open(tag(0), viewer("auditor"))
    assert noted == [("duty_officer", "queue", grids()[-1]), ("auditor", "case", tag(0))]


def test_deltas_stay_within_scope_and_lens() -> None:
    """Every view over two areas through four lenses, while cases come in: no frame holds another's row."""
    node, gateway, tries = city(), Gateway(city()), 0
    heard: list[Change] = []
    node.listen(heard.extend)
    areas = (ROOT, grids()[0])
    lenses = [Lens(unit, masked) for unit in (None, UNITS[0]) for masked in (False, True)]
    watched = list(itertools.product(sorted(catalogue()), areas, lenses))
    through = {}
    for view, area, lens in watched:
        who = viewer("analyst" if lens.masked else "duty_officer", area, unit=lens.unit)
        snapshot = gateway.watch(view, area, who)
        # what answers each hand for itself is cut as for all others
        through[view, area, lens] = who.lens_of(view)
        assert (snapshot.lens, snapshot.lens.bare) == (who.lens_of(view), lens)
        tries += check(snapshot_frame(snapshot), area, lens)
    node.append(to_table(event for number in range(200, 224) for event in life(number, NOW - timedelta(hours=29))))
    node.publish()
    for change in heard:
        tries += check(delta_frame(change), change.area, change.lens)
    for view, area, lens in watched:
        own = through[view, area, lens]
        tries += check(snapshot_frame(gateway.snapshot(view, area, own)), area, lens)
        gateway.unwatch(view, area, own)
    assert len(heard) > 30
    assert any(PERSONAL.search(delta_frame(change)) for change in heard if not change.lens.masked)
    print(f"\n{tries} frames, 0 leaks")  # noqa: T201


def check(frame: str, area: str, lens: Lens) -> int:
    told: dict[str, Any] = json.loads(frame)
    said = json.dumps(told, ensure_ascii=False)
    tree = load_tree()
    for place, unit in TAG.findall(said):
        assert any(at.id == area for at in tree.path(grids()[int(place)])), (told["view"], area)
        assert lens.unit in (None, UNITS[int(unit)]), (told["view"], lens)
    assert not (lens.masked and PERSONAL.search(said)), (told["view"], area, said)
    return 1
