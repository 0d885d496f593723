"""One shift at the desk: numbers that filter, groups that unfold, a case, who is near, a search, the keys."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import SIZES, until

TOWN = "360502002"
SHIFTS = """(() => {
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
  }).observe({type: "layout-shift", buffered: true});
})()"""


@pytest.fixture
def desk(browser: Browser, still: str) -> Iterator[Page]:
    width, height = SIZES["desk"]
    page = browser.new_page(viewport={"width": width, "height": height})
    page.add_init_script(SHIFTS)
    page.goto(f"{still}/desk?area={TOWN}", wait_until="commit")
    until(page, "Boolean(window.citybrain?.ready && document.querySelector('.case-row'))")
    yield page
    assert page.evaluate("window.citybrain.errors") == []
    page.close()


def number(page: Page, selector: str) -> int:
    return int(page.locator(f"{selector} .value").inner_text().replace(",", ""))


def asked(still: str, question: str) -> dict[str, object]:
    with urlopen(f"{still}/api/{question}") as answer:
        return dict(json.load(answer))


def test_a_shift_by_keys_alone(desk: Page, still: str) -> None:
    totals = asked(still, f"queue?area={TOWN}&limit=0")["totals"]
    assert isinstance(totals, dict)
    for name, count in totals.items():
        assert number(desk, f'[data-urgency-filter="{name}"]') == count
    cells = desk.locator(".state .value").all_inner_texts()
    assert sum(int(cell) for cell in cells) == number(desk, '[data-urgency-filter="all"]') == sum(totals.values())
    desk.keyboard.press("j")
    desk.keyboard.press("Enter")
    expect(desk.locator(".drawer .case-clock")).to_contain_text(":")
    expect(desk.locator(".track-step[aria-current]")).to_have_count(1)
    expect(desk.locator(".hand").first).to_be_visible()
    far = [text.replace(" ", "") for text in desk.locator(".hand-far").all_inner_texts()[:3]]
    assert far == sorted(far, key=lambda text: float(text.rstrip("km")))
    desk.keyboard.press("Escape")
    expect(desk.locator(".drawer")).to_be_hidden()
    desk.keyboard.press("?")
    expect(desk.locator(".keys-help dt")).to_have_count(25)
    desk.keyboard.press("Escape")


def test_a_group_unfolds_to_all_its_rows(desk: Page) -> None:
    desk.locator('.group[data-urgency="open"] .fold').click()
    until(desk, "document.querySelectorAll('.group-grid .case-row').length > 5")
    desk.keyboard.press("j")
    expect(desk.locator(".group-grid .case-row:focus")).to_have_count(1)
    assert desk.locator(".case-row").count() < number(desk, '[data-urgency-filter="open"]') + 1


def test_words_find_any_case_and_a_filter_keeps_its_name(desk: Page) -> None:
    desk.keyboard.press("/")
    desk.keyboard.type("井盖")
    expect(desk.locator(".search-option").first).to_contain_text("井盖")
    desk.keyboard.press("Enter")
    expect(desk.locator(".drawer .case-title")).to_contain_text("井盖")
    desk.locator(".active-save").click()
    desk.keyboard.type("盖子")
    desk.keyboard.press("Enter")
    desk.locator(".active-chip").click()
    expect(desk.locator(".queue-active")).to_be_hidden()
    desk.keyboard.press("/")
    expect(desk.locator(".search-option")).to_have_text("盖子×")
    desk.keyboard.press("Enter")
    expect(desk.locator(".active-chip")).to_contain_text("井盖")


def test_an_empty_queue_says_the_ways_out_and_nothing_jumped(desk: Page) -> None:
    desk.locator('[data-state-filter="rework"]').click()
    desk.locator('[data-urgency-filter="due_soon"]').click()
    expect(desk.locator(".queue-empty-text")).to_contain_text("0 件")
    expect(desk.locator(".queue-empty-last")).to_contain_text("最近结案")
    desk.keyboard.press("Escape")
    expect(desk.locator(".queue-empty")).to_be_hidden()
    assert desk.evaluate("window.shifted") < 0.05
