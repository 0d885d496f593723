"""The city as of T is the city of a node that never heard of anything after T, wherever T is moved to."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.config import Config
from pipelines.contract.channels import Change
from pipelines.contract.delta import apply
from pipelines.contract.events import EVENT_SCHEMA, KINDS
from pipelines.contract.scope import Lens
from pipelines.contract.time import FrozenClock
from pipelines.errors import RewindError
from pipelines.follower import Follower
from pipelines.log.embedded import EmbeddedLog
from pipelines.log.stored import StoredLog
from pipelines.migration import MARTS
from pipelines.node import Node
from pipelines.rewind import Marts, Rewind
from pipelines.views import Views, catalogue
from pipelines.warehouse import Warehouse
from tests.metrics.small_city import CITY, GRIDS, NOW, city

Row = dict[str, Any]
HOUR = timedelta(hours=1)
CASES = [f"c{n}" for n in range(40)]
WEIGHTED = ["case-reported"] * 6 + ["case-filed", "case-dispatched", "case-closed", "grid-visited"] * 4 + sorted(KINDS)


def an_event(number: int, chance: random.Random) -> Row:
    """Any event at any hour of nine days: its case may not have been reported yet, its log order is its number."""
    kind = chance.choice(WEIGHTED)
    happened = NOW - HOUR * chance.randint(0, 9 * 24) - timedelta(minutes=chance.randint(0, 59))
    row: Row = {
        "kind": kind, "id": f"e{number}", "happened_at": happened, "received_at": NOW, "source": "test", "cause": "",
        "area_id": chance.choice(GRIDS), "simulated": chance.random() < 0.03, "exercise": chance.random() < 0.005,
    }  # fmt: skip
    fields = set(KINDS[kind].__struct_fields__)
    values: dict[str, Callable[[], object]] = {
        "case_id": lambda: chance.choice(CASES), "unit_id": lambda: chance.choice(["u1", "u2"]),
        "category": lambda: chance.choice(["CG0101", "CG01"]), "title": lambda: f"标题{number} 电话1380000{number:04}",
        "due_at": lambda: happened + HOUR * chance.randint(1, 60), "rating": lambda: chance.randint(1, 5),
        "reason": lambda: "x", "stage": lambda: chance.choice("ab"), "batch": lambda: "first", "year": lambda: 2026,
    }  # fmt: skip
    return row | {name: value() for name, value in values.items() if name in fields}


def events(rows: list[Row]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=EVENT_SCHEMA)


class Told:
    """A city that hears events in an order of its own."""

    def __init__(self) -> None:
        self.warehouse = city()
        self.log = EmbeddedLog(self.warehouse, StoredLog(self.warehouse))
        self.follower = Follower(self.warehouse)

    def hear(self, rows: list[Row]) -> None:
        self.log.append(events(rows))
        self.follower.catch_up(self.log)

    def at(self, moment: datetime) -> Rewind:
        clock = FrozenClock(NOW)
        return Rewind(self.warehouse, moment, simulated=False, wall_clock=clock, latest=clock.now)


def known(rows: list[Row], moment: datetime) -> list[Row]:
    return [row for row in rows if row["happened_at"] <= moment]


def relations(warehouse: Warehouse) -> dict[str, list[Row]]:
    """Every relation that depends on the log; ``seq`` as a rank, since a node numbers only what it heard."""
    ranked = "(select id, row_number() over (order by seq) as rank, * exclude (id, seq) from log)"
    found = {"log": warehouse.rows(f"from {ranked} order by rank").to_pylist()}
    order = dict(warehouse.tuples("select seq, row_number() over (order by seq) from log"))
    for mart in MARTS:
        rows = warehouse.rows(f"from {mart} order by all").to_pylist()
        for row in rows:
            row |= {name: order[row[name]] for name in ("first_seq", "last_seq") if name in row}
        found[mart] = sorted(rows, key=repr)
    return found


def said(rows: pa.Table) -> list[Row]:
    """What a view says; a node numbers only what it heard."""
    return list((rows.drop_columns("seq") if "seq" in rows.column_names else rows).to_pylist())


@given(st.integers(0, 10_000), st.lists(st.integers(0, 9 * 24), min_size=1, max_size=6))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_relation_stands_at_the_moment(seed: int, hours: list[int]) -> None:
    """Also where events were heard of after the rewind was opened, some of which happened long before."""
    chance, told, marts = random.Random(seed), Told(), None
    heard: list[Row] = []
    for hour in hours:
        more = [an_event(len(heard) + n, chance) for n in range(chance.randint(1, 80))]
        heard += more
        told.hear(more)
        marts = marts or Marts(told.warehouse)
        moment = NOW - HOUR * hour
        marts.move(moment)
        never_heard_more = Told()
        never_heard_more.hear(known(heard, moment))
        assert relations(marts.warehouse) == relations(never_heard_more.warehouse)
        never_heard_more.warehouse.close()
    told.warehouse.close()


@pytest.fixture(scope="module")
def heard() -> list[Row]:
    chance = random.Random(7)
    return [an_event(n, chance) for n in range(400)]


@pytest.fixture(scope="module")
def told(heard: list[Row]) -> Iterator[Told]:
    made = Told()
    made.hear(heard)
    yield made
    made.warehouse.close()


def test_every_view_is_that_of_a_city_that_never_heard_more(told: Told, heard: list[Row]) -> None:
    rewind = told.at(NOW - 30 * HOUR)
    for hours in (100, 10, 55):
        moment = NOW - HOUR * hours
        rewind.seek(moment)
        other = Told()
        other.hear(known(heard, moment))
        views = Views(other.warehouse, FrozenClock(moment).now, simulated=False)
        for view in catalogue():
            assert said(rewind.ask(view, CITY)) == said(views.ask(view, CITY)), (view, hours)
        for case in CASES:
            for view in ("timeline", "case"):
                assert said(rewind.ask_case(view, CITY, case)) == said(views.ask_case(view, CITY, case))
        views.close()
        other.warehouse.close()
    rewind.close()


def test_nothing_of_the_future_is_seen(told: Told, heard: list[Row]) -> None:
    """No id or title of a later event is in any view, nor a time that is not a deadline or a part of the day."""
    moment = NOW - 50 * HOUR
    later = {text for row in heard if row["happened_at"] > moment for text in (row["id"], row.get("title")) if text}
    rewind = told.at(NOW)
    rewind.seek(moment)
    for table in (rewind.ask(view, CITY) for view in catalogue()):
        for field in table.schema:
            values = [value for value in table.column(field.name).to_pylist() if value is not None]
            if pa.types.is_string(field.type):
                assert not later & set(values), field.name
            elif (
                pa.types.is_timestamp(field.type)
                and "due" not in field.name
                and field.name not in {"starts_at", "matures_at"}
            ):
                assert max(values, default=moment) <= moment, field.name
    rewind.close()


def test_a_watcher_who_applies_every_change_sees_the_moment(told: Told) -> None:
    rewind = told.at(NOW - 20 * HOUR)
    changes: list[Change] = []
    rounds: list[datetime] = []
    rewind.listen(changes.extend)
    rewind.listen_to_rounds(rounds.append)
    rows = dict(rewind.watch("queue", CITY).rows)
    moments = [NOW - HOUR * hours for hours in (80, 3, 150)]
    for moment in moments:
        rewind.seek(moment)
    for change in changes:
        rows = apply(rows, change.delta)
    assert rows == rewind.snapshot("queue", CITY).rows
    assert rounds == moments
    assert rewind.tick().clock == "replay"
    assert rewind.tick().as_of == moments[-1]
    rewind.close()


def test_a_lens_narrows_the_past_too(told: Told) -> None:
    rewind = told.at(NOW - 20 * HOUR)
    everyone = rewind.ask("queue", CITY).to_pylist()
    of_one_unit = rewind.ask("queue", CITY, Lens(unit="u1")).to_pylist()
    masked = rewind.watch("queue", CITY, Lens(masked=True))
    assert 0 < len(of_one_unit) < len(everyone)
    assert len(masked.rows) == len(everyone)
    assert any("1380000" in row["title"] for row in everyone if row["title"])
    assert not any("1380000" in row for row in masked.rows.values())
    rewind.close()


class Hand:
    """A clock turned by hand."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        return self.at


def test_it_plays_at_its_speed_up_to_the_present(told: Told) -> None:
    hand = Hand()
    rewind = Rewind(told.warehouse, NOW - 10 * HOUR, simulated=False, wall_clock=hand, latest=lambda: NOW)
    rewind.play(60)
    hand.at += timedelta(minutes=2)
    rewind.advance()
    assert rewind.as_of() == NOW - 8 * HOUR
    rewind.pause()
    hand.at += timedelta(minutes=5)
    assert rewind.now() == NOW - 8 * HOUR
    rewind.play(600)
    hand.at += timedelta(minutes=5)
    rewind.advance()
    assert rewind.as_of() == NOW
    rewind.close()


def test_it_takes_over_the_clock_of_a_room(told: Told) -> None:
    hand = Hand()
    rewind = Rewind(told.warehouse, NOW - HOUR, simulated=False, wall_clock=hand, latest=lambda: NOW)
    hand.at += timedelta(minutes=2)
    rewind.stand(NOW - 10 * HOUR, NOW, 60)
    assert rewind.as_of() == NOW - 8 * HOUR
    assert rewind.tick().speed == 60
    rewind.stand(NOW - 30 * HOUR, NOW, 0)
    assert rewind.as_of() == rewind.now() == NOW - 30 * HOUR
    rewind.close()


def test_a_node_opens_two_at_most() -> None:
    plain = {"id": CITY, "name_zh": "测试", "name_en": "Test", "time_zone": "Asia/Shanghai", "center": [115, 28]}
    with Node.open(Config.model_validate({"city": plain}), clock=FrozenClock(NOW)) as node:
        first = node.rewind(NOW - HOUR)
        node.rewind(NOW - HOUR)
        with pytest.raises(RewindError, match="2 rooms replay already"):
            node.rewind(NOW)
        first.close()
        node.rewind(NOW)
