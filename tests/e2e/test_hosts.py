"""A screen asks its own server and nobody else, and nothing goes wrong in it."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from .conftest import LIVE, SIZES, Served, until

pytestmark = pytest.mark.e2e
WHOLE = "[...document.querySelectorAll('[data-panel][data-view]')].every(panel => panel.dataset.asOf)"
DRAWN = "[...document.querySelectorAll('.map')].every(map => !map.checkVisibility() || map.dataset.ready === 'true')"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("screen", SIZES)
def test_a_screen_asks_only_its_own_server(browser: Browser, city: Served, screen: str, language: str) -> None:
    width, height = SIZES[screen]
    page = browser.new_page(viewport={"width": width, "height": height})
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    page.on("console", lambda message: wrong.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda request: wrong.append(request.url))
    page.on("response", lambda answer: wrong.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    try:
        page.goto(f"{city.url}/{screen}?lang={language}")
        until(page, LIVE)
        until(page, WHOLE)
        until(page, DRAWN)
    finally:
        page.close()
    hosts = {urlsplit(url).netloc for url in asked if not url.startswith(("blob:", "data:"))}
    assert hosts == {f"127.0.0.1:{city.port}"}
    assert any(url.startswith("ws:") for url in asked)
    assert [one for one in wrong if "GPU stall due to ReadPixels" not in one] == []
