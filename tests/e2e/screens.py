"""Make the pictures of the readme from the demonstration: ``python -m tests.e2e.screens``."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from .conftest import CHROMIUM, FLAGS, LIVE, ROOT, SIZES, Served, serving, until

TARGET = ROOT / "docs" / "screens"
WHOLE = "[...document.querySelectorAll('[data-panel][data-view]')].every(panel => panel.dataset.asOf)"
DRAWN = "[...document.querySelectorAll('.map')].some(map => map.dataset.ready === 'true')"
SETTLE_MILLISECONDS = 4000


def main() -> None:
    """Run the demonstration once and take every screen in both languages."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with serving(["demo", "--city", "xinyu"], Path(folder), "xinyu") as city:
            for screen in SIZES:
                for language in ("zh", "en"):
                    take(browser, city, screen, language)
        browser.close()


def take(browser: Browser, city: Served, screen: str, language: str) -> None:
    """Take one screen at its own size; the desk and the phone show what they are for, the desk with a case."""
    width, height = SIZES[screen]
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(f"{city.url}/{screen}?lang={language}")
    for condition in (LIVE, WHOLE, DRAWN):
        until(page, condition)
    if screen == "desk":
        page.locator(".case-row").nth(2).click()
        page.locator(".timeline .step").first.wait_for()
    page.wait_for_timeout(SETTLE_MILLISECONDS)
    name = screen if language == "zh" else f"{screen}-en"
    page.screenshot(path=TARGET / f"{name}.png")
    page.close()


if __name__ == "__main__":
    main()
