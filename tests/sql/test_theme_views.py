"""The views of the theme screens, each beside a count made another way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

import pytest

from pipelines.contract.events import (
    CaseReported,
    Event,
    GridVisited,
    SafetyBreached,
    SafetyRectified,
    SafetyStageReached,
)
from pipelines.warehouse import Warehouse
from tests.metrics.small_city import CITY, DAY, HOUR, NOW, ask, case, city, fill, insert, tell

TODAY = date(2026, 3, 11)
STAGES = ("check", "notice", "named")


@pytest.fixture
def town() -> Iterator[Warehouse]:
    opened = city()
    insert(opened, "area_figures", [
        {"area_id": "g111", "households": 250, "area_km2": 0.5, "kind": "urban"},
        {"area_id": "g112", "households": 300, "area_km2": 0.25, "kind": "urban"},
        {"area_id": "g121", "households": 90, "area_km2": 2.0, "kind": "rural"},
        {"area_id": "v11", "households": 550, "area_km2": 0.75},
    ])  # fmt: skip
    posts = [("s1", "g111", "gridworker", True), ("s2", "g111", "leader", False), ("s3", "g112", "leader", False)]
    insert(opened, "staff", [
        {"staff_id": number, "area_id": area, "role": role, "name_zh": "某", "full_time": full}
        for number, area, role, full in posts
    ])  # fmt: skip
    terms = [("batch", ("keep", "new")), ("stage", STAGES), ("red_line", ("drugs", "homicide"))]
    insert(opened, "safety_terms", [
        {"kind": kind, "term": term, "position": at} for kind, names in terms for at, term in enumerate(names)
    ])  # fmt: skip
    yield opened
    opened.close()


def facts(number: int, moment: datetime, area: str, **others: Any) -> dict[str, Any]:
    return {
        "id": f"e{number}", "area_id": area, "happened_at": moment, "received_at": moment, "source": "test",
    } | others  # fmt: skip


def reached(number: int, moment: datetime, area: str, batch: str, stage: str, year: int = 2026) -> SafetyStageReached:
    return SafetyStageReached(**facts(number, moment, area, year=year, batch=batch, stage=stage))


def breached(number: int, moment: datetime, area: str, reason: str) -> SafetyBreached:
    return SafetyBreached(**facts(number, moment, area, year=2026, reason=reason))


def rectified(number: int, moment: datetime, area: str, reason: str) -> SafetyRectified:
    return SafetyRectified(**facts(number, moment, area, year=2026, reason=reason))


SAFETY: list[Event] = [
    reached(1, NOW - 90 * DAY, "v11", "keep", "check"),
    reached(2, NOW - 60 * DAY, "v12", "keep", "check"),
    reached(3, NOW - 50 * DAY, "v21", "new", "notice"),
    reached(4, NOW - 400 * DAY, "v11", "keep", "named", 2025),
    breached(5, NOW - 30 * DAY, "v11", "drugs"),
    rectified(6, NOW - 20 * DAY, "v11", "drugs"),
    breached(7, NOW - 10 * DAY, "v11", "drugs"),
    breached(8, NOW - 9 * DAY, "v11", "homicide"),
    reached(9, NOW - 5 * DAY, "v12", "keep", "named"),
    breached(10, NOW - 400 * DAY, "v21", "homicide"),
]


def test_a_village_shows_its_open_lines_and_when_the_middle_one_of_its_batch_came_so_far(town: Warehouse) -> None:
    tell(town, SAFETY)
    rows = {row["entry"]: row for row in ask(town, "safety_villages")}
    assert set(rows) == {"v11:2026", "v12:2026", "v21:2026", "v11:2025"}
    mine = rows["v11:2026"]
    assert (mine["open_lines"], mine["open_breaches"], mine["breached_at"]) == ("homicide|drugs", 2, NOW - 9 * DAY)
    assert (mine["batch_at"], mine["stage_position"], mine["finished"]) == (0, 0, False)
    assert mine["peers_at"] == NOW - 90 * DAY  # v12 is named: alone in its batch
    assert (rows["v12:2026"]["finished"], rows["v12:2026"]["peers_at"], rows["v12:2026"]["open_lines"]) == (
        True, None, None,
    )  # fmt: skip
    assert [row["entry"] for row in ask(town, "safety_villages", "c2")] == ["v21:2026"]


def test_stages_count_as_the_mart_counts_them(town: Warehouse) -> None:
    tell(town, SAFETY)
    shown = Counter((row["year"], row["batch"], row["stage"]) for row in ask(town, "safety_villages"))
    told = town.tuples("""
        select year, arg_max(batch, seq), arg_max(stage, seq) from log
        where kind = 'safety-stage-reached' group by area_id, year
    """)
    assert shown == Counter(told)


def test_each_touch_of_a_line_meets_its_own_rectification(town: Warehouse) -> None:
    tell(town, SAFETY)
    rows = {row["breach_id"]: (row["line_at"], row["rectified_at"]) for row in ask(town, "safety_breaches")}
    assert rows == {"e5": (0, NOW - 20 * DAY), "e7": (0, None), "e8": (1, None)}  # e10 is older than twelve months
    assert ask(town, "safety_breaches", "c2") == []


def test_what_happened_in_a_village_is_told_newest_first(town: Warehouse) -> None:
    tell(town, SAFETY)
    told = [row["event_id"] for row in ask(town, "safety_events", "v11")]
    assert told == ["e8", "e7", "e6", "e5", "e4", "e1"]


def test_terms_keep_their_order_and_posts_their_place(town: Warehouse) -> None:
    tell(town, SAFETY)
    assert {row["known_since"] for row in ask(town, "safety_terms")} == {NOW - 400 * DAY}
    assert [row["term"] for row in ask(town, "safety_terms") if row["kind"] == "stage"] == list(STAGES)
    assert [row["staff_id"] for row in ask(town, "staff", "g111")] == ["s1", "s2"]
    assert ask(town, "staff", CITY) == []


VISITS: dict[str, list[float]] = {"g111": [0.1, 1, 2, 3, 6.5, 20], "g112": [9, 10, 11, 31], "g121": [0.2]}
"""Days ago of each patrol; it is half past midnight."""


def live(town: Warehouse) -> list[Event]:
    events: list[Event] = [
        GridVisited(**facts(100 + at, NOW - ago * DAY - HOUR / 60, area))
        for at, (area, ago) in enumerate((area, ago) for area, agos in VISITS.items() for ago in agos)
    ]
    events += [
        CaseReported(**facts(200 + at, NOW - ago * DAY, "g111", case_id=f"c{at}", category="CG0101", channel="grid"))
        for at, ago in enumerate((0.01, 0.5, 1, 8))
    ]
    tell(town, events)
    return events


def local(event: Event) -> date:
    return (event.happened_at + 8 * HOUR).date()


def count(events: list[Event], area: str, days: int, *kinds: type[Event]) -> int:
    since = TODAY - timedelta(days=days - 1)
    return sum(event.area_id == area and local(event) >= since and isinstance(event, kinds) for event in events)


def test_an_urban_grid_s_acts_load_and_silence(town: Warehouse) -> None:
    events = live(town)
    rows = {row["area_id"]: row for row in ask(town, "grid_force")}
    assert set(rows) == {"g111", "g112"}
    for area, row in rows.items():
        for days, name in ((1, "today"), (7, "7"), (30, "30")):
            assert row[f"visits_{name}"] == count(events, area, days, GridVisited)
            assert row[f"reports_{name}"] == count(events, area, days, CaseReported)
            assert row[f"acts_{name}"] == count(events, area, days, GridVisited, CaseReported)
        active = sorted({local(event) for event in events if event.area_id == area})
        gaps = [(after - before).days for before, after in pairwise(active)]
        assert row["gap_hours"] == 24 * median(gaps)
    mine, other = rows["g111"], rows["g112"]
    assert (mine["full_time"], mine["people"], mine["households"], mine["street_id"]) == (1, 2, 250, "t11")
    assert (mine["silent"], other["silent"], other["full_time"]) == (False, True, 0)
    assert ask(town, "grid_force", "c2") == []


def test_patrols_today_beside_yesterday_until_the_same_moment(town: Warehouse) -> None:
    events = live(town)
    found = {row["figure"]: (row["value"], row["previous"]) for row in ask(town, "patrol_pace")}
    midnight = NOW - HOUR / 2

    def told(kind: type[Event], since: datetime, until: datetime) -> list[str]:
        return [
            e.area_id for e in events if isinstance(e, kind) and since <= e.happened_at <= until and e.area_id != "g121"
        ]

    for figure, kind in (("visits", GridVisited), ("reports", CaseReported)):
        before = told(kind, midnight - DAY, NOW - DAY)
        assert found[figure] == (len(told(kind, midnight, NOW)), len(before))
    assert found["patrolled"] == (
        len(set(told(GridVisited, midnight, NOW))), len(set(told(GridVisited, midnight - DAY, NOW - DAY))),
    )  # fmt: skip


def test_the_last_fourteen_days_of_an_area(town: Warehouse) -> None:
    events = live(town)
    rows = ask(town, "act_days", "v11")
    assert [row["day"] for row in rows] == [TODAY - timedelta(days=ago) for ago in range(13, -1, -1)]
    for row in rows:
        mine = [e for e in events if local(e) == row["day"] and e.area_id in ("g111", "g112")]
        assert row["visits"] == sum(isinstance(e, GridVisited) for e in mine)
        assert row["reports"] == sum(isinstance(e, CaseReported) for e in mine)


def test_a_village_s_pulse_sums_its_grids(town: Warehouse) -> None:
    events = live(town)
    fill(town, [case(1, area_id="g111", due_at=NOW - HOUR), case(2, area_id="v11"), case(3, area_id="g121")])
    rows = {row["area_id"]: row for row in ask(town, "village_pulse")}
    mine = rows["v11"]
    assert mine["visits"] == sum(count(events, area, 30, GridVisited) for area in ("g111", "g112"))
    assert mine["reports"] == sum(count(events, area, 30, CaseReported) for area in ("g111", "g112"))
    assert (mine["open"], mine["overdue"], mine["households"]) == (2, 1, 550)
    assert (rows["v12"]["open"], rows["v21"]["open"]) == (1, 0)
