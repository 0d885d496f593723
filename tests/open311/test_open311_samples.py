"""What other cities' servers answered, read as a client and equalled as a server; and our own answers, read again."""

from __future__ import annotations

import csv
import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import yaml
from defusedxml import ElementTree

from pipelines.config import load
from pipelines.config.mapping import Open311Mapping
from pipelines.sources import archive, open311
from tests.sources.test_open311_docs import FIXTURE, FIXTURE_MAPPING

from .stage import Stage, life, rows, xinyu, xml

REQUESTS = {
    "bloomington_requests.json": ("bloomington_services.json", "America/Indiana/Indianapolis"),
    "chicago_service_requests.json": ("chicago_service_list.json", "America/Chicago"),
    "sf_cfa_get_service_request.xml": ("sf_cfa_services.xml", "America/Los_Angeles"),
    "sf_cfa_service_requests.xml": ("sf_cfa_services.xml", "America/Los_Angeles"),
    "sf_cfa_service_requests_empty.xml": ("sf_cfa_services.xml", "America/Los_Angeles"),
}
SERVICES = dict(REQUESTS.values())
Row = dict[str, Any]


@pytest.fixture(scope="session")
def samples() -> Path:
    shared = Path(os.environ.get("CITYBRAIN_SHARED", Path(__file__).parents[3] / "shared"))
    folder = shared / "data" / "311" / "open311_docs"
    if not folder.is_dir():
        pytest.skip(f"the real documents are not at {folder} (set CITYBRAIN_SHARED)")
    return folder


@pytest.fixture(scope="session")
def truth(samples: Path) -> Row:
    found: Row = json.loads((samples / "ground_truth.json").read_text(encoding="utf-8"))
    return found


def told(file: Path) -> list[Row]:
    """Return a sample's entries by their elements' names, without the code under test."""
    if file.suffix == ".json":
        found: list[Row] = json.loads(file.read_text(encoding="utf-8"))
        return found
    root: Element = ElementTree.fromstring(file.read_bytes())
    return [{cell.tag: (cell.text or "").strip() for cell in entry} for entry in root]


@contextmanager
def city(folder: Path, file: Path, services: list[Row], zone: str, source: Row) -> Iterator[Stage]:
    """Open a city that knows a sample's services and took in its requests."""
    groups = {row["group"] for row in services if row["group"]}
    listed = [[name, "", name] for name in sorted(groups)]
    listed += [[row["service_code"], row["group"], row["service_name"]] for row in services]
    with (folder / "services.csv").open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([["code", "parent", "name"], *listed])
    plain = {
        "city": {"id": "C", "name_zh": "城", "name_en": "City", "time_zone": zone, "languages": ["en"],
                 "center": [-100, 40]},
        "categories": {"file": "services.csv", "id": "code", "parent": "parent", "name_zh": "name"},
        "sources": {"cases": source},
        "open311": {"public": True, "most_days": 366, "precision": 6},
    }  # fmt: skip
    (folder / "config.yaml").write_text(yaml.safe_dump(plain, allow_unicode=True), encoding="utf-8")
    moments = [str(row.get("requested_datetime")) for row in told(file) if "requested_datetime" in row]
    now = max(map(datetime.fromisoformat, moments), default=datetime.fromisoformat("2012-07-01T00:00:00Z"))
    with (stage := Stage.open(load(folder / "config.yaml"), now=now + timedelta(days=9))).node:
        stage.node.import_files([file], "cases")
        yield stage


@pytest.mark.parametrize("name", REQUESTS)
def test_requests_are_answered_as_others_answer_them(name: str, samples: Path, tmp_path: Path) -> None:
    listed, zone = REQUESTS[name]
    sample, services = told(samples / name), told(samples / listed)
    known = {row["service_code"] for row in services}
    services += [
        {"service_code": row["service_code"], "service_name": row["service_name"], "group": ""}
        for row in {row["service_code"]: row for row in sample if row["service_code"] not in known}.values()
    ]
    with city(tmp_path, samples / name, services, zone, {"kind": "open311"}) as stage:
        ours = stage.get("requests.json").json()
        in_xml = stage.get("requests.xml")
    by_id = {row["service_request_id"].removeprefix("cases:"): row for row in ours}
    assert by_id.keys() == {row["service_request_id"] for row in sample}
    for row in sample:
        names = [field for field in row if field in open311.STANDARD]
        answer = by_id[row["service_request_id"]]
        assert [field for field in answer if field in names] == names, "the order of elements"
        assert set(row) <= set(answer)
        for field in names:
            compare(field, row[field], answer[field])
    if name.endswith(".xml"):
        theirs, mine = ElementTree.fromstring((samples / name).read_bytes()), xml(in_xml)
        assert mine.tag == theirs.tag
        shapes = [[(entry.tag, [cell.tag for cell in entry]) for entry in root] for root in (mine, theirs)]
        assert shapes[0] == shapes[1]


def compare(field: str, theirs: Any, ours: Any) -> None:
    """Compare one value of a sample with ours: same type, same meaning, but for what is masked or never told."""
    if field.endswith("_datetime"):
        if field != "updated_datetime" and theirs:
            assert datetime.fromisoformat(ours) == datetime.fromisoformat(theirs)
    elif field in ("lat", "long"):
        placed = theirs not in (None, "", 0)
        assert (ours is not None) == placed
        assert ours is None or abs(ours - float(theirs)) < 1e-6
    elif field in ("status", "service_code"):
        assert ours == theirs
    elif field == "agency_responsible":
        assert (ours or "") == theirs
    elif field == "service_request_id":
        assert ours.removeprefix("cases:") == theirs
    else:
        assert ours is None or type(ours) is str


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_services_are_listed_as_others_list_them(name: str, samples: Path, tmp_path: Path) -> None:
    sample = told(samples / name)
    empty = samples / "sf_cfa_service_requests_empty.xml"
    with city(tmp_path, empty, sample, SERVICES[name], {"kind": "open311"}) as stage:
        ours = stage.get("services.json").json() if name.endswith(".json") else rows(stage.get("services.xml"))
    assert [set(row) for row in ours] == [set(row) for row in sample]
    for field in ("service_code", "service_name", "type", "group"):
        assert [row[field] for row in ours] == [row[field] for row in sample]
    assert [{key: type(value) for key, value in row.items()} for row in ours] == [
        {key: type(row[key]) for key in ours[0]} for row in sample
    ]


def test_a_definition_has_the_sample_s_parts(stage: Stage, samples: Path) -> None:
    theirs = ElementTree.fromstring((samples / "sf_cfa_service_definition.xml").read_bytes())
    ours = xml(stage.get("services/CG0102.xml"))
    assert [cell.tag for cell in ours] == ["service_code", "attributes"], "the sample leaves the standard's list out"
    (one,), (other,) = theirs.findall("attribute"), ours.findall("attributes/attribute")
    assert [cell.tag for cell in one] == [cell.tag for cell in other]
    assert {tuple(part.tag for part in value) for value in one.findall("values/value")} == {
        tuple(part.tag for part in value) for value in other.findall("values/value")
    }


def test_discovery_and_a_new_request_have_the_sample_s_parts(stage: Stage, samples: Path) -> None:
    theirs = json.loads((samples / "boston_discovery.json").read_text(encoding="utf-8"))
    created = ElementTree.fromstring((samples / "sf_cfa_post_service_request.xml").read_bytes())
    ours = stage.client.get("/open311/discovery.json").json()
    answer = stage.post("xml", api_key=stage.key(), service_code="CG0102", address_string="仙来大道")
    refused = stage.post("xml", api_key="made-up", service_code="CG0102", address_string="仙来大道")
    assert set(ours) == set(theirs)
    assert [set(endpoint) for endpoint in ours["endpoints"]] == [set(theirs["endpoints"][0])]
    assert set(ours["endpoints"][0]["formats"]) == set(theirs["endpoints"][0]["formats"])
    assert [cell.tag for cell in xml(answer)[0]] == [cell.tag for cell in created[0]]
    assert (samples / "sf_cfa_403.xml").read_text(encoding="utf-8").split()[1] == str(refused.status_code) == "403"


def test_five_hundred_requests_of_a_fixture_are_served_whole(samples: Path, truth: Row, tmp_path: Path) -> None:
    expected = truth[FIXTURE]
    source = FIXTURE_MAPPING | {"dates": {"time_zone": "America/Los_Angeles"}}
    with city(tmp_path, samples / FIXTURE, [], "America/Los_Angeles", source) as stage:
        span = {"start_date": "2011-06-01T00:00:00Z", "end_date": "2011-07-30T00:00:00Z"}
        ours = stage.get("requests.json", **span).json()
        again = rows(stage.get("requests.xml", **span))
    assert {row["service_request_id"] for row in ours} == {f"cases:{one}" for one in expected["ids"]}
    assert [row["service_request_id"] for row in again] == [row["service_request_id"] for row in ours]
    assert Counter(row["status"].capitalize() for row in ours) == expected["status"]
    first, last = min(row["requested_datetime"] for row in ours), max(row["requested_datetime"] for row in ours)
    assert (first[:19], last[:19]) == tuple(
        expected[key].replace(" ", "T") for key in ("requested_min", "requested_max")
    )


def test_what_our_server_writes_our_client_reads(tmp_path: Path) -> None:
    asked = [(form, more) for form in ("json", "xml") for more in ("true", "false")]
    with (stage := Stage.open(xinyu())).node:
        stage.add(event for number in range(1, 40) for event in life(number, steps=1 + number % 6))
        stage.add(life(50, category="CG0110"))
        for form, more in asked:
            answer = stage.get(f"requests.{form}", extensions=more)
            (tmp_path / f"{more}.{form}").write_bytes(answer.content)
        marts = stage.node.query("select * from cases order by reported_at desc, case_id desc").to_pylist()
        units = {row["unit_id"]: row["name_zh"] for row in stage.node.query("select * from units").to_pylist()}
    first, *others = [records(tmp_path / f"{more}.{form}") for form, more in asked]
    assert all(other == first for other in others)
    assert len(first) == len(marts) == 40
    for record, case in zip(first, marts, strict=True):
        assert record["id"] == case["case_id"]
        assert (record["reported_at"], record["due_at"]) == (case["reported_at"], case["due_at"])
        assert (record["is_closed"], record["closed_at"]) == (not case["is_open"], case["closed_at"])
        assert (record["category"], record["title"]) == (case["category"], case["title"])
        assert record["unit_id"] == units.get(case["unit_id"], case["unit_id"])
        assert (record["lon"], record["lat"]) == (round(case["lon"], 3), round(case["lat"], 3))


def records(file: Path) -> list[Row]:
    """Read a document with our client."""
    found = open311.read([file], Open311Mapping(kind="open311"), time_zone="Asia/Shanghai")
    return [{k: v for k, v in row.items() if k != "row"} for block in found for row in block.cases.to_pylist()]


def test_a_served_city_is_taken_in_by_another(tmp_path: Path) -> None:
    """Another instance imports what ours serves: the same cases, in the same places."""
    config = load(pack="xinyu")
    follows = config.model_copy(update={"sources": {"north": Open311Mapping(kind="open311", simulated=True)}})
    with (stage := Stage.open(xinyu(precision=6))).node, (other := Stage.open(follows)).node:
        stage.add(event for number in range(1, 20) for event in life(number, steps=1 + number % 6))
        for form in ("json", "xml"):
            file = tmp_path / f"answer.{form}"
            file.write_bytes(stage.get(f"requests.{form}", extensions="true").content)
            other.node.import_files([file], "north")
        asked = "select {} as id, is_open, area_id, reported_at, closed_at, due_at, lon, lat from cases order by 1"
        ours = stage.node.query(asked.format("case_id")).to_pylist()
        theirs = other.node.query(asked.format("substr(case_id, 7)")).to_pylist()
    assert ours == theirs


@pytest.mark.parametrize("form", ["json", "xml"])
@pytest.mark.parametrize(
    ("path", "kind"),
    [("services", "services"), ("services/CG0102", "definition"), ("discovery", "discovery"), ("tokens/none", "error")],
)
def test_our_client_tells_what_our_server_s_answers_are(
    stage: Stage, tmp_path: Path, form: str, path: str, kind: str
) -> None:
    (tmp_path / f"answer.{form}").write_bytes(stage.get(f"{path}.{form}").content)
    member = next(archive.members(tmp_path / f"answer.{form}", "*", lambda _: None))
    assert isinstance(member, archive.Member)
    found = open311.document(member)
    assert found.kind == kind
    if kind == "definition":
        assert [row["code"] for row in found.rows] == ["container"]
