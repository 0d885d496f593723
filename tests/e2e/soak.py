"""Do screens stay slim? ``python -m tests.e2e.soak [MINUTES]``: memory, nodes and listeners under live traffic."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import CDPSession, sync_playwright

from .conftest import CHROMIUM, FLAGS, LIVE, ROOT, SIZES, serving, until

EVERY_SECONDS = 30.0
MEGABYTE = 1_048_576
TARGET = ROOT / "docs" / "SOAK.md"


@dataclass(frozen=True)
class Reading:
    """What one screen holds after a garbage collection."""

    minute: float
    heap: float
    nodes: float
    listeners: float


def read(session: CDPSession, begun: float) -> Reading:
    """Collect garbage, then count."""
    session.send("HeapProfiler.collectGarbage")
    counted = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    minute = (time.monotonic() - begun) / 60
    return Reading(minute, counted["JSHeapUsedSize"] / MEGABYTE, counted["Nodes"], counted["JSEventListeners"])


def slope(pairs: list[tuple[float, float]]) -> float:
    """Return the rise an hour of the least-squares line through (minute, value) pairs."""
    x = sum(pair[0] for pair in pairs) / len(pairs)
    y = sum(pair[1] for pair in pairs) / len(pairs)
    spread = sum((pair[0] - x) ** 2 for pair in pairs)
    return 60 * sum((pair[0] - x) * (pair[1] - y) for pair in pairs) / spread if spread else 0.0


def rows(readings: dict[str, list[Reading]]) -> Iterator[str]:
    """Write a line a screen; the first tenth, in which a page fills, is left out of the slope."""
    for screen, taken in readings.items():
        kept = taken[max(1, len(taken) // 10) :]
        rise = {name: slope([(r.minute, getattr(r, name)) for r in kept]) for name in ("heap", "nodes", "listeners")}
        first, last = kept[0], kept[-1]
        yield (
            f"| `/{screen}` | {first.heap:.1f} → {last.heap:.1f} | {rise['heap']:+.2f} "
            f"| {first.nodes:.0f} → {last.nodes:.0f} | {rise['nodes']:+.0f} "
            f"| {first.listeners:.0f} → {last.listeners:.0f} | {rise['listeners']:+.0f} |"
        )


def main(minutes: float = 30) -> None:
    """Open every screen on one living city, each in a process of its own, and write what they hold."""
    readings: dict[str, list[Reading]] = {screen: [] for screen in SIZES}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright, ExitStack() as stack:
        city = stack.enter_context(serving(["demo", "--city", "xinyu"], Path(folder), "xinyu"))
        sessions = {}
        for screen, (width, height) in SIZES.items():
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(f"{city.url}/{screen}")
            until(page, LIVE)
            sessions[screen] = page.context.new_cdp_session(page)
            sessions[screen].send("Performance.enable")
        begun = time.monotonic()
        while time.monotonic() - begun < 60 * minutes:
            for screen, session in sessions.items():
                readings[screen].append(read(session, begun))
            time.sleep(EVERY_SECONDS)
    TARGET.write_text(PAGE.format(minutes=minutes, rows="\n".join(rows(readings))), encoding="utf-8")


PAGE = """# Screens under live traffic

Written by `python -m tests.e2e.soak`: every screen open for {minutes:.0f} minutes on the demonstration at 60 times
life's pace; memory after a garbage collection every 30 s; slopes are those of the least-squares line without the first
tenth.

| screen | heap MB | MB an hour | DOM nodes | an hour | listeners | an hour |
|---|---|---|---|---|---|---|
{rows}
"""

if __name__ == "__main__":
    main(*(float(word) for word in sys.argv[1:]))
