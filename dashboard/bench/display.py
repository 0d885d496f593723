"""A display of a bench: one page in a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipelines.errors import CitybrainError

if TYPE_CHECKING:
    from playwright.sync_api import Page

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox --use-gl=angle --use-angle=swiftshader --enable-unsafe-swiftshader --disable-background-networking "
    "--no-first-run --disable-component-update --disable-sync"
)
PATIENCE = 90_000


@contextmanager
def shown(url: str, ready: str, note: str = "") -> Iterator[Page]:
    """Show a page, once ``ready`` is true on it; raise `CitybrainError` where there is no browser."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise CitybrainError("this bench needs playwright, of the group dev: make test installs it") from error
    binary = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if binary is None:
        raise CitybrainError("this bench needs Chromium: make needs gets it, or says how")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=binary, args=FLAGS.split())
        page = browser.new_page(viewport={"width": 1920, "height": 1080}, bypass_csp=True)
        page.add_init_script(note)
        page.goto(url)
        page.wait_for_function(ready, timeout=PATIENCE)
        yield page
        browser.close()
