"""Pictures of every screen and state, from a city that stands still: ``python -m tests.e2e.screens [NAME …]``."""

from __future__ import annotations

import base64
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, WebSocketRoute, sync_playwright

from .conftest import CHROMIUM, FLAGS, LIVE, ROOT, frozen_city, until

TARGET = ROOT / "docs" / "screens"
SETTLE_MILLISECONDS = 4000
QUALITY = 88
DRAWN = "[...document.querySelectorAll('.map')].every(map => !map.checkVisibility() || map.dataset.ready === 'true')"


class Wire:
    """The socket between a screen and the city, which can be cut."""

    def __init__(self, page: Page) -> None:
        self._sockets: list[WebSocketRoute] = []
        self._cut = False
        page.route_web_socket("**/stream", self._open)

    def _open(self, socket: WebSocketRoute) -> None:
        if self._cut:
            socket.close()
        else:
            self._sockets.append(socket)
            socket.connect_to_server()

    def cut(self) -> None:
        """Let the network fail."""
        self._cut = True
        for socket in self._sockets:
            socket.close()


@dataclass(frozen=True)
class Picture:
    """One picture: its name, what is opened, how large, and what is done before it is taken."""

    name: str
    path: str
    width: int
    height: int
    act: Callable[[Page, Wire], None] = lambda _page, _wire: None


def open_case(page: Page, _wire: Wire) -> None:
    """Choose the most pressing case."""
    page.evaluate("""() => {
        const {stream, selection} = window.citybrain.screen;
        const rows = [...document.querySelectorAll('[data-case]')].map(row => row.dataset.case);
        selection.chooseCase(rows[0] ?? null);
    }""")


def dispatch_form(page: Page, wire: Wire) -> None:
    """Open a case that waits to be dispatched, and its form with what is suggested."""
    page.locator("[data-state-filter=filed]").click()
    page.wait_for_timeout(SETTLE_MILLISECONDS)
    open_case(page, wire)
    page.locator(".drawer [data-command=dispatch]").first.click()


def push(page: Page, _wire: Wire) -> None:
    """Look at what the wall would show."""
    page.keyboard.press("p")


def cut_off(page: Page, wire: Wire) -> None:
    """Let the network fail, and wait until the screen says so."""
    wire.cut()
    until(page, "['stale', 'dead'].includes(document.documentElement.dataset.freshness)")


def find_nothing(page: Page, _wire: Wire) -> None:
    """Search for what is not there."""
    page.keyboard.press("/")
    page.keyboard.type("no case is called so")


PICTURES = (
    Picture("wall", "wall", 3840, 1080),
    Picture("wall-16x9", "wall", 1920, 1080),
    Picture("wall-48x9", "wall", 5760, 1080),
    Picture("wall-4x3", "wall", 1600, 1200),
    Picture("wall-portrait", "wall", 1080, 1920),
    Picture("wall-grids", "wall?scene=grids", 3840, 1080),
    Picture("wall-safety-creation", "wall?scene=safety-creation", 3840, 1080),
    Picture("wall-stale", "wall", 3840, 1080, cut_off),
    Picture("desk", "desk", 1440, 900, open_case),
    Picture("desk-light", "desk?theme=light", 1440, 900, open_case),
    Picture("desk-dispatch", "desk", 1440, 900, dispatch_form),
    Picture("desk-push", "desk", 1440, 900, push),
    Picture("desk-exercise", "desk?exercise=1", 1440, 900),
    Picture("desk-summary", "desk", 1920, 1080),
    Picture("desk-empty", "desk", 1440, 900, find_nothing),
    Picture("desk-stale", "desk", 1440, 900, cut_off),
    Picture("tablet", "tablet", 1366, 1024),
    Picture("tablet-light", "tablet?theme=light", 1366, 1024),
    Picture("tablet-case", "tablet", 1366, 1024, open_case),
    Picture("tablet-portrait", "tablet", 1024, 1366),
    Picture("pocket", "pocket", 390, 844),
    Picture("pocket-case", "pocket", 390, 844, open_case),
    Picture("pocket-light", "pocket?theme=light", 390, 844),
    Picture("pocket-stale", "pocket", 390, 844, cut_off),
    Picture("analyst", "analyst", 1440, 900),
    Picture("analyst-dark", "analyst?theme=dark", 1440, 900),
    Picture("safety-creation", "themes/safety-creation", 1440, 900),
    Picture("safety-creation-light", "themes/safety-creation?theme=light", 1440, 900),
    Picture("grids", "themes/grids", 1440, 900),
    Picture("grids-light", "themes/grids?theme=light", 1440, 900),
    Picture("effect", "themes/effect", 1440, 900),
    Picture("effect-light", "themes/effect?theme=light", 1440, 900),
)


def main(names: list[str]) -> None:
    """Take all pictures, or those named, in both languages."""
    TARGET.mkdir(parents=True, exist_ok=True)
    chosen = [picture for picture in PICTURES if not names or picture.name in names]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright, frozen_city(Path(folder)) as url:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for picture in chosen:
            for language in ("zh", "en"):
                take(browser, url, picture, language)
        browser.close()


def take(browser: Browser, url: str, picture: Picture, language: str) -> None:
    """Take one picture once the screen is live and has settled."""
    page = browser.new_page(viewport={"width": picture.width, "height": picture.height})
    wire = Wire(page)
    page.goto(f"{url}/{picture.path}{'&' if '?' in picture.path else '?'}lang={language}")
    until(page, LIVE)
    until(page, DRAWN)
    page.wait_for_timeout(SETTLE_MILLISECONDS)
    until(page, LIVE)
    picture.act(page, wire)
    page.wait_for_timeout(SETTLE_MILLISECONDS // 2)
    session = page.context.new_cdp_session(page)
    taken = session.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    name = picture.name if language == "zh" else f"{picture.name}-en"
    (TARGET / f"{name}.webp").write_bytes(base64.b64decode(taken["data"]))
    page.close()


if __name__ == "__main__":
    main(sys.argv[1:])
