"""Through every operation of v1, nobody is told of a row, a file or a person that the domain does not give them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi.encoders import jsonable_encoder
from starlette.testclient import TestClient

from dashboard.api.v1.openapi import document
from dashboard.gateway import sealed
from dashboard.gateway.casework import Casework
from dashboard.gateway.files import Files
from dashboard.gateway.guard import Guard
from pipelines import lens
from pipelines.contract import decide
from pipelines.contract.commands import COMMANDS
from pipelines.contract.scope import CLEAR, Viewer
from pipelines.views import View, catalogue
from tests.lens.knocking import Look, Site
from tests.lens.oracle import Person, people, places
from tests.lens.planted import UNITS
from tests.lens.tries import BESIDE, FIXED, Try, named, view
from tests.lens.world import city, only

LEAST = 3000
tried: Counter[str] = Counter()


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    node = city()
    for name in ("ask", "metric"):
        setattr(node, name, _once(getattr(node, name)))
    yield Site(node)
    node.close()


def _once(work: Callable[..., Any]) -> Callable[..., Any]:
    """Return what was found for the same question, area and lens before: nothing changes here meanwhile."""
    known: dict[str, Any] = {}

    def asked(*values: Any) -> Any:
        key = repr(values)
        if key not in known:
            known[key] = work(*values)
        return known[key]

    return asked


@pytest.fixture(scope="module")
def client(site: Site) -> Iterator[TestClient]:
    with site.opened() as client:
        yield client


def tries(site: Site) -> dict[str, Try]:
    """Return what is tried at each operation of the document; one that nobody thought of has nothing."""
    told: dict[str, Any] = document(site.node)["paths"]
    known: dict[str, Try] = {}
    for methods in told.values():
        for operation in (methods[method]["operationId"] for method in methods):
            if operation.startswith("view_"):
                known[operation] = view(operation.removeprefix("view_"))
            elif operation in COMMANDS:
                known[operation] = named(operation)
            else:
                assert operation in FIXED, f"{operation} is a new operation: say in tests/lens/tries.py who may what"
                known[operation] = FIXED[operation]
    return known | BESIDE


def test_nothing_of_others_leaves_by_v1(site: Site, client: TestClient) -> None:
    chance, doors = random.Random(5), tries(site)
    wrong: list[str] = []
    for person in people():
        look = Look(person, client, site.brings(person), chance, tried)
        for name, work in doors.items():
            look.door = name
            work(look)
        wrong += look.wrong
    print(f"\n{sum(tried.values())} tries at {len(doors)} doors by {len(list(people()))} people")  # noqa: T201
    assert wrong == []
    assert {name for name in doors if not tried[name]} == set()
    assert sum(tried.values()) >= LEAST


WORLDS = (
    Person("all", "duty_officer", frozenset(places()[:1])),
    Person("village", "inspector", frozenset(places()[1:2])),
    Person("grid", "checker", frozenset(places()[2:])),
    Person("unit", "unit_head", frozenset(places()[:1]), UNITS[0]),
    Person("drill", "leader", frozenset(places()[:1]), exercise=True),
    Person("unit-drill", "unit_head", frozenset(places()[:1]), UNITS[2], exercise=True),
)


@pytest.mark.parametrize("person", WORLDS, ids=lambda person: person.user)
def test_a_number_is_that_of_the_visible_rows_alone(site: Site, client: TestClient, person: Person) -> None:
    """Each metric is the one of a city in which nothing exists but what this person may see."""
    look = Look(person, client, site.brings(person), random.Random(2), tried)
    numbers = (case.number for case in person.visible())
    with only(numbers, with_places=person.unit is None and not person.exercise) as alone:
        for metric in alone.metrics():
            look.door = "metric"
            for area, by in ((min(person.areas), by) for by in look.chance.choice([("",), ("", "unit"), ("grid",)])):
                asked = {"area": area, "by": by}
                found = look.expect(True, "GET", f"/api/v1/metrics/{metric.name}", params=asked)
                told = alone.metric(metric.name, area, [by] if by else [], None).to_pylist()
                expected = sorted(map(str, jsonable_encoder(told)))
                if found and sorted(map(str, found.json()["rows"])) != expected:
                    look.note(f"{metric.name} of {area} by {by or 'nothing'}: {found.json()['rows']} not {expected}")
    assert look.wrong == []


class Everybody(frozenset[str]):
    """A team that everybody is of."""

    def __contains__(self, _user: object) -> bool:
        return True


def _forgetful(name: str) -> View:
    """Return a view that has forgotten to leave the drill out."""
    before = catalogue()[name]
    return replace(before, sql=before.sql.replace(" and not exercise", ""))


Break = Callable[[pytest.MonkeyPatch], object]
FAULTS: dict[str, tuple[str, Break]] = {
    "a view is asked without its lens": (
        "view_queue", lambda patch: patch.setattr(Viewer, "lens_of", lambda _self, _view: CLEAR)
    ),
    "areas are not looked at": ("view_queue", lambda patch: patch.setattr(Guard, "admit", lambda *_: None)),
    "every case is seen": ("command", lambda patch: patch.setattr(Casework, "sees", lambda *_: True)),
    "every file is shown": ("attachment", lambda patch: patch.setattr(Files, "_shows", lambda *_: True)),
    "a known hash is enough": ("command", lambda patch: patch.setattr(Files, "_may_name", lambda *_: True)),
    "everybody is of the team": ("parties", lambda patch: patch.setattr(sealed, "team", lambda _case: Everybody())),
    "in the database life stands in the drill": (
        "search",
        lambda patch: patch.setattr(lens, "_where", lambda one, seen, main, was=lens._where: was(
            one, replace(seen, exercise=False), main
        )),
    ),
    "in the database a drill stands in life": (
        "view_ticker", lambda patch: patch.setitem(catalogue(), "ticker", _forgetful("ticker"))
    ),
    "in the database nothing is masked": ("case", lambda patch: patch.setattr(lens, "PERSONAL", {})),
    "a reporter hears who acted": (
        "command",
        lambda patch: patch.setattr(decide, "_last", lambda case, _by: {"by": case.last_actor, "state": case.state}),
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_guard_that_is_switched_off_is_found(
    site: Site, client: TestClient, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, switch_off = FAULTS[fault]
    switch_off(monkeypatch)
    work = tries(site)[name]
    if not fault.startswith("in the database"):
        assert any(_wrong(site, client, person, name, work) for person in people()), fault
        return
    # a lens stays as it was made, and answers are kept: this takes another city
    broken = Site(city())
    with broken.node, broken.opened() as another:
        assert any(_wrong(broken, another, person, name, work) for person in people()), fault


def _wrong(site: Site, client: TestClient, person: Person, name: str, work: Try) -> list[str]:
    look = Look(person, client, site.brings(person), random.Random(1), door=name)
    work(look)
    return look.wrong
