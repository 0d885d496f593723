"""The wall's stage: one wall over several browsers, scenes in turn, panels that give way."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from .conftest import until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]
Open = Callable[[int, int, str], Page]
PLACES = """Object.fromEntries([...document.querySelectorAll('.wall-slot[data-look]:not([hidden])')].map(slot =>
    [slot.dataset.slot, ['--x', '--y', '--w', '--h'].map(name => Number(slot.style.getPropertyValue(name)))]))"""
RUNNING = "[...document.querySelectorAll('[data-slot] [data-panel]')].map(panel => panel.dataset.panel)"
AT = """seconds => {
    const { clock, page } = window.citybrain.screen;
    clock.set({ now: new Date(seconds * 1000).toISOString(), speed: 1 });
    dispatchEvent(new Event('resize'));
    return page.root.dataset.scene;
}"""
SIZES = "[...new Set([...document.querySelectorAll('.wall-slot :is(h2, p, span, li)')].filter(e => e.checkVisibility()"
SIZES += " && e.textContent.trim()).map(e => parseFloat(getComputedStyle(e).fontSize)))]"


@pytest.fixture
def wall(browser: Browser, still: str) -> Iterator[Open]:
    pages: list[Page] = []

    def opened(width: int, height: int, query: str) -> Page:
        page = browser.new_page(viewport={"width": width, "height": height})
        pages.append(page)
        page.goto(f"{still}/wall?room=none{query}", wait_until="commit")
        deadline = time.monotonic() + 120
        while not page.evaluate("window.citybrain?.ready && window.citybrain.screen.clock.running"):
            assert time.monotonic() < deadline
            page.wait_for_timeout(50)
        return page

    yield opened
    for page in pages:
        assert page.evaluate("window.citybrain.errors") == []
        page.close()


def facts(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate("({ ...document.getElementById('screen').dataset })")
    return found


def test_three_browsers_show_one_wall_and_no_column_lies_over_a_seam(wall: Open) -> None:
    parts = [wall(1280, 1080, f"&segment={part}of3") for part in (1, 2, 3)]
    assert {facts(page)["layout"] for page in parts} == {"wide"}
    assert [set(page.evaluate(RUNNING)) for page in parts] == [
        {"metrics", "day"}, {"map", "callout", "map-inset", "legend"}, {"funnel", "league", "ticker"},
    ]  # fmt: skip
    for part, page in enumerate(parts):
        for name, (x, _, width, _) in page.evaluate(PLACES).items():
            assert 1280 * part <= x, name
            assert x + width <= 1280 * (part + 1), name


def test_the_scenes_of_a_wall_take_turns_by_the_city_s_clock_and_keep_its_area(wall: Open) -> None:
    page = wall(1920, 1080, "&rotate=overview,grids&dwell=20&area=360521")
    assert [page.evaluate(AT, seconds) for seconds in (0, 19, 20, 39, 40)] == [
        "overview", "overview", "grids", "grids", "overview",
    ]  # fmt: skip
    assert page.evaluate("window.citybrain.screen.selection.area") == "360521"
    assert "area=360521" in page.url


def test_where_room_is_short_panels_give_way_and_text_keeps_its_size(wall: Open) -> None:
    page = wall(1700, 800, "")
    assert (facts(page)["layout"], facts(page)["dropped"]) == ("standard", "counts rates ticker")
    assert set(page.evaluate(PLACES)) == {"map", "funnel", "legend"}
    page.locator(".stage .value").first.wait_for()
    assert min(page.evaluate(SIZES)) >= 42


def test_a_layout_is_taken_by_name_where_the_address_says_so(wall: Open) -> None:
    page = wall(1920, 1080, "&layout=portrait&scene=safety-creation")
    assert (facts(page)["layout"], facts(page)["scene"]) == ("portrait", "safety-creation")


def test_a_wall_outside_every_room_does_not_take_itself_for_blind(browser: Browser, still: str) -> None:
    page = browser.new_page(viewport={"width": 1920, "height": 1080})
    page.clock.install()
    page.goto(f"{still}/wall?scene=overview", wait_until="commit")
    until(page, "window.citybrain?.ready")
    page.clock.run_for(40_000)
    # what renews itself asks first whether there is a page to be had
    page.wait_for_timeout(1500)
    assert page.evaluate("JSON.parse(sessionStorage.getItem('citybrain.alive')).why ?? null") is None
    page.close()
