"""The first thing anybody asks of a fresh server is a screen; it must be whole."""

from __future__ import annotations

import re
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser, expect

from .conftest import ROOT, SIZES, boston, screens, serving

pytestmark = pytest.mark.e2e
LINKED = re.compile(r'(?:href|src)="(/[^"]+\.(?:css|js)[^"]*)"')
OK = 200


def test_the_very_first_request_gets_a_complete_page(boston_folder: Path) -> None:
    with serving(boston(boston_folder), boston_folder, "boston") as city, httpx2.Client(trust_env=False) as client:
        answer = client.get(f"{city.url}/wall")
        assert answer.status_code == OK
        linked = LINKED.findall(answer.text)
        answers = {path: client.get(city.url + path).status_code for path in linked}
        assert set(answers.values()) == {OK}
        (styles,) = (path for path in linked if path.endswith("/styles.css"))
        drawn = client.get(city.url + styles).text
        assert all(file.read_text("utf-8") in drawn for file in (ROOT / "assets/css").glob("*.css"))
        assert any("dash_renderer" in path for path in linked)
        assert "今日上报" in answer.text


def test_the_first_page_in_a_browser_shows_numbers(browser: Browser, boston_folder: Path) -> None:
    with serving(boston(boston_folder), boston_folder, "boston") as city, screens(browser, city, "wall") as (wall,):
        expect(wall.locator('[data-metric="open_cases"] .value')).to_have_text(re.compile(r"^[\d,]+$"))
        assert wall.evaluate("[innerWidth, innerHeight]") == list(SIZES["wall"])
        assert wall.evaluate("window.citybrain.errors") == []
