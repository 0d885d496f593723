"""Whatever is sent to v1, it answers as its document says and never breaks; `FUZZ=deep` asks much longer."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.lens.planted import grids, tag

DEEP = os.environ.get("FUZZ") == "deep"
EXAMPLES = {GenerationMode.POSITIVE: 70 if DEEP else 4, GenerationMode.NEGATIVE: 30 if DEEP else 2}
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
    response_headers_conformance, allow_header_conformance,
]  # fmt: skip
KNOWN: dict[str, tuple[str, ...]] = {"area": ("360500", "360502"), "case_id": (tag(0), tag(1), tag(30))}
asked: Counter[int] = Counter()


@pytest.fixture(autouse=True, scope="module")
def told() -> Iterator[None]:
    yield
    print(f"\n{sum(asked.values())} requests: {dict(sorted(asked.items()))}")  # noqa: T201


def knock(server: FastAPI, headers: dict[str, str]) -> list[str]:
    """Ask every door of the document; return what was not as it says."""
    address = {"headers": {"host": "127.0.0.1", **headers}}
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", server, **address)
    wrong: list[str] = []
    for found in schema.get_all_operations():
        operation = found.ok()
        for mode, examples in EXAMPLES.items():
            try:
                _ask(operation, mode, examples, address["headers"])
            except (Exception, BaseExceptionGroup) as error:
                wrong.append(f"{operation.label} ({mode.value}): {type(error).__name__} {str(error)[:900]}")
    print("\n\n".join(wrong))  # noqa: T201
    return wrong


def _ask(operation: Any, mode: GenerationMode, examples: int, headers: dict[str, str]) -> None:
    @given(operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), derandomize=not DEEP,
        phases=[Phase.generate], database=None,
    )  # fmt: skip
    def ask(case: Any) -> None:
        for places in (case.query, case.path_parameters):
            for name, values in KNOWN.items():
                if mode is GenerationMode.POSITIVE and places and name in places and len(str(places[name])) % 3:
                    places[name] = values[len(str(places[name])) % len(values)]
        answer = case.call(headers=headers)
        asked[answer.status_code] += 1
        case.validate_response(answer, checks=CHECKS)

    ask()


def test_this_machine_gets_no_answer_that_is_not_told_of(open_server: FastAPI) -> None:
    assert knock(open_server, {"citybrain-request": "1"}) == []


def test_a_narrow_key_gets_no_answer_that_is_not_told_of(guarded_server: FastAPI, token: Callable[..., str]) -> None:
    bearer = token("grid_worker", grids()[0])
    assert knock(guarded_server, {"authorization": f"Bearer {bearer}"}) == []
