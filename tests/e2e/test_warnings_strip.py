"""A warning comes in by its door and stands on every screen within a second; its cancel takes it away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.cap.samples import SENDER, alert, info

from .conftest import SIZES, Served, boston, boston_in, serving, until
from .test_axe import AXE

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]
SENT = "2015-11-27T00:00:00-05:00"
OPENED = "window.citybrain?.ready"
SHOWN = "!document.querySelector('.warnings').hidden"
POST = """(document) => fetch('/api/v1/warnings', {
    method: 'POST', headers: {'citybrain-request': '1', 'content-type': 'application/cap+xml'}, body: document,
}).then((answer) => answer.json())"""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, recent: Path) -> Iterator[Served]:
    """Boston, where nobody signs in."""
    folder = boston_in(tmp_path_factory.mktemp("warned"), recent)
    with serving(boston(folder), folder, "boston") as served:
        yield served


def _warning(identifier: str, severity: str, words: str) -> str:
    whole = "<polygon>40,-75 40,-65 45,-65 45,-75 40,-75</polygon>"
    said = {"severity": severity, "expires": "2026-01-01T00:00:00Z"}
    both = info("en-US", whole, headline=words, **said), info("zh-CN", whole, headline="预警", **said)
    return alert(identifier, *both, sent=SENT).decode()


def _opened(browser: Browser, city: Served, screen: str) -> Page:
    width, height = SIZES[screen]
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(f"{city.url}/{screen}?lang=en")
    until(page, OPENED)
    return page


def test_a_warning_on_every_screen(browser: Browser, city: Served) -> None:
    pages = {screen: _opened(browser, city, screen) for screen in ("desk", "tablet", "pocket", "wall")}
    desk = pages["desk"]
    for page in pages.values():
        assert page.evaluate("document.querySelector('.warnings').hidden")
    words = "Blizzard warning for the whole city"
    assert desk.evaluate(POST, _warning("W1", "Extreme", words))["stored"] > 0
    assert desk.evaluate(POST, _warning("W2", "Minor", "Frost"))["stored"] > 0
    for screen, page in pages.items():
        until(page, SHOWN)
        until(page, f"document.querySelectorAll('.warning').length === {2 if screen in ('desk', 'tablet') else 1}")
        told = page.text_content(".warning") or ""
        assert words in told, screen
        assert "◆" in told
        assert page.evaluate("window.citybrain.errors") == []
    for screen in ("desk", "pocket"):
        pages[screen].evaluate(AXE)
        assert pages[screen].evaluate("axe.run('.warnings').then(({violations}) => violations.map(({id}) => id))") == []
    pages["pocket"].click(".warning-more")
    assert pages["pocket"].locator(".warning").count() == 2
    gone = " ".join(f"{SENDER},{name},{SENT}" for name in ("W1", "W2"))
    desk.evaluate(POST, alert("C1", msgType="Cancel", references=gone, sent=SENT).decode())
    for page in pages.values():
        until(page, "document.querySelector('.warnings').hidden")
        page.close()
