"""The laws of notices: never twice, never in quiet hours unless urgent, nothing lost; and who hears of what."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.contract.areas import Area, AreaTree
from pipelines.contract.case_file import CaseFile, Order
from pipelines.contract.events import KINDS
from pipelines.contract.notices import HEARD, Box, Notice, Person, Quiet, audience, notice

ZONE = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 11, 20, 0, tzinfo=UTC)
TREE = AreaTree.of([
    Area("city", "city", "市", "City"), Area("a", "county", "甲", "A", "city"), Area("b", "county", "乙", "B", "city"),
])  # fmt: skip
MINUTES = st.integers(0, 1439)


def at(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


def told(number: int, heard_at: datetime, *, urgent: bool) -> Notice:
    return Notice(
        id=f"n{number}", kind="case-urged", heard_at=heard_at, happened_at=heard_at, area_id="a", is_urgent=urgent
    )


@settings(max_examples=200, deadline=None)
@given(
    begins=MINUTES,
    ends=MINUTES,
    without=st.booleans(),
    heard=st.lists(st.tuples(st.integers(0, 3 * 1440), st.booleans()), max_size=25),
    failing=st.sets(st.integers(0, 60)),
    every=st.integers(7, 90),
)
def test_the_laws_of_quiet_hours(
    begins: int, ends: int, without: bool, heard: list[tuple[int, bool]], failing: set[int], every: int
) -> None:
    quiet = None if without or begins == ends else Quiet(begins=at(begins), ends=at(ends))
    notices = {n: told(n, START + timedelta(minutes=m), urgent=urgent) for n, (m, urgent) in enumerate(heard)}
    box, sent, tries = Box(), Counter[str](), 0
    for minute in [*range(0, 4 * 1440, every), *range(4 * 1440, 6 * 1440)]:
        if minute > 4 * 1440 and not box.waiting:
            break
        now = START + timedelta(minutes=minute)
        for one in notices.values():
            if minute - every < (one.heard_at - START) / timedelta(minutes=1) <= minute:
                box = box.with_(one).with_(one)
        due = box.due(quiet, now, ZONE)
        digests = [due.digest] if due.digest else []
        for several in [*((one,) for one in due.singly), *digests]:
            tries += 1
            if tries in failing:
                continue
            sent.update(one.id for one in several)
            box = box.without(several)
            is_quiet = quiet is not None and quiet.holds(now, ZONE)
            assert not is_quiet or all(one.is_urgent for one in several)
        for one in due.digest:
            assert quiet is not None
            assert quiet.holds(one.heard_at, ZONE)
    # nothing is lost, nothing is told twice
    assert sent == Counter(one.id for one in notices.values())
    assert box.waiting == ()
    for one in notices.values():
        assert box.with_(one) == box


def test_the_night_becomes_one_digest_and_emergencies_do_not_wait() -> None:
    quiet = Quiet()
    evening, night, morning = (datetime(2026, 11, 20, hour, tzinfo=ZONE) for hour in (21, 23, 6))
    morning += timedelta(days=1)
    box = Box().with_(told(1, evening, urgent=False))
    assert [one.id for one in box.due(quiet, evening, ZONE).singly] == ["n1"]
    for number in (2, 3):
        box = box.with_(told(number, night, urgent=False))
    box = box.with_(told(4, night, urgent=True))
    assert [one.id for one in box.due(quiet, night, ZONE).singly] == ["n4"]
    box = box.without(box.due(quiet, night, ZONE).singly)
    assert box.due(quiet, morning, ZONE) == box.due(quiet, night, ZONE)
    due = box.due(quiet, morning + timedelta(hours=1), ZONE)
    assert [one.id for one in due.digest] == ["n2", "n3"]
    # what could not be sent in the evening does not wake anybody, and is not part of the night's digest
    assert [one.id for one in due.singly] == ["n1"]


@settings(max_examples=100)
@given(begins=MINUTES, ends=MINUTES, minute=MINUTES)
def test_quiet_hours_reach_over_midnight(begins: int, ends: int, minute: int) -> None:
    moment = datetime(2026, 11, 20, minute // 60, minute % 60, tzinfo=ZONE)
    span = (ends - begins) % 1440
    assert Quiet(begins=at(begins), ends=at(ends)).holds(moment, ZONE) == ((minute - begins) % 1440 < span)


def row(kind: str, **values: Any) -> dict[str, Any]:
    columns = (
        "unit_id to_unit_id to_user assisting order_id actor stage severity warning_id headline_zh headline_en"
        " expires_at case_id"
    )
    return dict.fromkeys(columns.split()) | {
        "id": "e1", "kind": kind, "area_id": "a", "happened_at": START, "exercise": False,
    } | values  # fmt: skip


PEOPLE = [
    Person(user="handler", roles=frozenset({"unit_handler"}), areas=frozenset({"city"}), unit="u1"),
    Person(user="head", roles=frozenset({"unit_head"}), areas=frozenset({"city"}), unit="u1"),
    Person(user="helper", roles=frozenset({"unit_handler"}), areas=frozenset({"city"}), unit="u2"),
    Person(user="lead_a", roles=frozenset({"shift_lead"}), areas=frozenset({"a"})),
    Person(user="lead_b", roles=frozenset({"shift_lead"}), areas=frozenset({"b"})),
    Person(user="dispatcher", roles=frozenset({"dispatcher"}), areas=frozenset({"city"})),
    Person(user="inspector", roles=frozenset({"inspector"}), areas=frozenset({"city"})),
    Person(user="worker", roles=frozenset({"grid_worker"}), areas=frozenset({"a"})),
]
CASE = CaseFile(
    case_id="c", state="handling", area_id="a", simulated=False, exercise=False, last_seq=1, changed_at=START,
    unit_id="u1", reported_by="worker", orders=(Order(order_id="o1", kind="urged", issued_by="inspector"),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("fact", "hear"),
    [
        (row("case-dispatched", unit_id="u1", assisting="u2 u3", actor="dispatcher"), "handler head helper"),
        (row("case-urged", to_unit_id="u2"), "helper"),
        (row("case-urged", actor="head"), "handler"),
        (row("case-supervised", to_unit_id="u1"), "handler head"),
        (row("case-directed", to_user="dispatcher"), "dispatcher"),
        (row("order-replied", order_id="o1", actor="handler"), "inspector"),
        (row("order-replied", order_id="other"), ""),
        (row("clock-lapsed", stage="overdue"), "handler head lead_a"),
        (row("approval-asked", actor="handler"), "lead_a"),
        (row("approval-asked", area_id="b"), "lead_b"),
        (row("approval-refused"), "handler head"),
        (row("case-returned"), "dispatcher"),
        (row("reporter-asked"), "worker"),
        (row("case-closed", actor="worker"), ""),
        (row("case-commented"), ""),
        (row("warning-issued", severity="Severe"), "lead_a worker"),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) else value,
)
def test_who_hears_of_what(fact: dict[str, Any], hear: str) -> None:
    assert audience(fact, CASE, PEOPLE, TREE) == hear.split()


def test_a_warning_is_one_notice_however_many_areas_it_touches() -> None:
    both = [notice(row("warning-issued", id=f"e{n}", warning_id="w", severity="Severe"), None, START) for n in (1, 2)]
    assert len(Box().with_(both[0]).with_(both[1]).waiting) == 1
    assert both[0].is_urgent


def test_every_kind_that_is_heard_of_is_a_kind_of_event() -> None:
    assert set(HEARD) <= set(KINDS)
