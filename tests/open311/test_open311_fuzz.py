"""Whatever knocks, the doors answer in their own words and never fall."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote_from_bytes

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .stage import Stage, rows, xml

QUIET = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
NAMES = (
    "service_request_id", "service_code", "status", "start_date", "end_date", "updated_after", "updated_before", "page",
    "page_size", "lat", "long", "radius", "extensions", "as_of", "lang", "jurisdiction_id", "description", "token",
    "address_string", "address_id", "email", "media_url", "attribute[container]", "attribute[depth]",
)  # fmt: skip
escaped = st.binary(max_size=12).map(quote_from_bytes)
ODD = (
    "", "1", "-1", "1e308", "nan", "inf", "true", "CG0102", "CG0110", "2026-11-20T00:00:00Z", "%00", "27.8", "114.9",
    "9" * 30, "0001-01-01T00:00:00Z", "test:3", "%ed%a0%80", "http://x",
)  # fmt: skip
value = escaped | st.sampled_from(ODD)
queries = st.lists(st.tuples(st.sampled_from(NAMES), value), max_size=6)
paths = st.one_of(
    st.sampled_from(["requests.json", "requests.xml", "services.json", "requests/test:3.xml", "services/CG0102.json"]),
    escaped.map(lambda name: f"requests/{name}.json"),
    escaped.map(lambda name: f"tokens/{name}.xml"),
    escaped.map(lambda name: f"services/{name}.xml"),
    escaped,
)


def answered(answer: Any) -> None:
    assert answer.status_code in (200, 201, 400, 403, 404), answer.text
    if answer.headers["content-type"].startswith("text/xml"):
        root = xml(answer)
        assert answer.status_code < 400 or root.findtext("error/code") == str(answer.status_code)
        assert rows(answer) is not None
    elif answer.status_code >= 400:
        assert [error["code"] for error in answer.json()] == [answer.status_code]


@given(paths, queries)
@QUIET
def test_no_question_brings_a_door_down(stage: Stage, path: str, query: list[tuple[str, str]]) -> None:
    asked = "&".join(f"{name}={value}" for name, value in query)
    answer = stage.client.get(f"/open311/v2/{path}?{asked}")
    # a line break in an address meets no door at all
    if "%0A" not in path and path.strip("/."):
        answered(answer)


KEYS: dict[int, str] = {}


@given(
    queries,
    st.sampled_from(["application/x-www-form-urlencoded", "application/json", "text/xml", "", "image/png"]),
    st.one_of(st.none(), st.binary(max_size=60), st.text(max_size=60).map(str.encode)),
)
@QUIET
def test_no_report_brings_a_door_down(stage: Stage, query: list[tuple[str, str]], kind: str, raw: bytes | None) -> None:
    key = KEYS.get(id(stage)) or KEYS.setdefault(id(stage), stage.key())
    body = "&".join(f"{name}={value}" for name, value in query).encode() if raw is None else raw
    for form in ("json", "xml"):
        answered(
            stage.client.post(
                f"/open311/v2/requests.{form}?api_key={key}",
                content=body,
                headers={"Content-Type": kind} if kind else {},
            )
        )
