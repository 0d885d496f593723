"""Whom to give a case to, and why, as plain Python counts it; the choice in the log; draws that can be drawn again."""

from __future__ import annotations

import csv
import math
import random
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from dashboard.app import build
from dashboard.gateway import Gateway
from pipelines.config import load
from pipelines.contract import commands as c
from pipelines.contract import events as e
from pipelines.contract.draws import Draw
from pipelines.contract.events import to_table
from pipelines.contract.scope import Scope, Viewer
from pipelines.contract.time import FrozenClock
from pipelines.node import Node

NOW = datetime(2026, 11, 20, 6, 32, 5, tzinfo=UTC)
CITY, COUNTY, GRID = "360500", "360502", "360502001001001"
KIND = "CG0102"
PLACE = {"lon": 114.91361, "lat": 27.81719}
HEADERS = {"citybrain-request": "1"}


def told(cls: type[e.CaseEvent], case: str, at: datetime, **more: Any) -> e.CaseEvent:
    name = f"{case}:{cls.__name__}"
    return cls(
        id=name, happened_at=at, received_at=at, source="past", area_id=GRID, case_id=case, simulated=True, **more
    )


def past(case: str, unit: str, closed: datetime, late: bool, kind: str = KIND) -> list[e.CaseEvent]:
    """A closed case: its limit was an hour before or after it closed."""
    due = closed + timedelta(hours=-1 if late else 1)
    begun = closed - timedelta(hours=6)
    return [
        told(e.CaseReported, case, begun, category=kind, channel="grid", actor="worker"),
        told(e.CaseFiled, case, begun, due_at=due),
        told(e.CaseDispatched, case, begun, unit_id=unit),
        told(e.CaseSigned, case, begun),
        told(e.CaseHandled, case, closed),
        told(e.CaseClosed, case, closed),
    ]


@pytest.fixture(scope="module")
def units(pack_rows: list[dict[str, str]]) -> list[str]:
    own = [row["unit_id"] for row in pack_rows if row["duty"] == "huanwei"]
    other = [row["unit_id"] for row in pack_rows if row["duty"] == "chengguan" and row["division_code"] == CITY]
    return [*own, *other]


@pytest.fixture(scope="module")
def pack_rows() -> list[dict[str, str]]:
    file = load(pack="xinyu").units.file  # type: ignore[union-attr]
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def node(units: list[str]) -> Iterator[Node]:
    draw = random.Random(5)
    unsigned = load(pack="xinyu").model_copy(update={"sign_in": None})
    with Node.open(unsigned, clock=FrozenClock(NOW)) as opened:
        events: list[e.CaseEvent] = []
        for n in range(60):
            closed = NOW - timedelta(days=draw.uniform(0.1, 120))
            unit = units[n % len(units)] if n % 7 else units[-1]
            kind = KIND if n % 5 else "CG0101"
            events += past(f"past:{n:03}", unit, closed, late=draw.random() < 0.3, kind=kind)
        for n in range(3):
            begun = NOW - timedelta(hours=9 + n)
            events += [
                told(e.CaseReported, f"open:{n}", begun, category=KIND, channel="grid", **PLACE),
                told(e.CaseFiled, f"open:{n}", begun, due_at=NOW + timedelta(hours=2 * n - 1)),
                *([told(e.CaseDispatched, f"open:{n}", begun, unit_id=units[0])] if n < 2 else []),
            ]
        opened.append(to_table(sorted(events, key=lambda event: event.happened_at)))
        opened.start()
        yield opened


@pytest.fixture(scope="module")
def client(node: Node) -> Iterator[TestClient]:
    with TestClient(build(node, "t"), base_url="http://127.0.0.1", headers=HEADERS) as opened:
        yield opened


def wilson_low(good: int, n: int) -> float:
    if not n:
        return 0.0
    z, p = 1.959963985, good / n
    middle, spread = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return max(0.0, (middle - spread) / (1 + z * z / n))


def expected(node: Node, rows: list[dict[str, str]]) -> list[tuple[str, float, int, int, int, int]]:
    """Weigh the units again, from the cases one by one."""
    cases = node.query("select * from cases where not exercise").to_pylist()
    since = NOW - timedelta(days=90)
    weighed = []
    for row in rows:
        mine = [case for case in cases if case["unit_id"] == row["unit_id"]]
        done = [case for case in mine if case["category"] == KIND and case["closed_at"] and since < case["closed_at"]]
        good = [case for case in done if case["closed_at"] <= case["due_at"]]
        held = [case for case in mine if case["is_open"]]
        late = [case for case in held if case["due_at"] < NOW]
        place = row["division_code"] in {COUNTY, "360502001", "360502001001", GRID}
        city = row["division_code"] in {"", CITY}
        duty = row["duty"] == "huanwei"
        if not ((duty and (place or city)) or len(done) >= 3):
            continue
        weight = 0.4 * duty + (0.2 if place else 0.1 if city else 0) + 0.3 * wilson_low(len(good), len(done))
        weight += 0.1 * (1 - len(late) / len(held)) if held else 0.1
        weighed.append((row["unit_id"], round(weight, 4), len(done), len(good), len(held), len(late)))
    return sorted(weighed, key=lambda one: (-one[1], one[4], one[0]))[:5]


def test_units_are_suggested_as_counted_one_by_one(
    node: Node, client: TestClient, pack_rows: list[dict[str, str]]
) -> None:
    found = client.get("/api/v1/cases/open:2/suggestions").json()
    names = ("unit_id", "weight", "done", "on_time", "open", "overdue")
    got = [tuple(unit[name] for name in names) for unit in found["units"]]
    want = expected(node, pack_rows)
    assert [one[0] for one in got] == [one[0] for one in want]
    assert [one[2:] for one in got] == [one[2:] for one in want]
    assert [one[1] for one in got] == pytest.approx([one[1] for one in want], abs=2e-4)
    for unit in found["units"]:
        codes = {why["code"] for why in unit["why"]}
        assert ("duty" in codes, "on_time" in codes, "overdue" in codes) == (
            unit["has_duty"], unit["done"] > 0, unit["overdue"] > 0,
        )  # fmt: skip
    assert len(found["all"]) == len(pack_rows)
    assert {case["case_id"] for case in found["similar"]} == {"open:0", "open:1"}
    assert found["hands"][0]["metres"] < 100


def test_the_choice_is_in_the_log_beside_what_was_suggested(node: Node, client: TestClient) -> None:
    units = client.get("/api/v1/cases/open:2/suggestions").json()["units"]
    first, taken = units[0]["unit_id"], units[1]["unit_id"]
    command = {"command": "dispatch", "id": str(uuid.uuid4()), "case_id": "open:2", "unit_id": taken}
    assert client.post("/api/v1/commands", json=command | {"suggested_unit_id": first}).status_code == 200
    log = "select unit_id, suggested_unit_id from log where case_id = 'open:2' and kind = 'case-dispatched'"
    assert node.query(log).to_pylist() == [{"unit_id": taken, "suggested_unit_id": first}]


def test_a_draw_can_be_drawn_again_by_anybody(node: Node, client: TestClient) -> None:
    since, until = NOW - timedelta(days=60), NOW
    asked = {"area": CITY, "since": since.isoformat(), "until": until.isoformat(), "count": 5, "seed": "autumn"}
    once = client.post("/api/v1/rechecks", json=asked).json()
    assert client.post("/api/v1/rechecks", json=asked).json() == once
    inside = f"closed_at >= '{since}' and closed_at < '{until}' and state in ('closed', 'evaluated')"
    ids = [row["case_id"] for row in node.query(f"select case_id from cases where {inside}").to_pylist()]
    draw = Draw(CITY, since, until, 5, "autumn")
    assert (once["population"], once["fingerprint"]) == (len(ids), Draw.fingerprint(ids))
    assert [row["case_id"] for row in once["drawn"]] == draw.chosen(sorted(ids, reverse=True))
    noted = node.query("select case_id, draw_id, seed from log where kind = 'recheck-drawn'").to_pylist()
    assert {row["case_id"] for row in noted} == {row["case_id"] for row in once["drawn"]}
    assert [(row["draw_id"], row["seed"]) for row in noted] == [(draw.id, "autumn")] * 5
    other = client.post("/api/v1/rechecks", json=asked | {"seed": "winter"}).json()
    assert [row["case_id"] for row in other["drawn"]] != [row["case_id"] for row in once["drawn"]]
    again = {row["case_id"] for row in other["drawn"]} & {row["case_id"] for row in once["drawn"]}
    assert {row["case_id"]: row["refused"] for row in other["drawn"] if row["refused"]} == dict.fromkeys(
        again, "drawn_already"
    )
    assert client.post("/api/v1/rechecks", json=asked | {"count": 500}).status_code == 400
    assert client.post("/api/v1/rechecks", json=asked | {"area": "110000"}).status_code == 404


def test_the_ledger_tells_who_read_and_what_came_of_it(node: Node) -> None:
    def act(cls: type[c.Command], role: str, **fields: Any) -> str:
        by = Viewer(role, frozenset({role}), Scope(frozenset({CITY})))
        return str(Gateway(node).cases.command(cls(id=str(uuid.uuid4()), case_id="open:0", **fields), by)["command_id"])

    urge = act(c.Urge, "inspector", note="抓紧")
    card = act(c.Supervise, "inspector", card="yellow", note="今日清完", reply_due_at=NOW + timedelta(hours=2))
    act(c.Receive, "unit_head", receipt="read", order_id=card)
    act(c.Reply, "unit_head", order_id=card, note="已派人")
    ledger = {row["order_id"]: row for row in node.ask("orders_ledger", CITY).to_pylist()}
    assert set(ledger) == {urge, card}
    log = node.query("select * from log where case_id = 'open:0' and order_id is not null order by seq").to_pylist()
    for order, row in ledger.items():
        mine = [event for event in log if event["order_id"] == order]
        replies = [event for event in mine if event["kind"] == "order-replied"]
        reads = [event for event in mine if event["receipt"] == "read"]
        assert row["issued_by"] == mine[0]["actor"] == "inspector"
        assert (row["read_by"], row["replies"], row["reply"]) == (
            reads[0]["actor"] if reads else None, len(replies), replies[-1]["note"] if replies else None,
        )  # fmt: skip
    assert (ledger[urge]["receipt"], ledger[card]["receipt"]) == ("issued", "replied")
    assert node.ask("orders_ledger", "360521").num_rows == 0
