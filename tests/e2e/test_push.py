"""A scene goes to the wall and comes back: by hand, by itself, under another's lock."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import LIVE, SIZES, until

ROOM = "window.citybrain.screen.room"
SCENE = f"{ROOM}.state?.scene"


@pytest.fixture(scope="module")
def room(still: str, browser: Browser) -> Iterator[tuple[Page, Page, Page]]:
    """A wall and two desks in one room."""
    contexts, pages = [], []
    for name in ("wall", "desk", "desk"):
        width, height = SIZES[name]
        contexts.append(browser.new_context(viewport={"width": width, "height": height}))
        page = contexts[-1].new_page()
        page.goto(f"{still}/{name}?map=svg", wait_until="commit")
        pages.append(page)
    for page in pages:
        until(page, LIVE)
        until(page, f"{ROOM}.me && {ROOM}.state")
    wall, desk, other = pages
    yield wall, desk, other
    desk.evaluate(f"{ROOM}.act('unlock').catch(() => 0).then(() => {ROOM}.act('recall')).catch(() => 0)")
    for context in contexts:
        context.close()


def push(desk: Page) -> None:
    desk.keyboard.press("p")
    expect(desk.locator(".room-layer[data-kind=push]")).to_be_visible()


def test_a_push_and_all_its_ways_back(room: tuple[Page, Page, Page]) -> None:
    wall, desk, other = room
    before = wall.evaluate(SCENE)
    desk.locator(".case-row").first.click()
    expect(desk.locator(".drawer .case-clock")).to_contain_text(":", timeout=20_000)
    case = desk.evaluate("window.citybrain.screen.selection.case")
    # the preview is the case; the wall changes only after Enter
    push(desk)
    expect(desk.locator(".mini-after")).to_have_attribute("data-page", "focus")
    expect(desk.locator(".mini-after .mini-steps li")).to_have_count(6)
    assert wall.evaluate(SCENE) == before
    desk.keyboard.press("Enter")
    expect(desk.locator(".room-layer")).to_have_count(0)
    # undo within five seconds
    desk.locator(".room-notice .button-plain").first.dispatch_event("click")
    until(desk, f"!{ROOM}.state.push && {ROOM}.seq > 1", 10)
    until(wall, f"({SCENE}?.case ?? null) === null", 10)
    # pushed again, and recalled by the same key
    push(desk)
    desk.keyboard.press("Enter")
    until(wall, f"{SCENE}?.case === {case!r}", 10)
    expect(desk.locator(".push-open")).to_have_attribute("data-deed", "recall")
    desk.keyboard.press("p")
    until(wall, f"({SCENE}?.case ?? null) === null", 10)
    # another's push wins; the first is told by whom, and may take it back
    desk.evaluate(f"{ROOM}.act('push', {{page: 'focus', case: {case!r}, minutes: null}})")
    until(other, f"{ROOM}.state.push", 10)
    other.evaluate(f"{ROOM}.act('push', {{page: 'overview', case: null, minutes: null}})")
    told = desk.locator(".room-notice", has=desk.locator(".button-plain")).last
    expect(told).to_be_visible()
    told.locator(".button-plain").dispatch_event("click")
    until(wall, f"{SCENE}?.case === {case!r}", 10)
    # goes back by itself
    desk.evaluate(f"{ROOM}.act('push', {{page: 'grids', case: null, minutes: 0.02}})")
    until(wall, f"{SCENE}?.page === 'grids'", 10)
    until(wall, f"{SCENE}?.page !== 'grids' && !{ROOM}.state.push", 10)


def test_a_presenter_is_asked_and_hands_over(room: tuple[Page, Page, Page]) -> None:
    wall, desk, other = room
    desk.evaluate(f"{ROOM}.act('lock')")
    expect(other.locator(".push-open")).to_have_attribute("data-deed", "ask")
    refusal = other.evaluate(f"{ROOM}.act('push', {{page: 'grids'}}).catch((error) => error.code)")
    assert refusal == "locked"
    other.keyboard.press("p")
    wish = desk.locator(".room-presenter[data-asking]")
    expect(wish).to_be_visible()
    wish.locator(".button-main").dispatch_event("click")
    until(other, f"{ROOM}.presents", 10)
    expect(desk.locator(".push-open")).to_have_attribute("data-deed", "ask")
    other.evaluate(f"{ROOM}.act('push', {{page: 'grids', case: null, minutes: null}})")
    until(wall, f"{SCENE}?.page === 'grids'", 10)
    other.evaluate(f"{ROOM}.act('recall').then(() => {ROOM}.act('unlock'))")
    expect(desk.locator(".push-open")).to_have_attribute("data-deed", "push")
