"""What a city without a list of categories offers: what its cases were about."""

from __future__ import annotations

from datetime import timedelta

from pipelines.config import load
from pipelines.contract.time import FrozenClock
from pipelines.node import Node
from tests.examples import START, events_of


def test_a_city_without_a_list_offers_what_its_cases_were_about() -> None:
    with Node.open(load(pack="boston"), clock=FrozenClock(START + timedelta(hours=3))) as node:
        assert node.kinds().categories == ()
        node.append(events_of(6))
        seen = node.kinds()
        counted = node.query("select distinct category from cases").to_pylist()
    assert {kind.id for kind in seen.categories} == {row["category"] for row in counted} == {"CG0101"}
