"""What waits for a hand, against the rules of hands themselves: any state, any stage, any post, any reach."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest

from pipelines.contract.case_file import CaseFile, opened
from pipelines.contract.disputes import stage_of
from pipelines.contract.lifecycle import CLOSED_STATES, STATES
from pipelines.contract.permission import illegal, objection
from pipelines.contract.roles import OPERATIONAL
from pipelines.contract.scope import CLEAR, Hand, Lens, Scope, Viewer
from pipelines.contract.waiting import AWAITED
from pipelines.warehouse import Warehouse, statement
from tests.metrics.small_city import AREAS, CITY, DAY, GRIDS, HOUR, NOW, TREE, case, fill, insert

CASES = 420
USERS, UNITS = ("li", "wang"), ("u1", "u2")
UNDER_WAY = {"filed", "dispatched", "handling", "rework"}
Visits = dict[str, set[int]]


def some(draw: random.Random, number: int) -> dict[str, Any]:
    state = draw.choice(sorted(STATES))
    dispute = draw.random() < 0.4
    stages = ("triaged", "routed", "mediating", "agreed", "performed", "confirmed", "failed", None)
    return case(
        number, state=state, is_open=state not in CLOSED_STATES, area_id=draw.choice(GRIDS),
        category="MD02" if dispute else "CG0101", category_group="MD" if dispute else "CG",
        dispute_stage=draw.choice(stages) if dispute else None,
        warning_level=draw.choice(["1", "2"]) if dispute else None,
        led_by=draw.choice([None, "li"]), mediator=draw.choice([None, *USERS]) if dispute else None,
        level=draw.choice([None, "city", "county", "township", "village"]), unit_id=draw.choice([None, *UNITS]),
        assisting=draw.choice([None, "u2"]), handled_at=NOW - 2 * HOUR, handled_by=draw.choice([None, *USERS]),
        checked_at=draw.choice([None, NOW - HOUR, NOW - 3 * HOUR]), rechecks=draw.choice([0, 1]), rechecks_passed=0,
        wish_at=draw.choice([None, NOW - HOUR]), wish="extend", granted_at=draw.choice([None, NOW - HOUR / 2]),
    )  # fmt: skip


def facts(draw: random.Random, rows: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], dict[str, datetime], Visits]:
    """Return a log of orders, kept agreements and visits, and when what was kept and visited."""
    log: list[dict[str, Any]] = []
    kept: dict[str, datetime] = {}
    visits: Visits = {}

    def tell(row: dict[str, Any], kind: str, at: datetime, **fields: Any) -> None:
        log.append({
            "seq": len(log) + 1, "id": f"e{len(log)}", "kind": kind, "case_id": row["case_id"],
            "happened_at": at, "received_at": at, "source": "desk", "cause": "reported", "simulated": False,
            "exercise": False, "area_id": row["area_id"], **fields,
        })  # fmt: skip

    for row in rows:
        if draw.random() < 0.3:
            order = f"o{row['case_id']}"
            to = draw.choice([{"to_unit_id": "u1"}, {"to_user": "wang"}, {}])
            tell(row, "case-directed", NOW - DAY, order_id=order, **to)
            if draw.random() < 0.3:
                tell(row, "order-replied", NOW - HOUR, order_id=order)
        if row["dispute_stage"] in ("performed", "confirmed"):
            kept[row["case_id"]] = NOW - timedelta(days=draw.choice([1, 6, 8, 31, 120]), hours=3)
            tell(row, "agreement-performed", kept[row["case_id"]])
            for days in draw.sample((7, 30, 90), draw.randrange(3)):
                visits.setdefault(row["case_id"], set()).add(days)
                tell(row, "follow-up-made", NOW - HOUR, stage=str(days))
    return log, kept, visits


def expected(found: CaseFile, hand: Viewer, kept: datetime | None, made: set[int]) -> set[str]:
    """What a case waits for that a hand may do now, by the rules of hands."""
    dispute = (found.category_group or "") == "MD"
    stage = stage_of(found) if dispute else None
    leaderless = stage == "routed" and found.warning_level == "1" and found.led_by is None
    moment = kept is not None and any(d not in made and kept + timedelta(days=d - 1) <= NOW for d in (7, 30, 90))
    orders = [
        order for order in found.orders if order.kind != "dispatch" and not order.replies and not order.settled_at
    ]
    so = {
        "handled": found.state == "handled" and not found.is_checked,
        "checked": found.state == "handled" and found.is_checked,
        "asked": found.asked is not None, "drawn": found.rechecks > found.rechecks_passed + found.rechecks_failed,
        "ordered": any(
            order.to_user == hand.user
            or (order.to_unit_id is not None and hand.scope.unit in (None, order.to_unit_id))
            or (order.to_unit_id is None and "duty_officer" in hand.roles)
            for order in orders
        ),
        "leaderless": leaderless and found.state in UNDER_WAY, "visit": moment,
    }  # fmt: skip
    for name in ("registered", "triaged", "routed", "mediating", "agreed", "failed"):
        so[name] = stage == name and found.state in UNDER_WAY and not (name == "routed" and leaderless)
    return {
        wait
        for wait, command in AWAITED.items()
        if so.get(wait, found.state == wait)
        and objection(command, found, hand, TREE) is None
        and illegal(command, found) is None
    }


def hands(draw: random.Random) -> list[Viewer]:
    return [
        Viewer(
            draw.choice(USERS), frozenset(draw.sample(sorted(OPERATIONAL), draw.choice([1, 1, 2]))),
            Scope(frozenset({draw.choice([CITY, CITY, *AREAS])}), draw.choice([None, None, *UNITS])),
        )
        for _ in range(60)
    ]  # fmt: skip


def asked(warehouse: Warehouse, lens: Lens, area: str) -> dict[str, set[str]]:
    sql = statement("views/waiting").replace("limit 500", "")
    rows = warehouse.through(lens).records(sql, area=area, now=NOW, simulated=False)
    return {row["case_id"]: set(row["awaits"].split()) for row in rows}


def test_a_hand_is_shown_what_it_may_do_now_and_nothing_else(warehouse: Warehouse) -> None:
    draw = random.Random(5)
    rows = [some(draw, number) for number in range(CASES)]
    log, kept, visits = facts(draw, rows)
    fill(warehouse, rows)
    warehouse.write("delete from log")
    insert(warehouse, "log", log)
    orders = warehouse.records("select *, replies::integer as replies from orders")
    files = {}
    for row in warehouse.records("select * exclude (rated_at) from cases"):
        checked = row["checked_at"] is not None and row["checked_at"] >= row["handled_at"]
        mine = [order for order in orders if order["case_id"] == row["case_id"]]
        files[row["case_id"]] = opened(row | {"is_checked": checked}, mine, 0)
    seen: Counter[str] = Counter()
    for hand in hands(draw):
        (area,) = hand.scope.areas
        lens = hand.lens_of("waiting")
        found = asked(warehouse, Lens(hand=lens.hand), area)
        for case_id, file in files.items():
            inside = hand.scope.covers(TREE, file.area_id)
            wanted = expected(file, hand, kept.get(case_id), visits.get(case_id, set())) if inside else set()
            assert found.get(case_id, set()) == wanted, (hand, file)
            seen.update(wanted)
    assert set(seen) == set(AWAITED)
    warehouse.write("delete from log")


def test_one_hand_never_hears_what_waits_for_another(warehouse: Warehouse) -> None:
    fill(warehouse, [case(1, state="verifying"), case(2, state="filed", level="city")])
    city, grid = (frozenset({area}) for area in (CITY, "g111"))
    worker, centre, below = (
        Hand("li", frozenset({"grid_worker"}), grid), Hand("wang", frozenset({"dispatcher"}), city),
        Hand("wu", frozenset({"dispatcher"}), grid),
    )  # fmt: skip
    for _ in range(2):
        assert [list(asked(warehouse, Lens(hand=hand), CITY)) for hand in (worker, centre, below)] == [
            ["case-001"],
            ["case-002"],
            [],
        ]
    assert list(asked(warehouse, CLEAR, CITY)) == ["case-001", "case-002"]


@pytest.mark.parametrize("wait", sorted(AWAITED))
def test_the_view_tells_of_every_wait(wait: str) -> None:
    assert wait in STATES or f"'{wait}'" in statement("views/waiting") + statement("schema/waits_in")
