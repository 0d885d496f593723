"""Nothing of a person leaves by a public door, whatever is asked: property over planted names, numbers, houses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.gateway import Gateway
from pipelines.contract.civic import Contact, Wanted
from pipelines.contract.events import CaseReported
from pipelines.contract.roles import ROLES, may
from pipelines.contract.scope import Scope, Viewer
from pipelines.errors import ScopeError
from tests.lens.planted import NOW, PERSONAL, TAG, UNITS, city, tag, whose
from tests.lens.test_leaks import path, places

from .stage import GRID, POINT, Stage

FIELDS = re.compile("first_name|last_name|email|phone|device_id|canary-account|reporter|actor", re.IGNORECASE)
FINE = re.compile(r"\d+\.\d{4,}")
DRILL = "drill-case"
tried = {"answers": 0, "requests": 0}


@pytest.fixture(scope="module")
def planted() -> Iterator[Stage]:
    node = city()
    drill = CaseReported(
        id="drill:1", happened_at=NOW, received_at=NOW, source="test", area_id=GRID, case_id=DRILL, category="CG0102",
        channel="grid", simulated=True, exercise=True,
    )  # fmt: skip
    made = Stage.open(node.config, now=NOW, node=node)
    made.add([drill])
    body = {
        "service_code": "CG0102", "api_key": made.key("duty_officer"), "first_name": "龘齉", "last_name": "欧阳",
        "phone": "13900009999", "email": "canary@mail.example", "device_id": "canary-device",
        "account_id": "canary-account", "lat": POINT[1], "long": POINT[0], "address_string": "仙来大道8123号",
        "description": "我是欧阳龘齉，电话 13900009999，canary@mail.example，住7701室",
    }  # fmt: skip
    for number in range(5):
        assert made.post(**body, token=f"t-{number}").status_code == 201
    yield made
    print(f"\n{tried['answers']} answers with {tried['requests']} requests, 0 leaks")  # noqa: T201
    node.close()
    city.cache_clear()


queries = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(["open", "closed", "open,closed"]),
        "service_code": st.sampled_from(["CG0101", "CG0102", "MD0101", "CG0101,CG0102"]),
        "extensions": st.sampled_from(["true", "false"]),
        "lang": st.sampled_from(["zh", "en", "龘"]),
        "page": st.integers(1, 9),
        "page_size": st.integers(1, 60),
        "service_request_id": st.lists(st.integers(0, 95).map(tag), min_size=1, max_size=5).map(",".join),
        "jurisdiction_id": st.sampled_from(["xinyu.example", "13900001234"]),
        "api_key": st.just(""),
    },
)


@given(st.sampled_from(["xml", "json"]), queries, st.integers(0, 95), st.booleans())
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_no_public_answer_tells_of_a_person(
    planted: Stage, form: str, query: dict[str, Any], number: int, alone: bool
) -> None:
    path = f"requests/{tag(number)}" if alone else "requests"
    answer = planted.get(f"{path}.{form}", **query)
    assert answer.status_code in (200, 404)
    said = answer.text + unquote(str(answer.headers))
    # what is refused is told back to who asked it
    said = said.replace("13900001234", "") if answer.status_code == 404 else said
    assert not (found := PERSONAL.search(said)), found
    assert not (field := FIELDS.search(said)), field
    assert not FINE.search(answer.text)
    assert DRILL not in said
    tried["answers"] += 1
    tried["requests"] += said.count("service_request_id")


def test_a_key_s_owner_reads_no_more_than_anyone(planted: Stage) -> None:
    everyone = planted.get("requests.json", extensions="true")
    assert len(everyone.json()) == 69
    for role in ("duty_officer", "shift_lead", "leader"):
        told = planted.get("requests.json", extensions="true", api_key=planted.key(role))
        assert told.text == everyone.text
        assert not PERSONAL.search(told.text)


def test_a_search_around_a_point_finds_no_finer_place_than_is_told(planted: Stage) -> None:
    """The case lies at 114.91361, 27.81719; its answer says 114.914, 27.817."""
    exact = {"lat": str(POINT[1]), "long": str(POINT[0]), "radius": "10", "extensions": "true"}
    assert planted.get("requests.json", **exact).json() == []
    told = exact | {"lat": "27.817", "long": "114.914"}
    assert len(planted.get("requests.json", **told).json()) == 5


viewers = st.builds(
    lambda role, area, unit: Viewer("looker", frozenset({role}), Scope(frozenset({area}), unit)),
    st.sampled_from(sorted(ROLES)),
    st.integers(0, 2**16).map(lambda seed: places()[seed % len(places())]),
    st.sampled_from((None, None, *UNITS)),
)


@given(viewers, st.integers(0, 95))
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_no_role_reads_by_the_gateway_what_is_not_its_own(planted: Stage, viewer: Viewer, number: int) -> None:
    door = Gateway(planted.node)
    allowed = may(viewer.roles, "see") or "guest" in viewer.roles
    try:
        found = door.requests(Wanted(), viewer)
    except ScopeError:
        assert not allowed
        return
    assert allowed
    for row in found:
        assert viewer.scope.areas & path(row["area_id"])
        if tagged := TAG.match(row["case_id"]):
            assert viewer.scope.unit in (None, UNITS[int(tagged.group(2))])
    assert not PERSONAL.search(str(found))
    reached(planted, door, viewer, number)


def reached(planted: Stage, door: Gateway, viewer: Viewer, number: int) -> None:
    """Only who may accept a case it sees is told how to reach its reporter."""
    planted.node.contacts.keep(tag(number), Contact(phone="13900001234"))
    inside = bool(viewer.scope.areas & path(whose(number)[0])) and viewer.scope.unit in (None, whose(number)[1])
    officer = viewer.roles <= {"duty_officer", "shift_lead"}
    try:
        found = door.cases.contact(tag(number), viewer)
    except ScopeError:
        assert not officer
        return
    assert (found is not None) == (inside and officer)
