"""The desk's doors: pages add up to the whole, words find any case, and nobody asks too much."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from dashboard.api import desk as doors
from dashboard.identity.viewing import viewing
from pipelines.contract.filter import Filter
from pipelines.contract.scope import Scope, Viewer
from pipelines.desk import Desk
from pipelines.errors import QueryError, ScopeError
from pipelines.warehouse import Warehouse
from tests.metrics.small_city import CITY, DAY, HOUR, NOW, case, city, closed, fill

OVERDUE = {"reported_at": NOW - 3 * DAY, "due_at": NOW - DAY}


class Door:
    """A gateway that knows one viewer's scope only."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def queue(self, area: str, viewer: Viewer, wanted: Filter, skip: int, count: int) -> object:
        if area not in viewer.scope.areas:
            raise ScopeError(f"area {area!r} is outside the scope of {viewer.user!r}")
        return self.desk.page(area, wanted, skip, count)


@pytest.fixture(scope="module")
def warehouse() -> Iterator[Warehouse]:
    opened = city()
    yield opened
    opened.close()


@pytest.fixture
def desk(warehouse: Warehouse) -> Desk:
    fill(warehouse, [
        case(1, **OVERDUE), case(2, urges=2, title="井盖破损"), case(3, state="suspended"), case(4, area_id="g121"),
        case(5, simulated=True, **OVERDUE), closed(6, title="井盖丢失"),
    ])  # fmt: skip
    return Desk(warehouse, lambda: NOW, simulated=False)


def test_pages_put_together_are_the_queue(desk: Desk) -> None:
    whole = [row["case_id"] for row in desk.page(CITY, Filter(), 0, 200)["rows"]]
    pages = [desk.page(CITY, Filter(), skip, 2) for skip in (0, 2)]
    assert [row["case_id"] for page in pages for row in page["rows"]] == whole
    assert pages[0]["totals"] == {"overdue": 1, "open": 3}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter("overdue"), "1"),
        (Filter(states=("suspended",)), "3"),
        (Filter(urged=True), "2"),
        (Filter(words="破损"), "2"),
    ],
)
def test_a_filter_lets_through_what_it_says(desk: Desk, wanted: Filter, found: str) -> None:
    page = desk.page(CITY, wanted, 0, 10)
    assert "".join(row["case_id"][-1] for row in page["rows"]) == found
    assert sum(page["totals"].values()) == len(found)


def test_an_empty_page_tells_the_last_closed_case(desk: Desk) -> None:
    assert desk.page(CITY, Filter(words="nothing"), 0, 10)["last_closed"]["title"] == "井盖丢失"


def test_search_finds_open_and_closed_cases_the_open_first(desk: Desk) -> None:
    assert [row["title"] for row in desk.search(CITY, "井盖", 10)] == ["井盖破损", "井盖丢失"]
    assert desk.search("c2", "井盖", 10) == []


def test_the_usual_time_is_the_median_of_closed_cases(warehouse: Warehouse) -> None:
    fill(warehouse, [case(1), *(closed(n, reported_at=NOW - 9 * HOUR, closed_at=NOW - n * HOUR) for n in (2, 5, 6))])
    usual = Desk(warehouse, lambda: NOW, simulated=False).usual(CITY, "case-001")
    assert usual == {"seconds": 4 * 3600, "cases": 3}


def test_hands_come_by_distance_with_the_load_of_their_grid(warehouse: Warehouse) -> None:
    fill(warehouse, [case(1), case(2)])
    warehouse.write("delete from staff")
    for row in ("'s1', 'g111', 'gridworker', '甲'", "'s2', 'g121', 'leader', '乙'", "'s3', 'g111', 'block_head', '丙'"):
        warehouse.write(f"insert into staff values ({row}, false)")
    desk = Desk(warehouse, lambda: NOW, simulated=False)
    found = desk.hands(CITY, 114.9, 27.8, 10)
    assert {(row["name_zh"], row["open"]) for row in found} == {("甲", 2), ("乙", 0)}


@pytest.mark.parametrize("asked", ["limit=1000", "offset=-1", "urgency=red", f"words={'x' * 81}"])
def test_the_door_refuses_what_is_too_much(desk: Desk, asked: str) -> None:
    with client(desk) as browser:
        answer = browser.get(f"/api/queue?area={CITY}&{asked}")
    assert (answer.status_code, bool(answer.json()["detail"])) == (400, True)


def test_the_door_refuses_an_area_outside_the_scope(desk: Desk) -> None:
    with client(desk) as browser:
        assert browser.get("/api/queue?area=elsewhere").status_code == 403


def test_too_many_words_are_named(desk: Desk) -> None:
    with pytest.raises(QueryError, match="81 characters"):
        desk.search(CITY, "x" * 81, 5)


def client(desk: Desk) -> TestClient:
    app = FastAPI()
    app.include_router(doors.router(Door(desk)))  # type: ignore[arg-type]
    app.dependency_overrides[viewing] = lambda: Viewer("u", frozenset({"duty_officer"}), Scope(frozenset({CITY})))
    return TestClient(app)
