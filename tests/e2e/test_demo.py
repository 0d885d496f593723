"""`citybrain demo --city xinyu` as its user runs it: a simulated city that says so everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import Served, screens, serving, until

pytestmark = pytest.mark.e2e
SCREENS = ("wall", "desk", "pocket")
CONFIG = """\
pack: xinyu
demo: {history_days: 3, live: live}
"""
# read in the moment of painting: a little later the numbers may be the next frame's already
RECORD = """() => {
    window.told = [];
    window.addEventListener('citybrain:painted', ({detail: {view, as_of}}) => {
        if (view !== 'headline') return;
        const found = {as_of};
        for (const row of document.querySelectorAll('.wall [data-metric]')) {
            found[row.dataset.metric] = row.querySelector('.value').textContent;
        }
        window.told.push(found);
    });
}"""
# the city as the log tells it, at each of the last positions it had at a moment: no mart, no view
TRUTH = """
    with positions as (
        select max(seq) as position from log where received_at <= timestamptz '{as_of}'
        group by received_at order by received_at desc limit 8
    ),
    cases as (
        select position, case_id, min(happened_at) filter (kind = 'case-reported') as reported_at,
            arg_max(due_at, seq) as due_at, arg_max(is_open, seq) as is_open, arg_max(state, seq) as state
        from log left join lifecycle using (kind) join positions on seq <= position
        where case_id is not null and simulated and not exercise group by all
    )
    select
        count(*) filter (is_open) as open_cases,
        count(*) filter (is_open and due_at < timestamptz '{as_of}'
            and state not in ('suspended', 'waiting_reporter')) as overdue_cases,
        count(*) filter (reported_at >= date_trunc('day', timestamptz '{as_of}')) as reported_today
    from cases group by position
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("demo")
    config = folder / "config.yaml"
    config.write_text(CONFIG, encoding="utf-8")
    with serving(["demo", "--city", "xinyu", "--config", str(config)], folder, "xinyu") as served:
        yield served


@pytest.fixture(scope="module")
def pages(painter: Browser, demo: Served) -> Iterator[dict[str, Page]]:
    with screens(painter, demo, *SCREENS) as opened:
        yield dict(zip(SCREENS, opened, strict=True))


@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_says_that_its_data_are_simulated(pages: dict[str, Page], screen: str) -> None:
    expect(pages[screen].locator(".badge-simulated")).to_have_text("模拟数据")
    expect(pages[screen].locator(".badge-simulated")).to_be_visible()
    expect(pages[screen].locator(".badge-replay")).to_have_text("加速 60×")


def test_the_headline_of_the_wall_is_what_the_log_says(pages: dict[str, Page], demo: Served) -> None:
    wall = pages["wall"]
    wall.evaluate(RECORD)
    until(wall, "window.told.length >= 3")
    for shown in wall.evaluate("window.told"):
        told = truths(demo, shown["as_of"])
        assert int(shown["open_cases"].replace(",", "")) > 0
        assert {name: shown[name] for name in told[0]} in told, shown["as_of"]


def truths(demo: Served, as_of: str) -> list[dict[str, Any]]:
    """Return what the log said at a moment, written as the wall writes it; what just came in may be in it or not."""
    told = demo.query(TRUTH.format(as_of=as_of))
    return [{name: f"{number:,}" for name, number in row.items()} for row in told]


def test_real_metrics_hold_nothing_simulated(demo: Served) -> None:
    def count(relation: str) -> int:
        return int(demo.query(f"select count(*) as n from {relation}")[0]["n"])

    assert count("log where simulated is null or not simulated") == 0
    assert count("facts_of('360500', true)") > 0
    assert count("facts_of('360500', false)") == 0
    assert count("standing_in('360500', false, now())") == 0
    assert count("grid_days where not simulated") == 0
    stored = "database_name = current_database() and table_name in (select table_name from duckdb_tables())"
    assert count(f"duckdb_columns() where column_name = 'simulated' and {stored}") > 0
    assert count(f"duckdb_columns() where column_name = 'simulated' and is_nullable and {stored}") == 0
