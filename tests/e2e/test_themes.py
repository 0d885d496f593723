"""The theme screens: what they say is what the log says; list, map and card choose together; the address keeps it."""

from __future__ import annotations

import csv
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.commands import remote

from .conftest import LIVE, ROOT, SIZES, until
from .frozen import AT

pytestmark = pytest.mark.e2e
Ask = Callable[[str], list[dict[str, Any]]]
NOW = "timestamptz '2026-11-20 14:32:05+08'"
SLOW = 30_000
"""Milliseconds a busy machine may take to answer a click."""
expect.set_options(timeout=SLOW)
READY = f"{LIVE} && document.querySelector('[data-panel][data-ready]')"
with (ROOT / "pipelines/cities/xinyu/grids.csv").open(encoding="utf-8") as _lines:
    URBAN = {row["code"]: int(row["households"]) for row in csv.DictReader(_lines) if row["kind"] == "urban"}
GRIDS = f"({', '.join(map(repr, URBAN))})"
STANDING = """select area_id, arg_max(batch, seq) as batch, arg_max(stage, seq) as stage from log
    where kind = 'safety-stage-reached' and year = 2026 group by area_id"""
LINES = """select area_id, reason, count(*) filter (kind = 'safety-breached') as touched,
    count(*) filter (kind = 'safety-rectified') as put_right from log
    where kind in ('safety-breached', 'safety-rectified') group by all"""


@pytest.fixture
def ask(still: str, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Ask the city that stands still anything, by its admin door."""
    assert still
    (folder,) = tmp_path_factory.getbasetemp().glob("still[0-9]*/var")

    def answered(sql: str) -> list[dict[str, Any]]:
        with remote.found(folder) as node:
            assert node is not None
            return list(node.query(sql).to_pylist())

    return answered


@contextmanager
def theme(browser: Browser, url: str, name: str, query: str = "") -> Iterator[Page]:
    """Open a theme and wait until its maps are drawn; nothing may go wrong on it."""
    width, height = SIZES[f"themes/{name}"]
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(f"{url}/themes/{name}{query}", wait_until="commit")
    until(page, READY)
    try:
        yield page
        assert page.evaluate("window.citybrain.errors") == []
    finally:
        page.close()


def texts(page: Page, selector: str) -> list[str]:
    found: list[str] = page.evaluate(
        "(selector) => [...document.querySelectorAll(selector)].map((one) => one.textContent.trim())", selector
    )
    return found


def whole(text: str) -> int:
    return int(text.replace(",", ""))


def test_safety_creation_says_what_the_log_says(browser: Browser, still: str, ask: Ask) -> None:
    stood = {(r["batch"], r["stage"]): r["n"] for r in ask(
        f"select batch, stage, count(*) as n from ({STANDING}) group by all"
    )}  # fmt: skip
    lines = ask(f"select reason, sum(touched) as touched, sum(touched - put_right) as open from ({LINES}) group by all")
    (named,) = ask(f"select count(*) as n, count(*) filter (stage = 'named') as named from ({STANDING})")
    with theme(browser, still, "safety-creation") as page:
        shown = page.evaluate("""() => [...document.querySelectorAll('.progress-cells [data-show]')]
            .map((cell) => [cell.dataset.show.split('|')[1], cell.dataset.show.split('|')[2], cell.textContent])""")
        assert {(batch, stage): whole(n) for batch, stage, n in shown if n != "0"} == stood
        totals = page.evaluate("""() => [...document.querySelectorAll('.line-cells .cell-total')]
            .map((cell) => [cell.dataset.show.split('|')[1], cell.textContent])""")
        assert {line: whole(n) for line, n in totals} == {row["reason"]: row["touched"] for row in lines}
        tabs = dict(zip(("all", "named", "breached"), texts(page, ".show-tabs .value"), strict=False))
        opened = ask(f"select count(distinct area_id) as n from ({LINES}) where touched > put_right")[0]["n"]
        assert [whole(tabs[name]) for name in ("all", "named", "breached")] == [named["n"], named["named"], opened]
        first = texts(page, ".named-areas .named-number")[0]
        assert first.startswith(f"{named['named']} / {named['n']} ")
        assert page.locator('.line-cells [data-shade="breach"]').count() == sum(row["open"] > 0 for row in lines)


def test_a_village_is_chosen_by_list_cell_key_and_address(browser: Browser, still: str) -> None:
    with theme(browser, still, "safety-creation") as page:
        card, chosen = page.locator(".theme-side h2"), page.locator('.need-list [aria-selected="true"]')
        expect(card).to_have_text(chosen.locator(".row-name").inner_text())
        page.keyboard.press("ArrowDown")
        second = page.locator(".need-list .theme-row").nth(1)
        expect(second).to_have_attribute("aria-selected", "true")
        expect(card).to_have_text(second.locator(".row-name").inner_text())
        assert f"village={second.get_attribute('data-key')}" in page.url
        cell = page.locator(".progress-cells .cell:not([disabled])").first
        cell.click()
        expect(cell).to_have_attribute("aria-pressed", "true")
        count = whole(cell.inner_text())
        expect(page.locator(".need-list .theme-row")).to_have_count(min(count, 120))
        until(page, f"document.querySelectorAll('.picture .area:not(.is-quiet)').length === {count}")
        row = page.locator(".need-list .theme-row").nth(2)
        row.click()
        name, address = row.locator(".row-name").inner_text(), page.url
        page.goto(address)
        until(page, READY)
        expect(card).to_have_text(name)
        expect(page.locator(".need-list .theme-row")).to_have_count(min(count, 120))
        page.keyboard.press("Escape")
        until(page, "!location.search.includes('show=')")
        page.locator(".picture").focus()
        page.keyboard.press("ArrowRight")
        until(page, f"document.querySelector('.theme-side h2').textContent !== {name!r}")
        page.locator(".named-way").nth(1).click()
        until(page, "document.querySelectorAll('.picture .area').length < 500")
        assert "area=360502" in page.url


def test_the_urban_grids_say_what_the_log_says(browser: Browser, still: str, ask: Ask) -> None:
    acts = f"""select area_id, happened_at, kind from log where kind in ('grid-visited', 'case-reported', 'case-closed')
        and happened_at <= {NOW} and area_id in {GRIDS}"""
    day = "happened_at::date = (timestamptz '2026-11-20 14:32:05+08')::date"
    (today,) = ask(f"""select count(distinct area_id) filter (kind = 'grid-visited') as patrolled,
        count(*) filter (kind = 'case-reported') as reports from ({acts}) where {day}""")
    active = ask(f"""select area_id, list(distinct happened_at::date) as days, max(epoch(happened_at)) as last_at
        from ({acts}) where happened_at::date > ({NOW})::date - 60 group by area_id""")
    silent = {
        row["area_id"] for row in active if (AT.timestamp() - row["last_at"]) / 3600 > 3 * max(usual(row["days"]), 24)
    }
    loads = list(URBAN.values())
    with theme(browser, still, "grids") as page:
        figures = dict(
            zip(("patrolled", "reports", "silent", "posts", "load"), texts(page, ".figure .value"), strict=True)
        )
        assert (whole(figures["patrolled"]), whole(figures["reports"])) == (today["patrolled"], today["reports"])
        assert whole(figures["silent"]) == len(silent)
        assert set(
            page.evaluate("[...document.querySelectorAll('.silent-list [data-key]')].map((e) => e.dataset.key)")
        ) == (silent)
        assert whole(figures["load"]) == round(statistics.quantiles(loads, n=10, method="inclusive")[8])
        drawn = page.evaluate(
            "[...document.querySelectorAll('.cluster')].map((e) => e.querySelectorAll('.area').length)"
        )
        assert drawn == [662, 152, 28]
        assert sum(whole(n) for n in texts(page, ".load-rows .load-grids")) == len(loads) == 842
        assert page.locator(".load-dot").count() == 842


def usual(days: list[Any]) -> float:
    ordered = sorted(days)
    gaps = [(after - before).days for before, after in pairwise(ordered)]
    return 24 * statistics.median(gaps) if gaps else 0


def test_a_grid_is_chosen_on_map_and_list_and_shows_its_days_and_cases(browser: Browser, still: str, ask: Ask) -> None:
    busy = ask(f"""select area_id, count(*) as n from open_cases where area_id in {GRIDS}
        group by area_id order by n desc, area_id limit 1""")[0]
    days = ask(f"""select happened_at::date as day, count(*) as n from log where area_id = '{busy["area_id"]}'
        and kind in ('grid-visited', 'case-reported', 'case-closed')
        and happened_at::date > ({NOW})::date - 14 and happened_at <= {NOW} group by day""")
    with theme(browser, still, "grids", f"?grid={busy['area_id']}") as page:
        expect(page.locator(".theme-side")).to_have_attribute("data-grid", busy["area_id"])
        expect(page.locator(".hand-count")).to_contain_text(str(busy["n"]))
        until(page, "document.querySelectorAll('.act-bars .day').length === 14")
        expect(page.locator(".act-most")).to_contain_text(str(sum(row["n"] for row in days)))
        expect(page.locator(".people-rows .person")).to_have_count(4)
        page.locator(".silent-list .theme-row").nth(1).click()
        expect(page.locator(".theme-side .card-state")).to_have_class("card-state chip-due-soon")
        page.locator('.measures [data-choice="load"]').click()
        expect(page.locator('.periods [data-choice="7"]')).to_be_disabled()
        page.locator('.measures [data-choice="density"]').click()
        page.locator('.periods [data-choice="7"]').click()
        assert "measure=density" in page.url
        assert "period=7" in page.url
        page.locator(".load-name").first.click()
        until(page, "document.querySelectorAll('.load-dot').length < 842")
        assert "area=" in page.url
