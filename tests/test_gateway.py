"""No row from outside a viewer's scope leaves the gateway."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.gateway import Gateway
from pipelines.config import load
from pipelines.contract.events import to_table
from pipelines.contract.scope import Scope, Viewer
from pipelines.contract.time import FrozenClock
from pipelines.errors import AreaError, ScopeError
from pipelines.node import Node
from pipelines.views import catalogue
from tests.examples import START, case_events

ZIPS = ("02108", "02116", "02124", "02127", "02131", "02134")


@cache
def boston() -> Node:
    node = Node.open(load(pack="boston"), clock=FrozenClock(START + timedelta(hours=3)))
    node.append(to_table(e for n in range(60) for e in case_events(n, area=ZIPS[n % len(ZIPS)], closed=n % 4 == 0)))
    return node


@pytest.fixture(autouse=True, scope="module")
def closed() -> Iterator[None]:
    yield
    boston().close()
    boston.cache_clear()


def viewer(*areas: str) -> Viewer:
    return Viewer("test", frozenset({"duty_officer"}), Scope(frozenset(areas)))


@given(st.sampled_from(sorted(catalogue())), st.frozensets(st.sampled_from(ZIPS), min_size=1), st.sampled_from(ZIPS))
@settings(max_examples=200, deadline=None)
def test_rows_stay_within_the_scope(view: str, scope: frozenset[str], area: str) -> None:
    gateway = Gateway(boston())
    if area in scope:
        rows = gateway.ask(view, area, viewer(*scope))
        assert {row["area_id"] for row in rows if "area_id" in row} <= {area}
    else:
        with pytest.raises(ScopeError):
            gateway.ask(view, area, viewer(*scope))


def test_the_city_sees_the_sum_of_its_areas() -> None:
    gateway = Gateway(boston())
    whole = gateway.ask("queue", "boston", viewer("boston"))
    parts = [row for area in ZIPS for row in gateway.ask("queue", area, viewer("boston"))]
    assert {row["case_id"] for row in whole} == {row["case_id"] for row in parts}
    assert len(whole) == 45


def test_a_case_outside_the_scope_does_not_exist() -> None:
    gateway = Gateway(boston())
    found = gateway.cases.open("test:1", viewer("02116"))
    assert found is not None
    assert [step["kind"] for step in found["timeline"]] == ["case-reported", "case-filed"]
    assert gateway.cases.open("test:1", viewer("02108")) is None
    assert gateway.cases.open("no such case", viewer("boston")) is None


def test_a_refusal_says_nothing_but_what_was_asked() -> None:
    gateway = Gateway(boston())
    with pytest.raises(ScopeError) as refused:
        gateway.ask("queue", "02124", viewer("02108"))
    assert "02108" not in str(refused.value)
    with pytest.raises(ScopeError) as unknown:
        gateway.ask("queue", "nowhere", viewer("02108"))
    assert str(unknown.value).replace("nowhere", "02124") == str(refused.value)
    with pytest.raises(AreaError, match="nowhere"):
        gateway.ask("queue", "nowhere", viewer("boston"))
