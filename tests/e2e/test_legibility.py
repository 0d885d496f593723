"""The legibility gate: no wall layout goes below what its viewers can read."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from pipelines.config.wall import Wall, scenes, shipped

from . import legibility
from .legibility import Site

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]
SIZES = {
    "wide": (3840, 1080), "standard": (1920, 1080), "panorama": (5760, 1080), "classic": (1440, 1080),
    "portrait": (1080, 1920),
}  # fmt: skip
IN_BOTH_LANGUAGES = ("wide", "standard")
SITE = Site(Wall().viewing.distance_m, Wall().viewing.pitch_mm)
SHOWN = """(() => {
    const seen = [...document.querySelectorAll('[data-panel]')].filter(panel => panel.checkVisibility());
    return document.documentElement.dataset.freshness === 'live' && document.fonts.status === 'loaded'
        && seen.every(panel => panel.dataset.state !== 'loading')
        && !document.querySelector('.near-map:not([hidden]) .near-canvas:empty')?.checkVisibility()
        && seen.every(panel => !panel.matches('.map') || panel.dataset.ready === 'true');
})()"""
GO = """scene => {
    const url = new URL(location.href);
    url.searchParams.set('scene', scene);
    history.replaceState(null, '', url);
    dispatchEvent(new Event('resize'));
}"""
SETTLE_MILLISECONDS = 600


@contextmanager
def wall(browser: Browser, url: str, query: str) -> Iterator[Page]:
    """Open one wall that takes part in no room, so that nobody else's scene comes between."""
    page = browser.new_page(viewport={"width": 3840, "height": 1080})
    page.goto(f"{url}/wall{query}", wait_until="commit")
    yield page
    page.close()


def look(page: Page, scene: str, shape: str) -> dict[str, Any]:
    width, height = SIZES[shape]
    page.set_viewport_size({"width": width, "height": height})
    until(page, "window.citybrain?.ready")
    page.evaluate(GO, scene)
    until(page, SHOWN)
    page.wait_for_timeout(SETTLE_MILLISECONDS)
    found = legibility.measured(page)
    assert (found["layout"], page.locator("#screen").get_attribute("data-scene")) == (shape, scene)
    return found


def until(page: Page, condition: str) -> None:
    deadline = time.monotonic() + 150
    while not page.evaluate(condition):
        assert time.monotonic() < deadline, condition
        page.wait_for_timeout(50)


LOOKS = {
    "zh": ("?room=none&lang=zh", [(scene, shape) for scene in scenes() for shape in SIZES]),
    "en": ("?room=none&lang=en", [(scene, shape) for scene in scenes() for shape in IN_BOTH_LANGUAGES]),
    "light": ("?room=none&lang=zh&theme=light", [(scene, "wide") for scene in ("overview", "focus")]),
}


def test_every_text_of_every_layout_can_be_read(browser: Browser, still: str) -> None:
    assert set(SIZES) == set(shipped())
    rows, wrong, eyes = [], [], {}
    for name, (query, wanted) in LOOKS.items():
        with wall(browser, still, query) as page:
            for scene, shape in wanted:
                found = look(page, scene, shape)
                assert len(found["texts"]) > 10, f"{shape}, {scene}, {name}: hardly a text is shown"
                wrong += [f"{shape}, {scene}, {name}: {fault}" for fault in legibility.faults(found, SITE)]
                rows.append(legibility.row(found, scene, name, SITE))
                eyes["light" if name == "light" else "dark"] = legibility.signals(found)
    told = legibility.page_of(rows, eyes)
    if os.environ.get("LEGIBILITY") == "write":
        legibility.PAGE.write_text(told, encoding="utf-8")
    assert wrong == []
    assert legibility.PAGE.read_text(encoding="utf-8") == told, (
        "stale: LEGIBILITY=write pytest tests/e2e/test_legibility.py"
    )
