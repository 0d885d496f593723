"""Nothing serious or critical on any screen, in either language and light, by axe-core."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from .conftest import LIVE, SIZES, until

pytestmark = pytest.mark.e2e
AXE = (Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
GRAVE = ("serious", "critical")
SETTLE_MILLISECONDS = 1500
LOOKS = [("zh", "dark"), ("en", "light")]


def grave(page: Page) -> list[str]:
    """Ask axe-core; return what it finds grave, each with the first places."""
    page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate("axe.run().then(({violations}) => violations)")
    return [
        f"{one['id']} ({len(one['nodes'])}): {'; '.join(str(node['target'][-1]) for node in one['nodes'][:4])}"
        for one in found
        if one["impact"] in GRAVE
    ]


@pytest.mark.parametrize(("language", "light"), LOOKS)
@pytest.mark.parametrize("screen", SIZES)
def test_nothing_grave(browser: Browser, still: str, screen: str, language: str, light: str) -> None:
    width, height = SIZES[screen]
    page = browser.new_page(viewport={"width": width, "height": height})
    try:
        page.goto(f"{still}/{screen}?lang={language}&theme={light}")
        until(page, LIVE)
        page.wait_for_timeout(SETTLE_MILLISECONDS)
        assert grave(page) == []
        assert page.evaluate("window.citybrain.errors") == []
    finally:
        page.close()
