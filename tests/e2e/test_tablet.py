"""A leader's tablet: thirty seconds of numbers, then down to one case by touch, and back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import LIVE, until

pytestmark = pytest.mark.e2e
SHOWN = f"""{LIVE} && document.querySelectorAll('.tile .trend-line').length === 10
  && document.querySelectorAll('.ranking:not([hidden]) .ranked-row, .area-cases:not([hidden]) .value:not(:empty)')[0]
  && document.querySelectorAll('.matter, .matters-none:not([hidden])').length > 0"""
CUT = """() => [...document.querySelectorAll('.tile :is(.value, .unit, .metric-name, .metric-compare)')]
  .filter((e) => e.checkVisibility() && getComputedStyle(e).display !== 'inline' && e.scrollWidth > e.clientWidth + 1)
  .map((e) => e.textContent)"""
SIZES = """() => [...document.querySelectorAll('#screen :is(button, a, input, summary)')]
  .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest('[inert]'))
  .filter((e) => e.getBoundingClientRect().width)
  .map((e) => { const { width, height } = e.getBoundingClientRect();
    return [e.className || e.tagName, Math.round(width), Math.round(height)]; })"""
LEAST, SWITCH = 52, 44


@contextmanager
def tablet(browser: Browser, url: str, query: str = "", size: tuple[int, int] = (1366, 1024)) -> Iterator[Page]:
    """Open the tablet, by touch, and wait until its numbers stand."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, has_touch=True)
    page = context.new_page()
    page.goto(f"{url}/tablet{query}", wait_until="commit")
    until(page, SHOWN)
    try:
        yield page
        assert page.evaluate("window.citybrain.errors") == []
    finally:
        context.close()


def small_targets(page: Page) -> list[Any]:
    return [
        [name, width, height]
        for name, width, height in page.evaluate(SIZES)
        if min(width, height) < (SWITCH if name == "period" else LEAST)
    ]


def value(page: Page, metric: str) -> str:
    return page.locator(f"[data-metric={metric}] .value").inner_text()


def area(page: Page) -> str:
    found: str = page.evaluate("window.citybrain.screen.selection.area")
    return found


def swipe_right(page: Page) -> None:
    page.evaluate("""() => {
      const target = document.querySelector('.ten');
      const touch = (x) => new Touch({ identifier: 1, target, clientX: x, clientY: 200 });
      target.dispatchEvent(new TouchEvent('touchstart', { bubbles: true, touches: [touch(200)] }));
      target.dispatchEvent(new TouchEvent('touchend', { bubbles: true, changedTouches: [touch(420)] }));
    }""")


def test_ten_numbers_are_those_of_the_metrics_and_open_their_parts(browser: Browser, still: str) -> None:
    with tablet(browser, still) as page:
        for metric in (
            "reported_today",
            "open_cases",
            "overdue_cases",
            "urged_cases",
            "suspended_cases",
            "open_disputes",
        ):
            with urlopen(f"{still}/api/metrics/{metric}?area=360500") as answer:
                (counted,) = json.load(answer)
            assert value(page, metric) == f"{counted['value']:,.0f}"
        assert small_targets(page) == []
        page.tap("[data-metric=overdue_cases]")
        sheet = page.locator("dialog.board")
        expect(sheet.locator(".trend-large .trend-line")).to_have_count(1)
        expect(sheet.locator(".part-list").first.locator(".part").first).to_be_visible()
        counties = [int(text) for text in sheet.locator(".part-list").first.locator(".value").all_inner_texts()]
        assert sum(counties) == int(value(page, "overdue_cases"))
        assert small_targets(page) == []
        sheet.locator(".passport-open").tap()
        expect(page.locator("dialog.passport .passport-title")).to_be_visible()
        page.keyboard.press("Escape")
        page.go_back()
        expect(sheet).to_have_count(0)


def test_down_to_a_case_by_touch_and_back_up(browser: Browser, still: str) -> None:
    with tablet(browser, still) as page:
        path = [area(page)]
        while page.locator(".area-cases").is_hidden():
            page.locator(".place-enter").tap()
            until(page, SHOWN)
            path.append(area(page))
        assert len(path) == 4  # city, township, village, grid
        expect(page.locator(".ranking")).to_be_hidden()
        page.locator(".area-cases .case-row").first.tap()
        expect(page.locator(".case .case-title")).not_to_be_empty()
        assert f"area={path[-1]}" in page.url
        assert "case=" in page.url
        assert small_targets(page) == []
        page.go_back()
        expect(page.locator(".case")).to_be_hidden()
        assert area(page) == path[-1]
        page.go_back()
        assert area(page) == path[-2]
        swipe_right(page)
        assert area(page) == path[-3]
        page.locator(".tablet-up").tap()
        page.locator(".tablet-up").tap()
        assert area(page) == path[0]
        expect(page.locator(".tablet-up")).to_be_hidden()


def test_the_ranking_follows_its_switch_and_the_matters_lead_somewhere(browser: Browser, still: str) -> None:
    with tablet(browser, still, "?lang=en&theme=light") as page:
        month = page.locator(".ranked-row .value").all_inner_texts()
        page.locator("[data-period=today]").tap()
        expect(page.locator("[data-period=today]")).to_have_attribute("aria-pressed", "true")
        assert page.locator(".ranked-row .value").all_inner_texts() != month
        page.locator(".ranking-all").tap()
        expect(page.locator("dialog.board .ranked-row").first).to_be_visible()
        assert small_targets(page) == []
        page.locator(".board-close").tap()
        page.locator(".matter[data-rule=overdue] .matter-head").first.tap()
        page.locator(".matter[data-open] .matter-act").tap()
        expect(page.locator(".case .case-title")).to_be_visible()
        page.locator(".case-close").tap()
        page.locator(".matter[data-rule=unit] .matter-head").first.tap()
        page.locator(".matter[data-open] .matter-act").tap()
        expect(page.locator("dialog.board .unit-period").first).to_be_visible()
        assert small_targets(page) == []


@pytest.mark.parametrize("size", [(1366, 1024), (1024, 1366), (600, 1000)], ids=["wide", "tall", "narrow"])
def test_every_shape_holds_the_longer_language(browser: Browser, still: str, size: tuple[int, int]) -> None:
    with tablet(browser, still, "?lang=en&area=360502003022", size) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        assert small_targets(page) == []
        assert page.evaluate(CUT) == []
        order = page.evaluate("""() => ['.ten', '.decisions', '.ranking, .area-cases'].map((s) =>
          [...document.querySelectorAll(s)].find((e) => e.checkVisibility()).getBoundingClientRect().top)""")
        assert size[0] > 1180 or (order[1] < order[0] if size[0] < 900 else order[0] < order[1] < order[2])
