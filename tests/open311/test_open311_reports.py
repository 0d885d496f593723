"""Reporting by Open311: a case once, its reporter nowhere in the log, every refusal with its reason."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from dashboard.api.open311.body import MOST_BYTES
from pipelines.contract.civic import Contact
from pipelines.errors import LogError
from pipelines.registry.contacts import Contacts
from pipelines.registry.sqlite import SqliteRegistry
from tests.identity.conftest import Hand

from .stage import GRID, POINT, Stage, rows, xinyu, xml

PLACE = {"lat": str(POINT[1]), "long": str(POINT[0])}
REPORT = {"service_code": "CG0102", "description": "后门堆了渣土", **PLACE}
WHO = {
    "first_name": "龘齉", "last_name": "王", "email": "canary@mail.example", "phone": "13900001234",
    "device_id": "canary-device", "account_id": "canary-account",
}  # fmt: skip
BOMB = """<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><request><service_code>CG0102</service_code><description>&c;</description>
</request>"""
OUTSIDE_ENTITY = """<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><request><service_code>CG0102</service_code>
<description>&x;</description><lat>27.8</lat><long>114.9</long></request>"""


@pytest.fixture(scope="module")
def city() -> Iterator[Stage]:
    with (made := Stage.open(xinyu())).node:
        yield made


@pytest.fixture(scope="module")
def key(city: Stage) -> str:
    return city.key("duty_officer")


def stored(city: Stage) -> int:
    return int(city.node.query("select count(*) as n from log").to_pylist()[0]["n"])


def case(city: Stage, case_id: str) -> dict[str, Any]:
    found: dict[str, Any] = city.node.query(f"select * from cases where case_id = '{case_id}'").to_pylist()[0]
    return found


def test_a_form_opens_a_case_in_its_grid(city: Stage, key: str) -> None:
    answer = city.post("json", api_key=key, jurisdiction_id="xinyu.example", address_string="仙来大道", **REPORT)
    assert answer.status_code == 201, answer.text
    (told,) = answer.json()
    assert list(told) == ["service_request_id", "service_notice", "account_id"]
    found = case(city, told["service_request_id"])
    shown = {name: found[name] for name in ("state", "channel", "area_id", "title", "address", "category_group")}
    assert shown == {
        "state": "reported", "channel": "open311", "area_id": GRID, "title": "后门堆了渣土", "address": "仙来大道",
        "category_group": "CG01",
    }  # fmt: skip
    assert found["simulated"] is True
    assert found["reported_by"] == "duty_officer-0"
    (again,) = city.get(f"requests/{told['service_request_id']}.json").json()
    assert (again["status"], again["description"]) == ("open", "后门堆了渣土")


def test_json_and_xml_bodies_say_the_same_as_a_form(city: Stage, key: str) -> None:
    bearer = {"Authorization": f"Bearer {key}"}
    fields = REPORT | {"service_code": "CG0110", "media_url": "https://pictures.example/1.jpg"}
    parts = "".join(f"<{name}>{value}</{name}>" for name, value in fields.items())
    whole = (
        f"<service_requests><request>{parts}<attributes><depth>12.5</depth></attributes></request></service_requests>"
    )
    answers = [
        city.post("xml", **fields, api_key=key, **{"attribute[depth]": "12.5"}),
        city.client.post("/open311/v2/requests.xml", json=fields | {"attributes": {"depth": 12.5}}, headers=bearer),
        city.client.post("/open311/v2/requests.xml", content=whole, headers=bearer | {"Content-Type": "text/xml"}),
    ]
    notes = set()
    for answer in answers:
        assert answer.status_code == 201, answer.text
        (told,) = rows(answer)
        assert list(told) == ["service_request_id", "service_notice", "account_id"]
        sql = f"select note from log where case_id = '{told['service_request_id']}'"
        notes |= {row["note"] for row in city.node.query(sql).to_pylist()}
    assert notes == {"depth: 12.5\nmedia_url: https://pictures.example/1.jpg"}


def test_a_long_description_keeps_its_end(city: Stage, key: str) -> None:
    words = "长" * 4000
    (told,) = city.post(api_key=key, **REPORT | {"description": words}).json()
    sql = f"select title, note from log where case_id = '{told['service_request_id']}'"
    (row,) = city.node.query(sql).to_pylist()
    assert (len(row["title"]), row["note"]) == (200, words)


def test_words_alone_are_a_place_that_an_officer_looks_for(city: Stage, key: str) -> None:
    body = {"service_code": "CG0102", "api_key": key}
    (told,) = city.post(**body, address_string="老车站后门").json()
    found = case(city, told["service_request_id"])
    assert (found["area_id"], found["address"]) == (city.node.areas.unknown.id, "老车站后门")
    (told,) = city.post(**body, address_id=GRID).json()
    assert case(city, told["service_request_id"])["area_id"] == GRID


def test_sent_again_it_is_the_same_case(city: Stage, key: str) -> None:
    first = city.post(api_key=key, token="r-1", **REPORT)
    before = stored(city)
    again = city.client.post(
        "/open311/v2/requests.json", data=REPORT | {"api_key": key}, headers={"Idempotency-Key": "r-1"}
    )
    assert (again.status_code, again.json()) == (201, first.json())
    assert stored(city) == before
    other = city.post(api_key=city.key("duty_officer"), token="r-1", **REPORT)
    assert other.json()[0]["service_request_id"] != first.json()[0]["service_request_id"]


def test_sent_by_many_hands_at_once_it_is_one_case(city: Stage, key: str) -> None:
    city.node.start()
    before = stored(city)
    with ThreadPoolExecutor(8) as hands:
        sent = [hands.submit(lambda: city.post(api_key=key, token="at-once", **REPORT)) for _ in range(16)]
        told = {answer.result().text for answer in sent}
    assert len(told) == 1
    assert stored(city) == before + 1


def test_a_reporter_is_kept_beside_the_log_for_officers(city: Stage, key: str) -> None:
    words = "王龘齉 手机13900001234 CANARY@mail.example 反映：垃圾"
    (told,) = city.post(api_key=key, **REPORT | WHO | {"description": words, "address_string": "王龘齉家门口"}).json()
    case_id = told["service_request_id"]
    log = json.dumps(city.node.query("select * from log").to_pylist(), default=str, ensure_ascii=False)
    assert not [value for value in WHO.values() if len(value) > 1 and value.lower() in log.lower()]
    officer = {"Authorization": f"Bearer {city.key('duty_officer')}"}
    found = city.client.get(f"/api/contacts/{case_id}", headers=officer)
    assert found.json() == WHO
    assert city.heard[-1][1:] == ("sealed", "reporter", case_id)
    heard = len(city.heard)
    for role, expected in (("dispatcher", 403), ("grid_worker", 403), ("analyst", 403), ("wall_director", 403)):
        other = {"Authorization": f"Bearer {city.key(role)}"}
        assert city.client.get(f"/api/contacts/{case_id}", headers=other).status_code == expected, role
    elsewhere = {"Authorization": f"Bearer {city.key('duty_officer', '360521')}"}
    assert city.client.get(f"/api/contacts/{case_id}", headers=elsewhere).status_code == 404
    assert city.client.get(f"/api/contacts/{case_id}").status_code == 401
    assert len(city.heard) == heard
    city.node.contacts.forget(case_id)
    assert city.client.get(f"/api/contacts/{case_id}", headers=officer).status_code == 404


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"service_code": ""}, 400),
        ({"service_code": "CG99"}, 404),
        ({"service_code": "MD0101"}, 404),
        ({"jurisdiction_id": "elsewhere.example"}, 404),
        ({"lat": ""}, 400),
        ({"lat": "", "long": ""}, 400),
        ({"lat": "nan"}, 400),
        ({"lat": "91"}, 400),
        ({"lat": "48.85", "long": "2.35"}, 400),
        ({"lat": "", "long": "", "address_id": "360500"}, 400),
        ({"address_id": "nowhere"}, 400),
        ({"description": "x" * 4001}, 400),
        ({"email": "x" * 201}, 400),
        ({"media_url": "javascript:alert(1)"}, 400),
        ({"media_url": "http://[bad"}, 400),
        ({"token": "x" * 201}, 400),
        ({"attribute[nothing]": "1"}, 400),
        ({"attribute[container]": "elsewhere"}, 400),
        ({"attribute[container]": ["bin", "road"]}, 400),
        ({"service_code": "CG0110"}, 400),
        ({"service_code": "CG0110", "attribute[depth]": "deep"}, 400),
        ({"api_key": ""}, 403),
        ({"api_key": "cbk_made-up"}, 403),
    ],
)
def test_a_refused_report_says_why_and_leaves_nothing(
    city: Stage, key: str, changes: dict[str, Any], status: int
) -> None:
    before = stored(city)
    for form in ("json", "xml"):
        answer = city.post(form, **{"api_key": key} | REPORT | changes)
        assert answer.status_code == status, answer.text
        code = answer.json()[0]["code"] if form == "json" else xml(answer).findtext("error/code")
        assert str(code) == str(status)
    assert stored(city) == before


@pytest.mark.parametrize("role", ["analyst", "dispatcher", "auditor"])
def test_a_key_that_may_not_report_does_not(city: Stage, role: str) -> None:
    assert city.post(api_key=city.key(role), **REPORT).status_code == 403


def test_a_key_reports_in_its_own_areas_only(city: Stage) -> None:
    assert city.post(api_key=city.key("grid_worker", "360521"), **REPORT).status_code == 403
    assert city.post(api_key=city.key("grid_worker", GRID), **REPORT).status_code == 201


def test_a_cookie_reports_nothing(city: Stage) -> None:
    account = city.gate.accounts.find("duty_officer-0")
    assert account
    city.client.cookies.set("citybrain", city.gate.sessions.open(account))
    assert city.client.get("/api/contacts/open311:nobody").status_code == 404, "the cookie opens other doors"
    assert city.post(**REPORT).status_code == 403
    city.client.cookies.clear()


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/xml", BOMB),
        ("application/xml", OUTSIDE_ENTITY),
        ("text/xml", "<request><service_code>CG0102"),
        ("text/xml", "<nothing/>"),
        ("text/xml", ""),
        ("application/json", "[1, 2]"),
        ("application/json", "[" * 60_000),
        ("application/json", '{"service_code": {"a": 1}}'),
        ("application/json", b'{"service_code": "\xff"}'),
        ("application/x-www-form-urlencoded", b"description=%ff%fe"),
        ("application/x-www-form-urlencoded", "&".join(f"a{n}=1" for n in range(300))),
        ("application/x-www-form-urlencoded", "description=" + "x" * MOST_BYTES),
        ("multipart/form-data; boundary=b", "--b--"),
        ("text/plain", "service_code=CG0102"),
    ],
)
def test_a_body_that_is_none_is_refused(city: Stage, key: str, kind: str, body: str | bytes) -> None:
    before = stored(city)
    answer = city.client.post(
        "/open311/v2/requests.json", params={"api_key": key}, content=body, headers={"Content-Type": kind}
    )
    assert answer.status_code == 400, answer.text
    assert "root:" not in answer.text
    assert answer.json()[0]["code"] == 400
    assert stored(city) == before


def test_while_the_log_is_away_a_token_is_told(city: Stage, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any) -> Any:
        raise LogError("away")

    with monkeypatch.context() as patched:
        patched.setattr(city.node, "receive", away)
        answer = city.post("json", api_key=key, **REPORT | WHO)
        assert answer.status_code == 201, answer.text
        (told,) = answer.json()
        assert list(told) == ["token", "service_notice", "account_id"]
        (waiting,) = city.get(f"tokens/{told['token']}.json").json()
        assert waiting == {"service_request_id": None, "token": told["token"]}
    (settled,) = rows(city.get(f"tokens/{told['token']}.xml"))
    assert settled["token"] == told["token"]
    assert case(city, settled["service_request_id"])["state"] == "reported"
    contact = city.node.contacts.find(settled["service_request_id"])
    assert contact
    assert contact.phone == WHO["phone"]
    assert city.get(f"tokens/{told['token']}.json").json()[0]["service_request_id"] == settled["service_request_id"]


def test_reports_that_waited_come_in_with_the_next(city: Stage, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any) -> Any:
        raise LogError("away")

    with monkeypatch.context() as patched:
        patched.setattr(city.node, "receive", away)
        assert "token" in city.post(api_key=key, **REPORT).json()[0]
    before = stored(city)
    assert city.post(api_key=key, **REPORT).status_code == 201
    assert stored(city) == before + 2


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("电话13900001234，139 0000 1234、139-0000-1234", "电话**，**、**"),
        ("编号2139000012345不变", "编号2139000012345不变"),
        ("Ann said: Annual fair, call ANN", "** said: Annual fair, call **"),
        ("李在路口", "李在路口"),
    ],
)
def test_a_reporter_is_taken_out_of_their_own_words(said: str, kept: str) -> None:
    assert Contact(first_name="Ann", last_name="李", phone="139 0000 1234").taken_out(said) == kept


def test_contacts_of_a_city_end_with_their_time(tmp_path: Path) -> None:
    hand = Hand()
    registry = SqliteRegistry(tmp_path / "registry.sqlite", hand.now)
    contacts = Contacts(registry, hand.now, days=10)
    contacts.keep("open311:1", Contact(phone="13900001234"))
    contacts.keep("open311:2", Contact())
    assert contacts.find("open311:2") is None
    hand.pass_(days=9)
    assert contacts.find("open311:1")
    hand.pass_(days=1)
    assert contacts.find("open311:1") is None
    registry.close()
