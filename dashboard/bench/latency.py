"""How long an acknowledged event takes until it is painted: one wall in real Chromium, fifty desks beside it."""

from __future__ import annotations

import os
from bisect import bisect_left
from time import sleep
from typing import Any

from . import scratch
from .child import Child
from .crowd import VIEWS
from .display import shown
from .figure import Figure, Outcome, Size, percentile

DESK_VIEWS = ("queue", "areas", "case_points", "funnel")
CASES_A_BATCH = 1
EVERY = 7 / 200
SETTLE = 4.0
# every panel that moves with a report: all of them are painted when the slowest is
TOLD = ("headline", "areas", "case_points", "ticker")
NOTE = """
window.benchPaints = [];
window.addEventListener("citybrain:painted", ({detail}) =>
  window.benchPaints.push([detail.view, detail.seq, Date.now()]));
"""
READY = "window.citybrain && window.citybrain.ready && window.citybrain.painted.ticker"
Paint = tuple[int, float]


def run(size: Size) -> Outcome:
    """Let two hundred events a second flow; compare when each was acknowledged and when the wall showed it."""
    desks, seconds = size.pick(50, 2), size.pick(20, 3)
    with scratch.folder() as folder, Child("city_server", str(folder)) as city, Child("crowd") as crowd:
        port, area = city.ready["port"], city.ready["area"]
        with shown(f"http://127.0.0.1:{port}/wall", READY, NOTE) as page:
            crowd.ask("join", url=f"ws://127.0.0.1:{port}/stream", displays=desks, area=area, views=DESK_VIEWS)
            sleep(SETTLE)
            _flow(city, size.pick(5, 1))
            city.ask("heard")
            _flow(city, seconds)
            heard, paints = city.ask("heard"), page.evaluate("window.benchPaints")
    painted = {view: _shown(view, heard["published"], paints) for view in VIEWS}
    ticker = _waits(heard["acknowledged"], [painted["ticker"]])
    whole = _waits(heard["acknowledged"], [painted[view] for view in TOLD])
    return Outcome(
        [
            Figure("acknowledged to painted, p50", percentile(ticker, 0.5), "ms", aim=60),
            Figure("acknowledged to painted, p99", percentile(ticker, 0.99), "ms", aim=250),
            Figure("acknowledged to painted in every panel, p50", percentile(whole, 0.5), "ms"),
            Figure("acknowledged to painted in every panel, p99", percentile(whole, 0.99), "ms"),
            Figure("rate", 7 * len(heard["acknowledged"]) / seconds, "events/s"),
        ],
        {
            "desks": desks, "seconds": seconds, "batches": len(heard["acknowledged"]), "painted": len(ticker),
            "frames": {view: len(frames) for view, frames in painted.items()}, "load": os.getloadavg(),
        },
    )  # fmt: skip


def _flow(city: Child, seconds: int) -> None:
    city.ask("feed", cases=CASES_A_BATCH, every=EVERY, seconds=seconds)
    city.ask("fed")
    sleep(1.5)


def _shown(view: str, published: list[list[Any]], paints: list[list[Any]]) -> list[Paint]:
    """Return which log position was painted when, in order."""
    positions = {seq: position for name, seq, position in published if name == view}
    return sorted((positions[seq], at) for name, seq, at in paints if name == view and seq in positions)


def _waits(acknowledged: list[list[float]], shown: list[list[Paint]]) -> list[float]:
    """Return the milliseconds from each acknowledgement to the paint that held it in the last of some panels."""
    waits = []
    for position, at in acknowledged:
        paints = [_first(paints, int(position)) for paints in shown]
        if all(paint is not None for paint in paints):
            waits.append(max(0.0, max(paint for paint in paints if paint is not None) - 1000 * at))
    return waits


def _first(paints: list[Paint], position: int) -> float | None:
    at = bisect_left(paints, (position, 0.0))
    return paints[at][1] if at < len(paints) else None
