from __future__ import annotations

from pipelines.metrics.passport import passport
from pipelines.warehouse import Warehouse

from .small_city import CITY, DAY, MONTH, NOW, case, closed, fill

DUE = {"reported_at": NOW - 5 * DAY, "due_at": NOW - 2 * DAY}


def test_a_passport_tells_what_was_counted_and_what_was_not(warehouse: Warehouse) -> None:
    fill(warehouse, [
        closed(1, **DUE, closed_at=NOW - 3 * DAY), closed(2, **DUE), case(3, **DUE), case(4, state="suspended", **DUE),
        case(5, state="rejected", **DUE), case(6, exercise=True, **DUE),
        closed(7, **DUE, closed_at=None),
    ])  # fmt: skip
    shown = passport(warehouse, "on_time_closure_rate", area=CITY, now=NOW, simulated=False, period=MONTH)
    assert (round(shown.value or 0, 2), shown.n, shown.as_of, shown.metric.version) == (33.33, 3, NOW, 1)
    assert {part.name: part.rows for part in shown.parts} == {"numerator": 1, "denominator": 3}
    left_out = {part.name: part.rows for part in shown.exclusions}
    assert left_out == {"exercise": 1, "dropped": 1, "stopped": 1, "untimed": 1, "not_yet_due": 0}
    assert "÷" in shown.metric.formula
    assert shown.period_en == "by original deadline"


def test_the_sql_of_a_passport_gives_its_number(warehouse: Warehouse) -> None:
    fill(warehouse, [case(1), case(2, area_id="g211")])
    shown = passport(warehouse, "open_cases", area="c1", now=NOW, simulated=False)
    again = warehouse.rows(shown.sql, area="c1", now=NOW, simulated=False).column("value")[0].as_py()
    assert (shown.value, again) == (1, 1)


def test_a_score_shows_its_parts(warehouse: Warehouse) -> None:
    fill(warehouse, [closed(1, **DUE, closed_at=NOW - 3 * DAY, urges=1), case(2, **DUE)])
    shown = passport(warehouse, "unit_score", area=CITY, now=NOW, simulated=False, period=MONTH)
    parts = {part.name: part.rows for part in shown.parts}
    assert parts == {
        "numerator": 2, "denominator": 2, "on_time": 1, "closed": 1, "reworked": 0, "urged": 1, "unanswered": 0,
    }  # fmt: skip
