"""The phone in a hand: a task found, a report made, with a network and without; whatever breaks, it is stored once."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Geolocation, Page, Route, expect

from dashboard.commands import remote
from tests.e2e.conftest import LIVE, ROOT, until, wait

HERE: Geolocation = {"longitude": 114.9141, "latitude": 27.8179, "accuracy": 8}
GRID = "百花湖第1网格"
DAYS = "2"
READY = (
    "!!navigator.serviceWorker?.controller && document.querySelector('.me-offline .me-state')?.textContent === '已备好'"
)


@dataclass
class Standing:
    """A small city that stands still, in a process that can be killed and started anew."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """Where its screens are."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        said = self.folder / "said.txt"
        words = [sys.executable, "-m", "tests.e2e.frozen", str(self.folder / "var"), str(self.port), DAYS]
        with said.open("wb") as out:
            self.process = subprocess.Popen(words, stdout=out, stderr=out, cwd=ROOT)
        wait(lambda: "/pocket" in said.read_text("utf-8") or self.process.poll() is not None)  # type: ignore[union-attr]
        assert self.process.poll() is None, said.read_text("utf-8")

    def end(self, number: signal.Signals = signal.SIGKILL) -> None:
        """End it, at once."""
        assert self.process is not None
        self.process.send_signal(number)
        self.process.wait(timeout=30)

    def reports(self) -> dict[str, int]:
        """Count the events of every case that a phone opened, by its title."""
        asked = "select title, count(*) as n from log where source = 'pocket' group by title"
        with remote.found(self.folder / "var") as node:
            assert node is not None
            return {row["title"]: row["n"] for row in node.query(asked).to_pylist()}


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    standing = Standing(tmp_path_factory.mktemp("pocket"), port)
    standing.start()
    yield standing
    standing.end(signal.SIGTERM)


@pytest.fixture
def hand(browser: Browser) -> Iterator[BrowserContext]:
    held = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, permissions=["geolocation"], geolocation=HERE
    )
    yield held
    held.close()


def opened(hand: BrowserContext, city: Standing) -> Page:
    page = hand.new_page()
    page.goto(f"{city.url}/pocket")
    until(page, LIVE)
    return page


def written(page: Page, words: str) -> None:
    """Fill the form in, here, and press send."""
    page.locator('[data-tab="report"]').click()
    page.locator(".kinds .chip-plain").nth(1).click()
    expect(page.locator(".where-name")).not_to_be_empty()
    if page.locator(".where-name").inner_text() == "选择位置":
        page.locator(".where-card").click()
        page.locator(".way-button").first.click()
    expect(page.locator(".where-name")).to_contain_text(GRID)
    page.locator(".words-field textarea").fill(words)
    page.locator('[data-priority="high"]').click()
    page.locator(".report-send").click()


def receipt(page: Page, words: str) -> str:
    """Name what became of a report, as its row in the list says."""
    return page.locator(".mine-item", has_text=words).get_attribute("data-fate") or ""


def test_a_report_made_in_the_street_is_on_the_desk_at_once(hand: BrowserContext, city: Standing) -> None:
    page = opened(hand, city)
    page.locator(".area-button").click()
    for name in ("渝水区", "城南街道", "百花湖"):
        page.locator(".area-sheet[open] .pick-row", has_text=name).first.click()
    page.locator(".area-sheet[open] .area-use").click()
    expect(page.locator(".area-here")).to_contain_text("百花湖")
    written(page, "渣土堵住了后门")
    expect(page.locator(".toast")).to_contain_text(GRID)
    assert receipt(page, "渣土堵住了后门") == "sent"
    assert city.reports()["渣土堵住了后门"] == 1
    page.locator(".mine-item .mine-open").click()
    expect(page.locator(".one-title")).to_have_text("渣土堵住了后门")
    expect(page.locator('[data-fact="channel"]')).to_have_text("网格上报")
    page.locator(".one-back").click()

    case = page.locator(".mine-why").first.inner_text()
    desk = hand.new_page()
    desk.goto(f"{city.url}/desk")
    until(desk, f"window.citybrain?.screen?.stream.row('queue', {case!r})?.title === '渣土堵住了后门'")
    desk.close()

    page.reload()
    until(page, LIVE)
    expect(page.locator(".area-here")).to_contain_text("百花湖")
    page.locator('[data-tab="report"]').click()
    page.locator(".kinds .chip-plain").first.click()
    expect(page.locator(".where-name")).to_contain_text(GRID)
    expect(page.locator(".similar-count")).to_contain_text("60 m 内有 1 件")

    # a photo of what is being written outlives the page, until the draft is given up
    photo = {"name": "p.png", "mimeType": "image/png", "buffer": (ROOT / "assets/icons/pocket-192.png").read_bytes()}
    page.set_input_files(".files-field input[type=file]", photo)
    until(page, "document.querySelector('.files-field img')?.naturalWidth > 0")
    page.wait_for_timeout(300)
    for kept in (1, 0):
        page.reload()
        until(page, LIVE)
        page.locator('[data-tab="report"]').click()
        expect(page.locator(".files-field img")).to_have_count(kept)
        if kept:
            until(page, "document.querySelector('.files-field img').naturalWidth > 0")
            page.locator(".report-empty").click()
            expect(page.locator(".files-field img")).to_have_count(0)


def test_a_report_made_without_a_network_is_sent_once_later(hand: BrowserContext, city: Standing) -> None:
    page = opened(hand, city)
    until(page, READY)
    hand.set_offline(True)
    page.reload()
    expect(page.locator(".head-words h1")).to_have_text("我的任务")
    expect(page.locator(".task-empty-text")).to_contain_text("没有网络", timeout=15_000)
    assert page.locator(".task").count() == 0
    written(page, "断网时的井盖")
    expect(page.locator(".mine-item")).to_contain_text("待送")
    expect(page.locator(".tab-count")).to_have_text("1")
    page.reload()
    expect(page.locator('[data-panel="mine-chip"] .value')).to_have_text("1")
    assert "断网时的井盖" not in city.reports()
    hand.set_offline(False)
    wait(lambda: receipt(page, "断网时的井盖") == "sent", 30)
    page.evaluate("window.citybrain.screen.stream.reconnect()")
    until(page, LIVE)
    assert city.reports()["断网时的井盖"] == 1
    assert page.evaluate("window.citybrain.errors") == []


def test_a_report_is_sent_even_after_its_page_was_closed(hand: BrowserContext, city: Standing) -> None:
    hand.grant_permissions(["geolocation", "background-sync"])
    page = opened(hand, city)
    until(page, READY)
    watched = hand.new_cdp_session(page)
    seen: list[str] = []
    watched.on(
        "ServiceWorker.workerRegistrationUpdated", lambda told: seen.extend(map(worker_of, told["registrations"]))
    )
    watched.send("ServiceWorker.enable")
    hand.set_offline(True)
    written(page, "关了页面再送")
    wait(lambda: receipt(page, "关了页面再送") == "waiting" and seen)
    page.goto("about:blank")
    hand.set_offline(False)
    desk = hand.new_page()
    desk.goto(f"{city.url}/desk")
    session = hand.new_cdp_session(desk)
    session.send("ServiceWorker.enable")
    happens = {"origin": city.url, "registrationId": seen[-1], "tag": "citybrain.reports", "lastChance": False}
    session.send("ServiceWorker.dispatchSyncEvent", happens)
    wait(lambda: city.reports().get("关了页面再送") == 1, 30)


def worker_of(registration: dict[str, str]) -> str:
    return registration["registrationId"]


def test_a_server_that_dies_before_it_answers_stores_it_once(hand: BrowserContext, city: Standing) -> None:
    page = opened(hand, city)
    died: list[int] = []

    def dies(route: Route) -> None:
        answer = route.fetch()
        died.append(answer.status)
        city.end()
        route.abort()

    page.route(re.compile(r"/api/reports\?"), dies, times=1)
    written(page, "答复路上断了")
    wait(lambda: page.evaluate("true") and died == [200])
    wait(lambda: receipt(page, "答复路上断了") == "waiting")
    city.start()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    wait(lambda: receipt(page, "答复路上断了") == "sent", 30)
    assert city.reports()["答复路上断了"] == 1
