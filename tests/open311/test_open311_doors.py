"""Every door of GeoReport v2 that reads, as XML and as JSON, and what each refuses."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from defusedxml import ElementTree
from fastapi import FastAPI
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from dashboard.api import open311
from dashboard.api.open311.formats import UNWRITABLE, written
from dashboard.gateway import Gateway
from dashboard.identity.access import Access
from dashboard.identity.rates import Rule
from pipelines.contract.roles import OPERATIONAL
from pipelines.contract.scope import Scope, Viewer
from pipelines.contract.time import FrozenClock
from pipelines.node import Node

from .stage import GRID, NOW, ROOT, Stage, ids, life, rows, xinyu, xml

STANDARD = [
    "service_request_id", "status", "status_notes", "service_name", "service_code", "description", "agency_responsible",
    "service_notice", "requested_datetime", "updated_datetime", "expected_datetime", "address", "address_id", "zipcode",
    "lat", "long", "media_url",
]  # fmt: skip
VISIBLE = [str(number) for number in range(1, 11)]


def test_discovery_says_where_and_in_which_forms(stage: Stage) -> None:
    for path in ("/open311/discovery", "/open311/v2/discovery"):
        found = stage.client.get(f"{path}.json").json()
        assert list(found) == ["changeset", "contact", "key_service", "endpoints"]
        (endpoint,) = found["endpoints"]
        assert endpoint["url"] == "http://testserver/open311/v2"
        assert (endpoint["type"], endpoint["formats"]) == ("test", ["text/xml", "application/json"])
        root = xml(stage.client.get(f"{path}.xml"))
        assert [cell.text for cell in root.findall("endpoints/endpoint/formats/format")] == endpoint["formats"]
        assert root.findtext("endpoints/endpoint/url") == endpoint["url"]


def test_services_are_the_city_s_categories_without_those_withheld(stage: Stage) -> None:
    found = stage.get("services.json").json()
    named = [kind.id for kind in stage.node.kinds().categories if kind.id[:2] not in ("MD", "ZA", "TS")]
    assert [row["service_code"] for row in found] == named
    assert {row["service_code"] for row in found if row["metadata"]} == {"CG0102", "CG0110"}
    assert {row["type"] for row in found} == {"realtime"}
    told = rows(stage.get("services.xml"))
    assert [list(row) for row in told] == [list(row) for row in found]
    assert [row["service_name"] for row in told] == [row["service_name"] for row in found]
    english = stage.get("services.json", lang="en").json()
    assert next(row for row in english if row["service_code"] == "CG0102")["service_name"] == "Exposed refuse"


def test_a_definition_tells_what_is_asked(stage: Stage) -> None:
    found = stage.get("services/CG0102.json").json()
    (asked,) = found["attributes"]
    assert found["service_code"] == "CG0102"
    assert list(asked) == [
        "variable", "code", "datatype", "required", "datatype_description", "order", "description", "values",
    ]  # fmt: skip
    assert [value["key"] for value in asked["values"]] == ["bin", "road", "green"]
    root = xml(stage.get("services/CG0102.xml"))
    (told,) = root.findall("attributes/attribute")
    assert [cell.tag for cell in told] == list(asked)
    assert [value.findtext("key") for value in told.findall("values/value")] == ["bin", "road", "green"]
    assert stage.get("services/CG0101.json").json() == {"service_code": "CG0101", "attributes": []}


def test_requests_are_told_in_the_standard_s_order_and_words(stage: Stage) -> None:
    found = stage.get("requests.json").json()
    assert [row["service_request_id"] for row in found] == [f"test:{number}" for number in VISIBLE]
    assert all(list(row) == STANDARD for row in found)
    told = rows(stage.get("requests.xml"))
    assert [[_plain(value) for value in row.values()] for row in found] == [list(row.values()) for row in told]
    assert all(list(row) == STANDARD for row in told)
    closed, dispatched, new = found[2], found[5], found[3]
    assert closed["service_request_id"] == "test:3"
    assert (closed["status"], closed["status_notes"], new["status"]) == ("closed", "结案 待评", "open")
    assert closed["requested_datetime"] == "2026-11-20T11:32:05+08:00"
    assert closed["updated_datetime"] == "2026-11-20T11:57:05+08:00"
    assert closed["expected_datetime"] == "2026-11-20T15:32:05+08:00"
    assert (closed["description"], closed["address"]) == ("案件3", "仙来大道**号")
    assert (closed["lat"], closed["long"]) == (27.817, 114.914)
    assert new["expected_datetime"] is None
    assert dispatched["agency_responsible"] != ""
    unit = stage.node.query("select name_zh from units where unit_id = 'U093'").to_pylist()
    assert closed["agency_responsible"] == (unit[0]["name_zh"] if unit else "U093")


def _plain(value: Any) -> str:
    return "" if value is None else repr(value) if isinstance(value, float) else str(value)


def test_one_request_is_a_list_of_one(stage: Stage) -> None:
    found = stage.get("requests/test:3.json").json()
    assert found == [row for row in stage.get("requests.json").json() if row["service_request_id"] == "test:3"]
    assert rows(stage.get("requests/test:3.xml"))[0]["service_request_id"] == "test:3"


def test_more_is_told_only_where_it_is_asked_for(stage: Stage) -> None:
    (row,) = stage.get("requests/test:3.json", extensions="true").json()
    more = row.pop("extended_attributes")
    assert list(row) == STANDARD
    assert more | {"state": "closed", "phase": "evaluate", "area_id": GRID, "priority": "normal"} == more
    assert more["closed_datetime"] == "2026-11-20T11:57:05+08:00"
    root = xml(stage.get("requests/test:3.xml", extensions="true"))
    assert root.findtext("request/extended_attributes/state") == "closed"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"status": "closed"}, ["3", "6", "9"]),
        ({"status": "open"}, [number for number in VISIBLE if int(number) % 3]),
        ({"status": "open,closed"}, VISIBLE),
        ({"service_code": "CG0102"}, VISIBLE),
        ({"service_code": "CG0101,CG0102"}, VISIBLE),
        ({"service_code": "CG0101"}, []),
        ({"service_code": "MD0101"}, []),
        ({"service_request_id": "test:2,test:5,test:nobody"}, ["2", "5"]),
        ({"service_request_id": "test:2400", "start_date": NOW.isoformat()}, ["2400"]),
        ({"service_request_id": "test:11,test:12,test:13"}, []),
        ({"start_date": (NOW - timedelta(hours=4)).isoformat()}, ["1", "2", "3", "4"]),
        ({"end_date": (NOW - timedelta(hours=9)).isoformat()}, ["9", "10"]),
        ({"end_date": (NOW - timedelta(days=90)).isoformat()}, ["2400"]),
        ({"updated_after": (NOW - timedelta(minutes=115)).isoformat()}, ["1", "2"]),
        ({"updated_before": (NOW - timedelta(hours=8)).isoformat()}, ["8", "9", "10"]),
        ({"page": "2", "page_size": "4"}, ["5", "6", "7", "8"]),
        ({"page_size": "3"}, ["1", "2", "3"]),
        ({"jurisdiction_id": "xinyu.example"}, VISIBLE),
        ({"lat": "27.817", "long": "114.914", "radius": "50", "extensions": "true"}, VISIBLE),
        ({"lat": "27.83", "long": "114.914", "radius": "50", "extensions": "true"}, []),
    ],
)
def test_a_filter_lets_through_what_it_names(stage: Stage, query: dict[str, str], expected: list[str]) -> None:
    assert ids(stage.get("requests.json", **query)) == expected
    assert [row["service_request_id"] for row in rows(stage.get("requests.xml", **query))] == [
        f"test:{number}" for number in expected
    ]


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("requests", {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-11-20T00:00:00Z"}, 400),
        ("requests", {"start_date": "2026-11-20T00:00:00Z", "end_date": "2026-11-19T00:00:00Z"}, 400),
        ("requests", {"start_date": "2026-11-20T00:00:00"}, 400),
        ("requests", {"end_date": "yesterday"}, 400),
        ("requests", {"end_date": "0001-01-01T00:00:00+14:00"}, 400),
        ("requests", {"updated_after": "9999-12-31T23:59:59-12:00"}, 400),
        ("requests", {"status": "pending"}, 400),
        ("requests", {"page": "0"}, 400),
        ("requests", {"page": "²"}, 400),
        ("requests", {"page_size": "1001"}, 400),
        ("requests", {"lat": "27.8", "long": "114.9", "radius": "50"}, 400),
        ("requests", {"lat": "27.8", "extensions": "true"}, 400),
        ("requests", {"lat": "nan", "long": "114.9", "radius": "50", "extensions": "true"}, 400),
        ("requests", {"as_of": "-1"}, 400),
        ("requests", {"jurisdiction_id": "elsewhere.example"}, 404),
        ("requests", {"api_key": "cbk_made-up"}, 403),
        ("requests/test:nobody", {}, 404),
        ("requests/test:11", {}, 404),
        ("requests/test:12", {}, 404),
        ("requests/test:13", {}, 404),
        ("services/CG01", {}, 404),
        ("services/MD0101", {}, 404),
        ("tokens/made-up", {}, 404),
        ("nothing", {}, 404),
        ("nothing/at-all", {}, 404),
    ],
)
def test_a_refusal_is_a_code_and_a_description(stage: Stage, path: str, query: dict[str, str], status: int) -> None:
    answer = stage.get(f"{path}.json", **query)
    (error,) = answer.json()
    assert list(error) == ["code", "description"]
    assert answer.status_code == error["code"] == status, error
    assert error["description"]
    answer = stage.get(f"{path}.xml", **query)
    root = xml(answer)
    assert (answer.status_code, root.tag) == (status, "errors")
    assert [(cell.tag, cell.findtext("code")) for cell in root] == [("error", str(status))]


def test_an_address_without_a_form_is_told_so(stage: Stage) -> None:
    for path in ("requests", "requests.yaml", "requests/test:3", "", "a/b/c/d.json"):
        answer = stage.get(path)
        assert answer.status_code == 404
        code = answer.json()[0]["code"] if path.endswith("json") else xml(answer).findtext("error/code")
        assert str(code) == "404"
    assert xml(stage.client.put("/open311/v2/requests.xml")).findtext("error/code") == "404"


def test_a_plus_sign_that_was_not_escaped_is_understood(stage: Stage) -> None:
    answer = stage.client.get("/open311/v2/requests.json?start_date=2026-11-20T10:32:05+08:00")
    assert ids(answer) == ["1", "2", "3", "4"]


def test_pages_stand_still_while_cases_come_in() -> None:
    with (stage := Stage.open(xinyu())).node:
        stage.add(event for number in range(1, 10) for event in life(number * 2))
        answer, seen = stage.get("requests.json", page=1, page_size=4), []
        for late in range(3):
            seen += ids(answer)
            # some are newer than all, some fall between the pages that were read and those that were not
            stage.add(life(2 * late + 1) + life(13 + 2 * late, steps=1))
            if "next" not in answer.links:
                break
            answer = stage.client.get(answer.links["next"]["url"])
        assert seen == [str(number * 2) for number in range(1, 10)]
        assert len(ids(stage.get("requests.json"))) == 15


def test_a_private_city_opens_to_a_key_alone() -> None:
    with (stage := Stage.open(xinyu(public=False))).node:
        stage.add(life(1))
        assert stage.get("requests.json").status_code == stage.get("services.xml").status_code == 403
        assert stage.client.get("/open311/discovery.json").status_code == 200
        key = stage.key("analyst")
        assert ids(stage.get("requests.json", api_key=key)) == ["1"]
        by_header = stage.client.get("/open311/v2/requests.json", headers={"Authorization": f"Bearer {key}"})
        assert ids(by_header) == ["1"]
        assert ids(stage.get("requests.json", api_key=stage.key("duty_officer", "360521"))) == []
        assert ids(stage.get("requests.json", api_key=stage.key("unit_handler", unit="U9999"))) == []
        assert stage.get("requests.json", api_key=stage.key("auditor", "360500")).status_code == 403


words = st.text(st.characters(codec="utf-8"), max_size=40)


@given(st.dictionaries(st.sampled_from(STANDARD), st.none() | words | st.floats(-180, 180) | st.booleans()))
@settings(max_examples=100, deadline=None)
def test_any_words_arrive_in_both_forms(row: dict[str, Any]) -> None:
    assert json.loads(bytes(written("service_requests", [row], "json").body)) == [row]
    (entry,) = ElementTree.fromstring(written("service_requests", [row], "xml").body)
    told = {cell.tag: cell.text or "" for cell in entry}
    plain = {name: UNWRITABLE.sub("", _plain(value)) for name, value in row.items()}
    assert told == plain | {name: str(value).lower() for name, value in row.items() if isinstance(value, bool)}


def test_who_knocks_too_often_waits() -> None:
    with (stage := Stage.open(xinyu(), (Rule("GET", "/open311", 3, 1),))).node:
        codes = [stage.get("services.json").status_code for _ in range(4)]
        assert codes == [200, 200, 200, 429]
        assert stage.get("services.json").json()[0]["code"] == 429


def test_where_nobody_signs_in_this_machine_needs_no_key_and_drills_nothing() -> None:
    with Node.open(xinyu(public=False), clock=FrozenClock(NOW)) as node:
        server = FastAPI()
        local = Viewer("local", OPERATIONAL, Scope(frozenset({ROOT})), exercise=True)
        server.include_router(open311.router(node, Gateway(node), None, ()))
        server.add_middleware(Access, local=local, gate=None)
        client = TestClient(server)
        body = {"service_code": "CG0102", "address_id": GRID}
        answer = client.post("/open311/v2/requests.json", data=body, headers={"citybrain-exercise": "1"})
        assert answer.status_code == 201, answer.text
        told = client.get("/open311/v2/requests.json").json()
        assert [row["service_request_id"] for row in told] == [answer.json()[0]["service_request_id"]]
