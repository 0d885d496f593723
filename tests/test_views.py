"""A watcher that applies every change to its first snapshot has the present rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.config import Config
from pipelines.contract.channels import Change
from pipelines.contract.delta import apply
from pipelines.contract.events import to_table
from pipelines.contract.time import FrozenClock
from pipelines.errors import ViewError
from pipelines.node import Node
from pipelines.views import Channel, Rows, catalogue
from tests.examples import START, case_events

CITY = {"id": "360500", "name_zh": "测试", "name_en": "Test", "time_zone": "Asia/Shanghai", "center": [115, 28]}
NOW = START + timedelta(hours=3)


@pytest.fixture
def node() -> Iterator[Node]:
    with Node.open(Config.model_validate({"city": CITY}), clock=FrozenClock(NOW)) as opened:
        yield opened


def cases(node: Node, numbers: range, **options: Any) -> None:
    node.append(to_table(e for n in numbers for e in case_events(n, area=node.areas.root.id, **options)))


def test_a_change_tells_what_is_new(node: Node) -> None:
    heard: list[Change] = []
    node.listen(heard.extend)
    cases(node, range(3), closed=False)
    first = node.watch("queue", "360500")
    cases(node, range(3, 5), closed=False)
    node.publish()
    assert len(first.rows) == 3
    assert [(c.view, c.seq) for c in heard] == [("queue", first.seq + 1)]
    assert set(heard[0].delta.set) == {"test:3", "test:4"}


def test_no_change_is_not_told(node: Node) -> None:
    heard: list[Change] = []
    node.listen(heard.extend)
    cases(node, range(3), closed=False)
    node.watch("queue", "360500")
    node.publish()
    assert heard == []


def test_what_neither_clock_nor_city_moved_is_not_computed_anew(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    node.watch("queue", "360500")
    asked: list[str] = []
    compute = node.views._compute

    def counted(channel: Channel, as_of: datetime) -> Rows:
        asked.append(channel.view.name)
        return compute(channel, as_of)

    monkeypatch.setattr(node.views, "_compute", counted)
    node.publish()
    assert asked == []
    cases(node, range(3), closed=False)
    node.publish()
    assert asked == ["queue"]
    assert len(node.snapshot("queue", "360500").rows) == 3


def test_a_channel_nobody_watches_is_forgotten(node: Node) -> None:
    node.watch("queue", "360500")
    node.watch("queue", "360500")
    node.unwatch("queue", "360500")
    assert node.snapshot("queue", "360500").seq == 1
    node.unwatch("queue", "360500")
    with pytest.raises(KeyError):
        node.snapshot("queue", "360500")


def test_an_unknown_view_names_the_nearest(node: Node) -> None:
    with pytest.raises(ViewError, match="did you mean 'queue'"):
        node.watch("queu", "360500")


@pytest.mark.parametrize("view", sorted(catalogue()))
def test_a_snapshot_holds_what_the_view_answers(node: Node, view: str) -> None:
    cases(node, range(4), closed=False)
    asked = node.ask(view, "360500").to_pylist()
    rows = [msgspec.json.decode(row) for row in node.watch(view, "360500").rows.values()]
    assert len(rows) == len(asked)
    assert all(set(row) == set(asked[0]) for row in rows)


@given(st.lists(st.tuples(st.integers(0, 8), st.booleans()), min_size=1, max_size=6))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_snapshot_and_changes_lead_to_the_present_rows(steps: list[tuple[int, bool]]) -> None:
    with Node.open(Config.model_validate({"city": CITY}), clock=FrozenClock(NOW)) as node:
        held = {view: node.watch(view, "360500") for view in catalogue()}
        rows = {view: snapshot.rows for view, snapshot in held.items()}
        seqs = {view: snapshot.seq for view, snapshot in held.items()}

        def hear(changes: list[Change]) -> None:
            for change in changes:
                assert change.seq == seqs[change.view] + 1
                seqs[change.view] = change.seq
                rows[change.view] = apply(rows[change.view], change.delta)

        node.listen(hear)
        for number, closed in steps:
            cases(node, range(number, number + 2), closed=closed)
            node.publish()
        assert rows == {view: node.snapshot(view, "360500").rows for view in catalogue()}
