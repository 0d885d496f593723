"""Valid reports, and disputes resolved in time, kept and broken out again: counted again by plain Python."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from pipelines.metrics.compile import question
from pipelines.warehouse import Warehouse

from .small_city import CITY, DAY, NOW, case, city, fill, insert

SPAN = (NOW - 400 * DAY, NOW)
WITHIN = timedelta(days=90)
STATES = ("reported", "handling", "handled", "closed", "rejected", "merged", "void", "suspended")
Row = dict[str, Any]


@pytest.fixture(scope="module")
def warehouse() -> Iterator[Warehouse]:
    opened = city()
    insert(opened, "categories", [{"category": "MD01", "parent": "MD", "name_zh": "纠纷", "name_en": "Dispute"}])
    yield opened
    opened.close()


def value(warehouse: Warehouse, name: str) -> tuple[int, int]:
    asked = question(name, [], period=SPAN)
    (row,) = warehouse.rows(asked.sql, **asked.parameters(area=CITY, now=NOW, simulated=False)).to_pylist()
    return row["numerator"], row["denominator"]


def life(draw: Random, number: int) -> tuple[Row, list[Row]]:
    """Draw a case as it stands, and what its log says of the agreement."""
    state, reported = draw.choice(STATES), NOW - draw.randint(1, 300) * DAY
    due = reported + draw.randint(5, 40) * DAY
    done = reported + draw.randint(1, 45) * DAY if state in {"handled", "closed"} else None
    row = case(
        number, state=state, reported_at=reported, due_at=due, handled_at=done,
        closed_at=done if state == "closed" else None, category=draw.choice(["MD01", "CG0101"]),
        filed_at=draw.choice([None, reported]), relation=draw.choice([None, None, "escalated"]),
        dispute_stage=draw.choice([None, "agreed", "performed", "confirmed", "failed"]),
        exercise=draw.random() < 0.1,
    )  # fmt: skip
    told: list[tuple[str, datetime]] = []
    if draw.random() < 0.7:
        told.append(("dispute-agreed", reported + DAY))
        if draw.random() < 0.7:
            kept = NOW - draw.randint(0, 200) * DAY
            told.append(("agreement-performed", kept))
            if draw.random() < 0.5:
                told.append(("dispute-relapsed", kept + draw.randint(1, 150) * DAY))
    return row, [
        {
            "seq": number * 10 + at, "kind": kind, "id": f"{number}:{at}", "happened_at": moment, "received_at": moment,
            "source": "test", "area_id": "g111", "simulated": False, "exercise": row["exercise"],
            "case_id": row["case_id"], "cause": "test",
        }
        for at, (kind, moment) in enumerate(told)
    ]  # fmt: skip


def furthest(row: Row) -> bool:
    """Tell whether a case went beyond being reported."""
    done = row["state"] in {"closed"} or row["handled_at"] or row["filed_at"]
    return bool(done)


def share(rows: list[Row], good: Any) -> tuple[int, int]:
    return sum(bool(good(row)) for row in rows), len(rows)


@pytest.mark.parametrize("seed", range(12))
def test_each_rate_is_what_counting_one_by_one_gives(warehouse: Warehouse, seed: int) -> None:
    draw = Random(seed)
    lives = [life(draw, number) for number in range(draw.choice([0, 3, 60]))]
    fill(warehouse, [row for row, _ in lives])
    warehouse.write("delete from log")
    insert(warehouse, "log", [event for _, events in lives for event in events])
    told = {row["case_id"]: {e["kind"]: e["happened_at"] for e in events} for row, events in lives}
    real = [row for row, _ in lives if not row["exercise"]]
    kept_on = [row for row in real if row["state"] not in {"rejected", "merged", "void"}]

    decided = [
        row for row in real
        if row["state"] not in {"merged", "void"} and row["relation"] is None
        and (row["state"] == "rejected" or furthest(row))
    ]  # fmt: skip
    assert value(warehouse, "valid_report_rate") == share(decided, lambda row: row["state"] != "rejected")

    due = [
        row for row in kept_on
        if row["category"] == "MD01" and row["state"] != "suspended" and row["due_at"] < NOW
    ]  # fmt: skip
    assert value(warehouse, "on_time_mediation_rate") == share(
        due,
        lambda row: (
            row["dispute_stage"] in {"performed", "confirmed"}
            and row["handled_at"]
            and row["handled_at"] <= row["due_at"]
        ),
    )

    agreed = [row for row in kept_on if "dispute-agreed" in told[row["case_id"]]]
    assert value(warehouse, "performance_rate") == share(
        agreed, lambda row: "agreement-performed" in told[row["case_id"]]
    )

    def relapsed(row: Row) -> bool:
        events = told[row["case_id"]]
        return "dispute-relapsed" in events and events["dispute-relapsed"] <= events["agreement-performed"] + WITHIN

    ripe = [
        row for row in kept_on
        if (events := told[row["case_id"]]).get("agreement-performed")
        and (events["agreement-performed"] <= NOW - WITHIN or "dispute-relapsed" in events)
    ]  # fmt: skip
    assert value(warehouse, "relapse_rate") == share(ripe, relapsed)
