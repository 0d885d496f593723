from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from pipelines.config.mapping import Open311Mapping, TabularMapping
from pipelines.errors import SourceError
from pipelines.sources import archive, open311, tabular
from pipelines.sources.refine import Records

KINDS = {
    "bloomington_services.json": "services",
    "boston_discovery.json": "discovery",
    "chicago_service_list.json": "services",
    "sf_cfa_service_definition.xml": "definition",
    "sf_cfa_services.xml": "services",
}
REQUESTS = (
    "bloomington_requests.json",
    "chicago_service_requests.json",
    "sf_cfa_get_service_request.xml",
    "sf_cfa_post_service_request.xml",
    "sf_cfa_service_requests.xml",
    "sf_cfa_service_requests_empty.xml",
)
FIXTURE = "sf_open311dashboard_django_fixture.json"
FIXTURE_MAPPING = {
    "kind": "tabular",
    "where": {"model": "dashboard.request"},
    "fields": {
        "id": "fields.service_request_id",
        "reported": "fields.requested_datetime",
        "due": "fields.expected_datetime",
        "status": "fields.status",
        "category": "fields.service_code",
        "point": {"lon": "fields.long", "lat": "fields.lat"},
    },
    "closed_states": ["closed"],
}


@pytest.fixture
def truth(shared: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shared / "open311_docs" / "ground_truth.json").read_text(encoding="utf-8"))
    return found


def joined(blocks: list[Records]) -> tuple[pa.Table, Counter[str], int]:
    cases = pa.concat_tables([block.cases for block in blocks]) if blocks else pa.table({})
    reasons = Counter(reason for block in blocks for reason in block.issues.column("reason").to_pylist())
    return cases, reasons, sum(block.read for block in blocks)


def requests(path: Path) -> tuple[pa.Table, Counter[str], int]:
    return joined(list(open311.read([path], Open311Mapping(kind="open311"), time_zone="America/Chicago")))


@pytest.mark.parametrize("name", REQUESTS)
def test_a_document_of_requests_is_read_whole(name: str, shared: Path, truth: dict[str, Any]) -> None:
    cases, reasons, read = requests(shared / "open311_docs" / name)
    expected = truth[name]
    assert read == expected["requests"]
    assert cases.num_rows == expected["with_requested_datetime"]
    assert reasons["missing-date"] == read - cases.num_rows
    assert reasons["null-island"] == expected["coords_zero"]
    if cases.num_rows:
        assert cases.column("id").to_pylist() == expected["ids"]
        assert Counter(cases.column("status").to_pylist()) == expected["status"]
        assert cases.column("lon").null_count == expected["coords_missing"] + expected["coords_zero"]
        assert Counter(cases.column("category").to_pylist()) >= Counter(dict(expected["service_codes_top"]))


def test_an_offset_is_honoured_and_the_last_update_closes(shared: Path) -> None:
    cases, _, _ = requests(shared / "open311_docs" / "sf_cfa_get_service_request.xml")
    case = cases.to_pylist()[0]
    assert case["reported_at"].isoformat() == "2010-04-14T14:37:38+00:00"
    assert case["closed_at"] == case["reported_at"]
    assert case["is_closed"] is True


@pytest.mark.parametrize("name", sorted(KINDS))
def test_another_answer_is_refused_by_what_it_is(name: str, shared: Path, truth: dict[str, Any]) -> None:
    path = shared / "open311_docs" / name
    member = next(archive.members(path, "*", lambda _: None))
    assert isinstance(member, archive.Member)
    found = open311.document(member)
    assert found.kind == KINDS[name]
    if found.kind == "services":
        assert [row["service_code"] for row in found.rows] == truth[name]["service_codes"]
    with pytest.raises(SourceError, match=f"{name}: holds {KINDS[name]}"):
        requests(path)


def test_a_saved_refusal_is_reported_in_the_services_words(shared: Path) -> None:
    with pytest.raises(SourceError, match=r"sf_cfa_403\.xml: the service answered with an error: Invalid api_key"):
        requests(shared / "open311_docs" / "sf_cfa_403.xml")


def test_a_django_fixture_is_a_table_by_its_mapping(shared: Path, truth: dict[str, Any]) -> None:
    expected = truth[FIXTURE]
    mapping = TabularMapping.model_validate(FIXTURE_MAPPING)
    cases, reasons, read = joined(
        list(tabular.read([shared / "open311_docs" / FIXTURE], mapping, time_zone="America/Los_Angeles"))
    )
    assert (read, cases.num_rows) == (expected["children"], expected["requests"])
    assert reasons == {"not-selected": read - cases.num_rows, "null-island": expected["coords_zero"]}
    assert cases.column("id").to_pylist() == expected["ids"]
    assert Counter(cases.column("status").to_pylist()) == expected["status"]
    first = min(cases.column("reported_at").to_pylist())
    assert first.isoformat() == "2011-06-27T10:43:00+00:00"
