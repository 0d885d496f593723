from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from .stage import Stage, case, headline, running

pytestmark = pytest.mark.e2e
SIZES = {"wall": (1920, 1080), "desk": (1440, 900), "pocket": (390, 844)}
STALE_SECONDS = 5
Open = Callable[[str], Page]
UNTIMED = """[...document.querySelectorAll('[data-view] [data-asof]')]
    .filter(time => !/\\d\\d:\\d\\d:\\d\\d/.test(time.textContent)).length"""
OWN_WORDS = """[...document.querySelectorAll('h1, h2, h3, .unit, .legend, .freshness, .chip, .state, .crumb')]
    .map(element => element.textContent).join(' ')"""
SMALL_TEXTS = """[...document.querySelectorAll('.wall *')]
    .filter(e => [...e.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()))
    .filter(e => e.checkVisibility() && !e.matches('.announcer') && parseFloat(getComputedStyle(e).fontSize) < 42)
    .map(e => e.className)"""
SMALL_TARGETS = """[...document.querySelectorAll('#screen button, #screen a')].filter(e => e.checkVisibility())
    .filter(e => { const box = e.getBoundingClientRect(); return box.width < 44 || box.height < 44; })
    .map(e => e.className)"""


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[Stage, str]]:
    stage = Stage()
    with running(stage) as address:
        yield stage, address


@pytest.fixture
def stage(served: tuple[Stage, str]) -> Stage:
    served[0].mend()
    served[0].fill()
    return served[0]


@pytest.fixture
def screen(browser: Browser, served: tuple[Stage, str], stage: Stage) -> Iterator[Open]:
    assert stage is served[0]
    pages: list[Page] = []

    def open_page(path: str) -> Page:
        width, height = SIZES[path.strip("/").split("?")[0]]
        page = browser.new_page(viewport={"width": width, "height": height})
        page.goto(served[1] + path)
        until(page, "window.citybrain?.ready && document.documentElement.dataset.freshness === 'live'")
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        assert page.evaluate("window.citybrain.errors") == []
        page.close()


def metric(page: Page, name: str) -> Any:
    return page.locator(f'[data-metric="{name}"] .value').first


def until(page: Page, condition: str, seconds: float = 15) -> None:
    # the strict policy forbids the eval of Playwright's own wait_for_function
    deadline = time.monotonic() + seconds
    while not page.evaluate(condition):
        assert time.monotonic() < deadline, f"not within {seconds} s: {condition}"
        page.wait_for_timeout(50)


def drawn(page: Page) -> None:
    page.wait_for_selector('.map[data-ready="true"]', state="attached", timeout=20_000)


def test_wall_shows_numbers_map_and_simulation(screen: Open) -> None:
    page = screen("/wall")
    expect(metric(page, "reported_today")).to_have_text("1,286")
    expect(metric(page, "satisfaction_rate")).to_have_text("—")
    expect(page.locator(".badge-simulated")).to_have_text("模拟数据")
    expect(page.locator('[data-count="overdue"]')).to_have_text("1")
    drawn(page)
    expect(page.locator(".plain-marks path")).to_have_count(3)


def test_wall_moves_with_a_delta_and_says_when_it_was_painted(screen: Open, stage: Stage) -> None:
    page = screen("/wall")
    expect(metric(page, "open_cases")).to_have_text("3")
    stage.set("headline", headline("open_cases", 4, "cases"))
    expect(metric(page, "open_cases")).to_have_text("4")
    until(page, f"window.citybrain.painted.headline.seq === {stage.seq}")


def test_a_lost_frame_leads_to_a_snapshot_not_to_a_wrong_number(screen: Open, stage: Stage) -> None:
    page = screen("/wall")
    expect(metric(page, "open_cases")).to_have_text("3")
    stage.rows["headline"]["overdue_cases"] = headline("overdue_cases", 9, "cases")
    stage.set("headline", headline("open_cases", 5, "cases"), lose=True)
    expect(metric(page, "open_cases")).to_have_text("5")
    expect(metric(page, "overdue_cases")).to_have_text("9")
    assert {"type": "resync", "view": "headline", "area": "c"} in stage.heard


@pytest.mark.parametrize("path", ["/wall", "/desk", "/pocket"])
@pytest.mark.parametrize("fault", ["silence", "cut", "feed"])
def test_a_screen_says_within_five_seconds_that_data_stopped(screen: Open, stage: Stage, path: str, fault: str) -> None:
    page = screen(path)
    begun = time.monotonic()
    stage.fail(fault)
    expect(page.locator(".banner")).to_contain_text("数据停在", timeout=STALE_SECONDS * 1000)
    assert time.monotonic() - begun <= STALE_SECONDS
    stage.mend()
    expect(page.locator(".banner")).to_be_hidden(timeout=15_000)


def test_a_screen_comes_back_with_what_it_missed(screen: Open, stage: Stage) -> None:
    page = screen("/desk")
    stage.cut()
    expect(page.locator(".banner")).to_be_visible(timeout=STALE_SECONDS * 1000)
    stage.rows["headline"]["open_cases"] = headline("open_cases", 77, "cases")
    stage.mend()
    expect(metric(page, "open_cases")).to_have_text("77", timeout=15_000)


@pytest.mark.parametrize("path", ["/wall", "/desk", "/pocket"])
@pytest.mark.usefixtures("stage")
def test_no_request_leaves_this_machine(browser: Browser, served: tuple[Stage, str], path: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    refused: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on(
        "console", lambda message: refused.append(message.text) if "Content Security Policy" in message.text else None
    )
    page.goto(served[1] + path)
    drawn(page)
    hosts = {urlsplit(url).netloc for url in asked if not url.startswith(("blob:", "data:"))}
    assert hosts == {urlsplit(served[1]).netloc}
    assert refused == []
    assert page.locator("script[src*='.mjs']").count() == 0
    page.close()


@pytest.mark.parametrize("path", ["/wall", "/desk", "/pocket"])
def test_every_panel_shows_its_data_time(screen: Open, path: str) -> None:
    page = screen(path)
    until(page, "[...document.querySelectorAll('[data-panel][data-view]')].every(p => p.dataset.asOf)")
    assert page.evaluate(UNTIMED) == 0
    expect(page.locator(".fresh-data")).to_have_text(re.compile(r"\d\d:\d\d:\d\d"))


@pytest.mark.parametrize("path", ["/wall", "/desk", "/pocket"])
def test_english_speaks_no_chinese_of_its_own(screen: Open, path: str) -> None:
    page = screen(f"{path}?lang=en")
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.locator(".badge-simulated")).to_have_text("Simulated data")
    said = page.evaluate(OWN_WORDS)
    assert not re.search(r"[一-鿿]", said)


def test_no_text_of_the_wall_is_below_its_body_size(screen: Open) -> None:
    page = screen("/wall")
    drawn(page)
    assert page.evaluate(SMALL_TEXTS) == []


def test_desk_opens_a_case_by_keys_and_shows_its_timeline(screen: Open) -> None:
    page = screen("/desk")
    expect(page.locator(".case-row")).to_have_count(3)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator(".case-title")).to_have_text("井盖 a1")
    expect(page.locator(".case-clock")).to_have_text(re.compile(r"^42:\d\d$"))
    expect(page.locator(".step-kind")).to_have_text("上报")
    expect(page.locator("[data-announcer]")).to_contain_text("井盖 a1")
    page.keyboard.press("Escape")
    expect(page.locator(".case")).to_be_hidden()


def test_desk_filters_by_urgency_and_words(screen: Open) -> None:
    page = screen("/desk")
    page.locator('[data-urgency-filter="due_soon"]').click()
    expect(page.locator(".case-row:visible")).to_have_count(1)
    page.keyboard.press("/")
    page.keyboard.type("nothing")
    expect(page.locator(".queue-empty-text")).to_contain_text("0 件")
    page.locator(".queue-clear").click()
    expect(page.locator(".case-row:visible")).to_have_count(3)


def test_desk_enters_an_area_from_the_map_and_leaves_by_backspace(screen: Open) -> None:
    page = screen("/desk")
    drawn(page)
    box = page.locator(".map-canvas").bounding_box()
    assert box is not None
    point = page.evaluate("(p => [p.x, p.y])(window.citybrain.map.project([115.35, 28.08]))")
    page.mouse.click(box["x"] + point[0], box["y"] + point[1])
    expect(page.locator(".crumb[aria-current]")).to_have_text("乙区")
    expect(page.locator(".case-row")).to_have_count(1)
    assert "area=c2" in page.url
    page.keyboard.press("Backspace")
    expect(page.locator(".case-row")).to_have_count(3)


def test_queue_rows_keep_their_elements_when_one_changes(screen: Open, stage: Stage) -> None:
    page = screen("/desk")
    expect(page.locator(".case-row")).to_have_count(3)
    page.evaluate("document.querySelectorAll('.case-row').forEach(row => { row.kept = true; })")
    stage.set("queue", case("a2", "due_soon", 20) | {"title": "改了"}, case("a9", "overdue", -5))
    expect(page.locator('.case-row[data-case="a2"] .row-title')).to_have_text("改了")
    expect(page.locator(".case-row")).to_have_count(4)
    assert page.evaluate("[...document.querySelectorAll('.case-row')].filter(row => row.kept).length") == 3


def test_pocket_sorts_by_time_left_and_opens_a_case(screen: Open) -> None:
    page = screen("/pocket")
    expect(page.locator(".task .row-title")).to_have_text(["井盖 a1", "井盖 a2", "井盖 a3"])
    page.locator(".task").nth(1).click()
    expect(page.locator(".one-title")).to_have_text("井盖 a2")
    expect(page.locator(".big-case .one-side")).to_have_text("余")
    page.locator(".one-back").click()
    expect(page.locator(".one-task")).to_be_hidden()


def test_pocket_targets_are_large_enough_to_touch(screen: Open) -> None:
    page = screen("/pocket")
    expect(page.locator(".task")).to_have_count(3)
    assert page.evaluate(SMALL_TARGETS) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") is True


def test_zero_is_shown_as_zero(screen: Open, stage: Stage) -> None:
    page = screen("/pocket")
    stage.set("queue", drop=("a1", "a2", "a3"))
    expect(page.locator(".task-empty")).to_be_visible()
    expect(page.locator(".task-empty")).to_contain_text("在办 0 件")
    expect(page.locator('[data-urgency-filter="overdue"] .value')).to_have_text("0")
