"""The analyst's questions over HTTP: answers, courses, rows, passports, files; refusals that name the way out."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

import pyarrow.parquet as pq
import pytest
from fastapi import FastAPI, Request
from openpyxl import load_workbook
from starlette.responses import Response
from starlette.testclient import TestClient

from dashboard.api import analysis
from dashboard.gateway import Gateway
from dashboard.identity.viewing import viewing
from pipelines.contract.events import CaseReported, to_table
from tests.examples import START
from tests.test_gateway import boston, viewer

TRAP = '=HYPERLINK("http://x","y"),+1'
PERIOD = {"area": "02116", "from": "2026-03-01T00:00:00+08:00", "to": "2026-03-03T00:00:00+08:00"}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    server = FastAPI()
    trap = CaseReported(
        id="trap", happened_at=START, received_at=START, source="test", area_id="02116", case_id="trap",
        category=TRAP, channel="grid",
    )  # fmt: skip
    boston().append(to_table([trap]))
    server.include_router(analysis.router(Gateway(boston())))
    server.dependency_overrides[viewing] = lambda: viewer("02116", "02124")
    with TestClient(server) as opened:
        yield opened
    boston().close()
    boston.cache_clear()


def get(client: TestClient, path: str, **params: Any) -> Any:
    answer = client.get(f"/api/analysis/{path}", params=PERIOD | params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_every_metric_of_the_catalogue_can_be_asked_for(client: TestClient) -> None:
    offered = client.get("/api/analysis/catalogue").json()
    assert {d["name"]: d["kind"] for d in offered["dimensions"]}["township"] == "area"
    assert offered["rows_in_marts"] == 21
    for metric in offered["metrics"]:
        asked = {"metric": metric["name"], "area": "02116", "by": "category", "compare": "previous,year,target"}
        answer = client.get("/api/analysis/answer", params=asked)
        assert answer.status_code == 200, answer.text
        assert answer.json()["compare"]["target"]["value"] == metric["target"]


def test_an_answer_says_what_was_asked_and_what_it_cost(client: TestClient) -> None:
    found = get(client, "answer", metric="reported", by="category", compare="previous")
    assert found["question"]["by"] == ["category"]
    assert found["total"]["value"] == sum(row["value"] for row in found["rows"]) == 11
    assert found["span"] == ["2026-02-28T11:00:00-05:00", "2026-03-02T11:00:00-05:00"]
    assert found["compare"]["previous"]["total"]["value"] == 0
    # of the asked area: how many there are elsewhere is nobody's business
    assert (found["rows_read"], found["took_ms"] > 0, found["truncated"]) == (11, True, False)


def test_a_cell_is_followed_to_its_rows_and_a_number_to_its_passport(client: TestClient) -> None:
    cell = {"metric": "reported", "where": [f"category:{TRAP}", "hour:"]}
    assert get(client, "rows", **(cell | {"where": cell["where"][:1]}))["rows"][0]["id"] == "trap"
    assert get(client, "rows", **cell)["total"] == 0
    shown = get(client, "passport", metric="closure_rate", where="channel:grid")
    assert shown["sql"].startswith("with")
    assert "$" not in shown["sql"]
    assert shown["question"]["where"] == ["channel:grid"]


def test_a_course_has_a_series_a_group(client: TestClient) -> None:
    found = get(client, "trend", metric="reported", by="channel", step="day", window="7")
    assert [len(series["points"]) for series in found["series"]] == [3]
    assert found["series"][0]["points"][-1]["value"] == 11


def test_members_are_those_of_the_area(client: TestClient) -> None:
    asked = {"dimension": boston().areas.get("02116").level, "area": "02116"}
    assert [m["id"] for m in client.get("/api/analysis/members", params=asked).json()] == ["02116"]
    hours = client.get("/api/analysis/members", params={"dimension": "hour", "area": "02116", "q": "08"}).json()
    assert hours == [{"id": "8", "name_zh": "08:00", "name_en": "08:00"}]


@pytest.mark.parametrize(
    ("path", "params", "status", "said"),
    [
        ("answer", {"metric": "reportd"}, 400, "did you mean 'reported'"),
        ("answer", {"metric": "reported", "area": "02108"}, 403, "outside the scope"),
        ("rows", {"metric": "reported", "area": "02108"}, 403, "outside the scope"),
        ("export", {"metric": "reported", "area": "02108"}, 403, "outside the scope"),
        ("trend", {"metric": "reported", "area": "02108"}, 403, "outside the scope"),
        ("passport", {"metric": "reported", "area": "02108"}, 403, "outside the scope"),
        ("members", {"dimension": "county", "area": "02108"}, 403, "outside the scope"),
        ("answer", {"metric": "reported", "from": "2026-03-01T00:00:00"}, 400, "with its offset"),
        ("answer", {"metric": "reported", "from": "yesterday"}, 400, "from='yesterday'"),
        ("answer", {"metric": "reported", "dimension": "x"}, 400, "'dimension' is no part of a question"),
        ("answer", {}, 400, "has no 'metric'"),
        ("trend", {"metric": "reported", "step": "month"}, 400, "there are hour, day, week"),
        ("trend", {"metric": "urged_cases", "from": "", "to": ""}, 400, "as of now, and what it was is not known"),
        ("answer", {"metric": "open_cases"}, 400, "as of now and has no period"),
        ("rows", {"metric": "reported", "limit": "-1"}, 400, "limit='-1': expected a whole number"),
        ("rows", {"metric": "closure_rate", "part": "late"}, 400, "no part 'late'"),
        ("export", {"metric": "reported", "format": "xls"}, 400, "did you mean 'xlsx'"),
        ("progress/nobody", {}, 400, "no question 'nobody'"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_the_way_out(
    client: TestClient, path: str, params: dict[str, str], status: int, said: str
) -> None:
    answer = client.get(f"/api/analysis/{path}", params=PERIOD | params)
    assert (answer.status_code, said in answer.json()["detail"]) == (status, True), answer.text


def _export(client: TestClient, form: str, **params: str) -> bytes:
    asked = PERIOD | {"metric": "closure_rate", "by": "category", "compare": "previous", "format": form} | params
    answer = client.get("/api/analysis/export", params=asked)
    assert answer.status_code == 200, answer.text
    name = "closure_rate-02116-20260228T1100-20260302T1100"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}.{form}"'
    return answer.content


def test_a_csv_opens_in_a_spreadsheet_and_runs_nothing(client: TestClient) -> None:
    text = _export(client, "csv", metric="closure_rate").decode("utf-8")
    assert text.startswith("\ufeff# 指标: 结案率")
    assert "# 数据截至: 2026-" in text
    counted = client.get("/api/analysis/export", params=PERIOD | {"metric": "reported", "by": "category"}).text
    cells = [line for line in counted.splitlines() if "HYPERLINK" in line and not line.startswith(("#", '"#'))]
    assert cells
    assert all(line.startswith("\"'=HYPERLINK") for line in cells)


def test_a_workbook_has_its_passport_beside_and_no_formula(client: TestClient) -> None:
    asked = PERIOD | {"metric": "reported", "by": "category", "format": "xlsx", "language": "en"}
    book = load_workbook(io.BytesIO(client.get("/api/analysis/export", params=asked).content))
    assert book.sheetnames == ["data", "passport"]
    passport = {row[0].value: row[1].value for row in book["passport"].iter_rows()}
    assert passport["Metric"] == "Cases reported"
    assert {"As of", "SQL", "Period", "Formula"} <= set(passport)
    cells = [cell for row in book["data"].iter_rows() for cell in row]
    assert TRAP in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} <= {"s", "n", "b"}


def test_parquet_has_types_and_its_passport_inside(client: TestClient) -> None:
    table = pq.read_table(io.BytesIO(_export(client, "parquet")))
    assert {"category", "category_name", "numerator", "value", "rankable", "previous_value"} <= set(table.column_names)
    said = json.loads(table.schema.metadata[b"citybrain.passport"])
    assert (said["指标"], "SQL" in said) == ("结案率", True)


class _Gone:
    async def is_disconnected(self) -> bool:
        return True


def test_the_question_of_a_display_that_went_away_is_ended() -> None:
    ended: list[bool] = []

    def work() -> Response:
        while not ended:
            pass
        return Response()

    with ThreadPoolExecutor(1) as threads:
        asyncio.run(analysis.heard(cast("Request", _Gone()), work, threads, lambda: ended.append(True)))
    assert ended == [True]
