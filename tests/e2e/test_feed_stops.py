"""When the data stop, every screen says so within 5 s; when they come back, it goes on by itself."""

from __future__ import annotations

import csv
import signal
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx2
import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.commands import remote

from .conftest import LIVE, PATIENCE, Served, boston, boston_in, screens, serving, until

pytestmark = pytest.mark.e2e
SCREENS = ("wall", "desk", "pocket")
WITHIN = 5.0
SPEED = 600.0
ZONE = ZoneInfo("America/New_York")
# the moment, to the millisecond, in which the banner appears, and how old the data are then
NOTE = """() => {
    window.said = null;
    const banner = document.querySelector('.banner');
    new MutationObserver(() => {
        const {clock, freshness} = window.citybrain.screen;
        if (banner.hidden || window.said) return;
        window.said = {at: Date.now() / 1000, age: (clock.now() - Date.parse(freshness.dataAt)) / 1000 / clock.speed};
    }).observe(banner, {attributes: true, attributeFilter: ['hidden']});
}"""
POSITION = "window.citybrain.screen.freshness.tick.position"
AS_OF = "document.querySelector('[data-view=areas]')?.dataset.asOf"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, recent: Path) -> Path:
    return boston_in(tmp_path_factory.mktemp("stops"), recent)


@pytest.fixture(scope="module")
def replayed(folder: Path) -> Iterator[Served]:
    with serving(boston(folder), folder, "boston") as served:
        yield served


def said(pages: list[Page]) -> list[dict[str, float]]:
    """Wait until every screen says that its data stopped, and when; return when each said it."""
    for page in pages:
        until(page, "window.said")
        last = page.evaluate("window.citybrain.screen.freshness.dataAt")
        local = datetime.fromisoformat(last).astimezone(ZONE)
        expect(page.locator(".banner-what")).to_have_text(f"数据停在 {local:%H:%M:%S}")
    return [page.evaluate("window.said") for page in pages]


def moves_on(pages: list[Page]) -> None:
    """Wait until every screen is live again and shows newer data."""
    for page in pages:
        until(page, LIVE)
        expect(page.locator(".banner")).to_be_hidden()
        until(page, AS_OF)
        as_of = page.evaluate(AS_OF)
        until(page, f"{AS_OF} > {as_of!r}")


def test_a_server_that_hangs_is_noticed_and_found_again(browser: Browser, replayed: Served) -> None:
    with screens(browser, replayed, *SCREENS) as pages:
        for page in pages:
            page.evaluate(NOTE)
        begun = time.time()
        replayed.signal(signal.SIGSTOP)
        took = [one["at"] - begun for one in said(pages)]
        replayed.signal(signal.SIGCONT)
        moves_on(pages)
        assert max(took) <= WITHIN, took


def test_a_killed_server_is_noticed_and_found_again_with_all_it_showed(browser: Browser, replayed: Served) -> None:
    with screens(browser, replayed, *SCREENS) as pages:
        for page in pages:
            page.evaluate(NOTE)
        begun = time.time()
        replayed.kill()
        took = [one["at"] - begun for one in said(pages)]
        shown = [page.evaluate(POSITION) for page in pages]
        replayed.start()
        assert replayed.query("select count(distinct id) as n from log")[0]["n"] >= max(shown)
        moves_on(pages)
        assert replayed.query("select count(*) - count(distinct id) as n from log")[0]["n"] == 0
        assert max(took) <= WITHIN, took


def test_a_feed_that_falls_silent_is_noticed_while_the_server_lives(
    browser: Browser, tmp_path: Path, recent: Path
) -> None:
    with (
        serving(boston(boston_in(tmp_path, recent), "serve"), tmp_path, "boston") as served,
        screens(browser, served, *SCREENS) as pages,
        remote.found(tmp_path / "var" / "boston") as node,
    ):
        assert node is not None
        for page in pages:
            page.evaluate(NOTE)
        node.replay([hours(recent, tmp_path, "09", "11")], "cases", SPEED)
        ages = [one["age"] for one in said(pages)]
        assert node.status()["feed"]["state"] == "stopped"
        assert httpx2.get(f"{served.url}/health", trust_env=False).text == "ok"
        for page in pages:
            expect(page.locator(".banner-doing")).to_have_text("数据源停供")
        assert max(ages) <= WITHIN, ages
        node.replay([hours(recent, tmp_path, "13", "16")], "cases", SPEED)
        for page in pages:
            expect(page.locator(".banner")).to_be_hidden(timeout=PATIENCE * 1000)


def hours(recent: Path, folder: Path, begin: str, end: str) -> Path:
    """Write down the cases that were reported and closed between two hours of the 30th, so that the play ends soon."""
    target = folder / f"from_{begin}.csv"
    with recent.open(encoding="utf-8", newline="") as source, target.open("w", encoding="utf-8", newline="") as out:
        rows, kept = csv.DictReader(source), csv.writer(out)
        kept.writerow(rows.fieldnames or [])
        for row in rows:
            moments = [row["OPEN_DT"], row["CLOSED_DT"]]
            if all(moment and f"11/30 {begin}" <= clock(moment) < f"11/30 {end}" for moment in moments):
                kept.writerow(row.values())
    return target


def clock(written: str) -> str:
    """Read a moment as Boston writes it: month, day and hour of the day."""
    return datetime.strptime(written, "%m/%d/%Y %I:%M:%S %p").strftime("%m/%d %H:%M")  # noqa: DTZ007
