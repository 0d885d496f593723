"""Real cities for the stories: a node with its screens in a process of its own, and real Chromium to look at it."""

from __future__ import annotations

import csv
import fcntl
import gzip
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, Error, Page, sync_playwright

from dashboard.commands import remote

ROOT = Path(__file__).parents[2]
CHROMIUM = "/usr/bin/chromium"
PLAIN = [
    "--no-sandbox", "--disable-gpu", "--disable-3d-apis",
    "--disable-background-networking", "--no-first-run", "--disable-component-update", "--disable-sync",
]  # fmt: skip
"""Maps are the plain ones, with the same words, colours and methods: WebGL in software takes most of a machine."""
FLAGS = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", PLAIN[0], *PLAIN[3:]]
SIZES = {
    "wall": (1920, 1080),
    "desk": (1440, 900),
    "tablet": (1366, 1024),
    "pocket": (390, 844),
    "analyst": (1440, 900),
    "themes/safety-creation": (1440, 900),
    "themes/grids": (1440, 900),
    "themes/effect": (1440, 900),
}
PATIENCE = 90.0
STILL_PATIENCE = 240.0
BOSTON = """\
pack: boston
demo: {import: [cases.csv], source: cases, replay_from: 2015-11-30T08:00:00, speed: 600}
"""
LIVE = "window.citybrain?.ready && document.documentElement.dataset.freshness === 'live'"

FIRST = "test_closed_loop.py"
"""The longest story, in a city of its own: one worker plays it while another makes the city that most others share."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Play the longest story first."""
    items.sort(key=lambda item: item.path.name != FIRST)


@dataclass
class Served:
    """A city served by a process of its own."""

    words: list[str]
    folder: Path
    pack: str
    port: int = 0
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """Where its screens are."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it says where it is; nothing is asked of it before."""
        said = self.folder / "said.txt"
        command = [sys.executable, "-m", "dashboard", *self.words]
        command += ["--data", str(self.folder / "var"), "--port", str(self.port)]
        with said.open("wb") as out:
            environment = os.environ | {"PYTHONUNBUFFERED": "1"}
            self.process = subprocess.Popen(command, stdout=out, stderr=out, cwd=ROOT, env=environment)
        wait(lambda: "/pocket" in said.read_text("utf-8") or self.process.poll() is not None)  # type: ignore[union-attr]
        told = said.read_text("utf-8")
        address = re.search(r"http://127\.0\.0\.1:(\d+)/pocket", told)
        assert address, f"it did not come up:\n{told}"
        self.port = int(address.group(1))

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the process."""
        assert self.process is not None
        self.process.send_signal(number)

    def stop(self) -> int:
        """End it, politely at first; return how it ended."""
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)
        self.process.terminate()
        try:
            return self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.kill()
            raise

    def kill(self) -> None:
        """End it at once."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(timeout=30)

    def query(self, sql: str) -> list[dict[str, Any]]:
        """Ask its marts through its admin door."""
        with remote.found(self.folder / "var" / self.pack) as node:
            assert node is not None, f"no node answers at {self.url}"
            return list(node.query(sql).to_pylist())


def wait(condition: Callable[[], object], seconds: float = PATIENCE) -> float:
    """Wait until something is so; return how long that took."""
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() - begun < seconds, f"not within {seconds} s"
        time.sleep(0.05)
    return time.monotonic() - begun


@contextmanager
def serving(words: list[str], folder: Path, pack: str) -> Iterator[Served]:
    """Serve a city for a while."""
    city = Served(words, folder, pack)
    try:
        city.start()
        yield city
    finally:
        if city.process is not None and city.process.poll() is None:
            city.stop()


def until(page: Page, condition: str, seconds: float = PATIENCE) -> float:
    """Wait until something is so on a page; return how long that took."""
    begun = time.monotonic()
    while not so(page, condition):
        assert time.monotonic() - begun < seconds, f"not within {seconds} s: {condition}"
        page.wait_for_timeout(50)
    return time.monotonic() - begun


def so(page: Page, condition: str) -> bool:
    """Tell whether something is so on a page; on one that loads anew, as for a new build, nothing is yet."""
    try:
        return bool(page.evaluate(condition))
    except Error as error:
        if "context was destroyed" in str(error):
            return False
        raise


@pytest.fixture(scope="package")
def chromium() -> Iterator[BrowserType]:
    """Chromium, not yet started; gone before other tests begin an event loop of their own."""
    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="package")
def browser(chromium: BrowserType) -> Iterator[Browser]:
    """Chromium without WebGL, once for all stories."""
    opened = chromium.launch(executable_path=CHROMIUM, args=PLAIN)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def painter(chromium: BrowserType) -> Iterator[Browser]:
    """Chromium with WebGL, for stories of the map itself."""
    opened = chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield opened
    opened.close()


@pytest.fixture(scope="package")
def recent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every third case Boston reported between 27 November and 4 December 2015, as the city published them.

    Never more than 383 of them are open at once: the queue holds 500, so it shows them all at any moment.
    """
    target = tmp_path_factory.mktemp("recent") / "cases.csv"
    shipped = ROOT / "pipelines/cities/boston/data/boston_311_2015.csv.gz"
    with gzip.open(shipped, "rt", encoding="utf-8", newline="") as source, target.open("w", newline="") as out:
        rows, kept = csv.reader(source), csv.writer(out)
        head = next(rows)
        opened = head.index("OPEN_DT")
        kept.writerow(head)
        week = (row for row in rows if "11/27" <= row[opened][:5] <= "12/04")
        kept.writerows(islice(week, 0, None, 3))
    return target


@pytest.fixture
def boston_folder(tmp_path: Path, recent: Path) -> Path:
    """A folder with a configuration that plays these cases at 600 times their pace."""
    return boston_in(tmp_path, recent)


def boston_in(folder: Path, recent: Path) -> Path:
    """Put cases and configuration into a folder."""
    (folder / "cases.csv").hardlink_to(recent)
    (folder / "config.yaml").write_text(BOSTON, encoding="utf-8")
    return folder


def boston(folder: Path, command: str = "demo") -> list[str]:
    """The words that show Boston from such a folder."""
    return [command, "--config", str(folder / "config.yaml")]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, recent: Path) -> Iterator[Served]:
    """Boston, alive, for all of a file who only look: at its pace it keeps a core busy."""
    folder = boston_in(tmp_path_factory.mktemp("boston"), recent)
    with serving(boston(folder), folder, "boston") as served:
        yield served


@pytest.fixture(scope="session")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a city that stands still: see `tests.e2e.frozen`."""
    folder = tmp_path_factory.mktemp("still")
    if "PYTEST_XDIST_WORKER" in os.environ:
        shutil.copytree(made_once(tmp_path_factory.getbasetemp().parent / "made"), folder / "var")
    with frozen_city(folder) as url:
        yield url


def made_once(folder: Path) -> Path:
    """Make the city's ninety days in a folder that all workers share; whoever comes second waits."""
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "made").exists():
            with frozen_city(folder):
                (folder / "made").touch()
    return folder / "var"


@pytest.fixture
def ask_still(still: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[dict[str, Any]]]:
    """Ask the city that stands still anything, by its admin door."""
    assert still
    (folder,) = tmp_path_factory.getbasetemp().glob("still[0-9]*/var")

    def answered(sql: str) -> list[dict[str, Any]]:
        with remote.found(folder) as node:
            assert node is not None
            return list(node.query(sql).to_pylist())

    return answered


@contextmanager
def frozen_city(folder: Path) -> Iterator[str]:
    """Serve a city that stands still from a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    said = folder / "said.txt"
    with said.open("wb") as out:
        words = [sys.executable, "-m", "tests.e2e.frozen", str(folder / "var"), str(port)]
        process = subprocess.Popen(words, stdout=out, stderr=out, cwd=ROOT)
    try:
        wait(lambda: "/pocket" in said.read_text("utf-8") or process.poll() is not None, STILL_PATIENCE)
        assert process.poll() is None, f"it did not come up:\n{said.read_text('utf-8')}"
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextmanager
def screens(browser: Browser, city: Served, *paths: str) -> Iterator[list[Page]]:
    """Open screens of a city at their own size, all at once, and wait until they are live."""
    pages = []
    for path in paths:
        width, height = SIZES[path.split("?")[0]]
        pages.append(browser.new_page(viewport={"width": width, "height": height}))
    try:
        for page, path in zip(pages, paths, strict=True):
            page.goto(f"{city.url}/{path}", wait_until="commit")
        for page in pages:
            until(page, LIVE)
        yield pages
    finally:
        for page in pages:
            page.close()
