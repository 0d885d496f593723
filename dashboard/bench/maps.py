"""How smoothly the map moves with all areas of a city and ten thousand points; what opening maps leaves behind."""

from __future__ import annotations

import os
from importlib import resources
from time import sleep
from typing import TYPE_CHECKING, Any

from . import scratch
from .child import Child
from .display import shown
from .figure import Figure, Outcome, Size, percentile

if TYPE_CHECKING:
    from playwright.sync_api import Page

READY = "document.querySelector('.map[data-ready]') && window.citybrain.areaMap"
SETTLE = 3.0
MEGABYTE = 1 << 20
WARM = 3


def run(size: Size) -> Outcome:
    """Pan a wall's map: without anything on it, with all marks, with crowds gathered; then open and close maps."""
    points, milliseconds, times = size.pick(10_000, 500), size.pick(6_000, 500), size.pick(20, 2)
    with scratch.folder() as folder, Child("city_server", str(folder), "still") as city:
        script = resources.files(__package__).joinpath("maps.js").read_text(encoding="utf-8")
        with shown(f"http://127.0.0.1:{city.ready['port']}/wall", READY, script) as page:
            areas = page.evaluate("count => benchMap.fill(count)", points)
            bare = _pan(page, "benchMap.bare(true)", milliseconds)
            scattered = _pan(page, "benchMap.bare(false)", milliseconds)
            recoloured = [page.evaluate("benchMap.recolour()") for _ in range(times)]
            gathered = _pan(page, "citybrain.areaMap.canvas.crowd(true)", milliseconds)
            page.evaluate("benchMap.fill(0)")
            left = _left(page, times)
    detail = {"points": points, "areas": areas, "frames": [len(p["frames"]) for p in (bare, scattered, gathered)]}
    return Outcome(
        [
            *_figures("an empty map", bare),
            *_figures("areas and points", scattered, aim=34),
            *_figures("areas and crowds", gathered, aim=34),
            Figure("all areas coloured anew, p95", percentile(recoloured, 0.95), "ms", aim=50),
            Figure("JavaScript heap left by one map opened and closed", left, "MB", aim=0.2),
        ],
        detail | {"load": os.getloadavg()},
    )


def _pan(page: Page, change: str, milliseconds: int) -> dict[str, list[float]]:
    page.evaluate(change)
    sleep(SETTLE)
    panned: dict[str, list[float]] = page.evaluate("span => benchMap.pan(span)", milliseconds)
    return panned


def _figures(what: str, panned: dict[str, list[float]], aim: float | None = None) -> list[Figure]:
    """Return frame times, which the machine's painting takes part in, and what of them the page itself takes."""
    frames, work = panned["frames"], panned["work"]
    return [
        Figure(f"{what}: frame while panning, p50", percentile(frames, 0.5), "ms"),
        Figure(f"{what}: frame while panning, p95", percentile(frames, 0.95), "ms", aim=aim),
        Figure(f"{what}: work of the page a frame, p50", percentile(work, 0.5), "ms"),
    ]


def _left(page: Page, times: int) -> float:
    """Return the megabytes that one more map leaves, once some were opened."""
    page.evaluate("times => benchMap.reopen(times)", WARM)
    before = _heap(page)
    page.evaluate("times => benchMap.reopen(times)", times)
    return (_heap(page) - before) / times / MEGABYTE


def _heap(page: Page) -> float:
    session = page.context.new_cdp_session(page)
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
    used: dict[str, Any] = session.send("Runtime.getHeapUsage")
    session.detach()
    return float(used["usedSize"])
