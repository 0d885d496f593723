"""The day's scale of colour: given cases, how far it reaches."""

from __future__ import annotations

from datetime import timedelta

from pipelines.warehouse import Warehouse
from tests.metrics.small_city import DAY, HOUR, NOW, ask, case, closed, fill

MIDNIGHT = NOW - HOUR / 2


def test_the_scale_is_what_stood_open_as_the_day_began(warehouse: Warehouse) -> None:
    second = timedelta(seconds=1)
    fill(warehouse, [
        case(1, area_id="g111"), case(2, area_id="g111"), case(3, area_id="g112"),
        closed(4, area_id="g112", reported_at=NOW - DAY, closed_at=MIDNIGHT + second),
        closed(5, area_id="g112", reported_at=NOW - DAY, closed_at=MIDNIGHT - second),
        case(6, area_id="g211", reported_at=MIDNIGHT - second),
        case(7, area_id="g211", reported_at=MIDNIGHT),
    ])  # fmt: skip
    found = {row["level"]: (row["open"], row["per_thousand"]) for row in ask(warehouse, "shade_scale")}
    # at midnight: g111 2, g112 2, g211 1; each area has 100 people, the city 1 000
    assert found == {
        "grid": (2, 20.0), "village": (4, 40.0), "township": (4, 40.0), "county": (4, 40.0), "city": (5, 5.0),
    }  # fmt: skip


def test_what_the_day_brings_does_not_move_the_scale(warehouse: Warehouse) -> None:
    before = [case(1, area_id="g111"), case(2, area_id="g211")]
    fill(warehouse, before)
    morning = ask(warehouse, "shade_scale")
    late = [case(n, area_id="g111", reported_at=MIDNIGHT + HOUR / 4) for n in range(3, 30)]
    done = [case(1, area_id="g111", state="closed", is_open=False, closed_at=NOW), before[1]]
    fill(warehouse, [*done, *late])
    assert ask(warehouse, "shade_scale") == morning


def test_a_city_where_nothing_stood_open_has_no_scale(warehouse: Warehouse) -> None:
    fill(warehouse, [case(1, reported_at=MIDNIGHT + HOUR / 4)])
    assert ask(warehouse, "shade_scale") == []
