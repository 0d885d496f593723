"""A number on the desk shows its passport; the wall, which nobody can touch, offers nothing to press."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from .conftest import Served, screens, wait

pytestmark = pytest.mark.e2e
METRIC = '[data-metric="on_time_closure_rate"]'


def test_a_number_shows_what_it_counted(browser: Browser, city: Served) -> None:
    with screens(browser, city, "desk?lang=en") as (desk,):
        dialog = desk.locator("dialog.passport")
        expect(desk.locator(f"{METRIC} .value").first).to_have_text(re.compile(r"\d"), timeout=30_000)

        def agrees() -> bool:
            """The city goes on at 600 times its pace: number and passport are read until both are of one moment."""
            desk.click(f"{METRIC} .passport-open")
            expect(dialog.locator(".passport-title")).to_have_text("On-time closure rate")
            numerator, denominator = (
                int(dialog.locator(f"dt:text-is('{part}') + dd").inner_text().replace(",", ""))
                for part in ("numerator", "denominator")
            )
            shown = float(desk.locator(f"{METRIC} .value").inner_text())
            desk.keyboard.press("Escape")
            expect(dialog).to_have_count(0)
            return abs(100 * numerator / denominator - shown) < 1

        wait(agrees)


def test_the_wall_offers_nothing_to_press(browser: Browser, city: Served) -> None:
    with screens(browser, city, "wall") as (wall,):
        assert wall.locator("button:visible, a:visible").count() == 0
