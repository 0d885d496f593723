from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import shapely

from pipelines.contract.areas import Area, AreaTree
from pipelines.contract.events import EVENT_SCHEMA, CaseClosed, CaseReported, from_table
from pipelines.contract.records import ISSUE_SCHEMA, RECORD_SCHEMA
from pipelines.contract.time import FrozenClock
from pipelines.intake import Intake
from pipelines.places import AreaIndex
from pipelines.report import ImportReport
from pipelines.sources.crs import from_wgs84
from pipelines.sources.issues import REPAIRED, Issues, Reason
from pipelines.sources.refine import Records

NOW = datetime(2026, 3, 9, tzinfo=UTC)
DAY = datetime(2026, 3, 1, 0, 30, tzinfo=UTC)
LATER = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
TREE = AreaTree.of(
    [
        Area("360500", "city", "新余市", "Xinyu", None, 114.92, 27.82),
        Area("360502", "county", "渝水区", "Yushui", "360500"),
    ]
)
INDEX = AreaIndex(TREE, {"360502": shapely.box(114.8, 27.7, 115.0, 27.9)})
INTAKE = Intake("hotline", TREE, INDEX, FrozenClock(NOW))


def records(*rows: dict[str, Any]) -> pa.Table:
    basis = {"row": "f:2", "id": "1", "reported_at": DAY, "is_closed": False, "category": "pothole"}
    return pa.Table.from_pylist([basis | row for row in rows], schema=RECORD_SCHEMA)


def at(points: np.ndarray[Any, Any]) -> pa.Table:
    return records(*({"row": f"f:{n + 2}", "id": str(n), "lon": x, "lat": y} for n, (x, y) in enumerate(points)))


def reasons(issues: pa.Table) -> list[str]:
    return [str(reason) for reason in issues.column("reason").to_pylist()]


def test_an_open_case_is_one_event_with_all_it_says() -> None:
    row = {"due_at": LATER, "unit_id": "u", "channel": "app", "priority": "high", "title": "t", "address": "a"}
    events, issues = INTAKE.events(records(row | {"lon": 114.9, "lat": 27.8, "category_group": "roads"}))
    assert from_table(events) == [
        CaseReported(
            id="hotline:1:case-reported", happened_at=DAY, received_at=NOW, source="hotline", area_id="360502",
            cause="f:2", case_id="hotline:1", category="pothole", category_group="roads", channel="app",
            priority="high", title="t", address="a", unit_id="u", lon=114.9, lat=27.8, due_at=LATER,
        )
    ]  # fmt: skip
    assert (events.schema, issues.num_rows) == (EVENT_SCHEMA, 0)


def test_a_closed_case_closes_when_it_closed_or_says_it_does_not_know() -> None:
    rows = ({"is_closed": True, "closed_at": LATER}, {"id": "2", "is_closed": True}, {"id": "3", "closed_at": LATER})
    closed = [event for event in from_table(INTAKE.events(records(*rows))[0]) if isinstance(event, CaseClosed)]
    assert [(event.id, event.happened_at, event.reason) for event in closed] == [
        ("hotline:1:case-closed", LATER, None),
        ("hotline:2:case-closed", DAY, "time-unknown"),
    ]


def test_what_is_missing_is_called_unknown() -> None:
    event = from_table(INTAKE.events(records({"category": None}))[0])[0]
    assert isinstance(event, CaseReported)
    assert (event.category, event.channel, event.area_id) == ("unknown", "unknown", "360500-unknown")


def test_the_same_records_give_the_same_events() -> None:
    table = records({"is_closed": True, "lon": 114.9, "lat": 27.8}, {"id": "2"})
    assert INTAKE.events(table)[0].equals(INTAKE.events(table)[0])
    whole = set(INTAKE.events(table)[0].column("id").to_pylist())
    parts = {event for part in (table[:1], table[1:]) for event in INTAKE.events(part)[0].column("id").to_pylist()}
    assert whole == parts


def test_no_records_are_no_events() -> None:
    events, issues = INTAKE.events(RECORD_SCHEMA.empty_table())
    assert (events.num_rows, issues.num_rows) == (0, 0)


def test_simulated_cases_are_marked() -> None:
    intake = Intake("play", TREE, INDEX, FrozenClock(NOW), simulated=True)
    assert intake.events(records({}))[0].column("simulated").to_pylist() == [True]


def test_an_exchanged_point_is_turned_round() -> None:
    _, issues = INTAKE.events(records({"lon": 27.8, "lat": 89.0}))
    assert reasons(issues) == ["out-of-city"]
    index = AreaIndex(TREE, {"360502": shapely.box(-71.2, 42.2, -70.9, 42.5)})
    turned, found = Intake("b", TREE, index, FrozenClock(NOW)).events(records({"lon": 42.3, "lat": -71.1}))
    assert reasons(found) == ["swapped-point"]
    assert turned.select(["area_id", "lon", "lat"]).to_pylist() == [{"area_id": "360502", "lon": -71.1, "lat": 42.3}]


def test_a_lost_point_and_an_unknown_name_are_counted() -> None:
    _, issues = INTAKE.events(records({"lon": 100.0, "lat": 20.0, "area": "Atlantis"}, {"area": "渝水区"}))
    assert reasons(issues) == ["out-of-city", "unknown-area"]
    assert issues.column("value").to_pylist() == ["100 20", "Atlantis"]


EDGE = np.array([(114.9995, 27.75 + n / 100) for n in range(10)])


@pytest.mark.parametrize("crs", ["GCJ-02", "BD-09"])
def test_a_shifted_map_is_suspected_at_the_citys_edge(crs: str) -> None:
    x, y = from_wgs84(EDGE[:, 0], EDGE[:, 1], crs)
    _, issues = INTAKE.events(at(np.stack([x, y], axis=1)))
    suspected = issues.filter(pa.compute.equal(issues.column("reason"), "wrong-crs-suspected"))
    assert [value.split(":")[0] for value in suspected.column("value").to_pylist()] == [crs]


def test_true_points_outside_are_no_reason_for_suspicion() -> None:
    ring = np.array([(114.9 + dx, 27.8 + dy) for dx in (-0.101, 0.101) for dy in np.linspace(-0.1, 0.1, 10)])
    assert set(reasons(INTAKE.events(at(ring))[1])) == {"out-of-city"}


@pytest.mark.parametrize("crs", ["EPSG:4526", "EPSG:4547", "EPSG:3857", "EPSG:32650"])
def test_metres_taken_for_degrees_are_suspected(crs: str) -> None:
    x, y = from_wgs84(EDGE[:, 0], EDGE[:, 1], crs)
    odd = Issues()
    texts = pa.array([f"{a:.2f} {b:.2f}" for a, b in zip(x, y, strict=True)])
    odd.add(pa.array([f"f:{n}" for n in range(10)]), REPAIRED, Reason.OUT_OF_RANGE_POINT, "point", texts)
    batch = INTAKE.take(Records(RECORD_SCHEMA.empty_table(), odd.table(), 10))
    assert batch.issues.to_pylist()[-1] | {"row": ""} == {
        "row": "", "outcome": "repaired", "reason": "wrong-crs-suspected", "field": None,
        "value": f"{crs}: 10 of 10 points", "raw": None,
    }  # fmt: skip


def test_a_report_counts_every_row_once() -> None:
    issues = Issues()
    issues.note("f:9", "rejected", Reason.MISSING_DATE, raw="{}")
    issues.note("f:2", REPAIRED, Reason.SENTINEL_POINT)
    batch = INTAKE.take(Records(records({"is_closed": True}), issues.table(), 2))
    report = ImportReport()
    report.add(batch)
    report.add(batch, stored=0)
    assert report.as_dict() == {
        "read": 4, "accepted": 2, "events": 2, "already_known": 2,
        "repaired": {"sentinel-point": 2}, "rejected": {"missing-date": 2},
    }  # fmt: skip
    assert any("missing-date: rejected" in line for line in report.lines())


def test_issues_keep_their_form() -> None:
    assert INTAKE.take(Records(records({}), ISSUE_SCHEMA.empty_table(), 1)).issues.schema == ISSUE_SCHEMA
