"""What a display costs that does not read: the server's memory, and whether it is right again when it reads."""

from __future__ import annotations

import json
from time import sleep
from typing import Any

from . import scratch
from .child import Child
from .figure import Figure, Outcome, Size, middle

MEGABYTE = 1 << 20
WATCHED = ("case_points", "ticker")
PATIENCE = 1.0


def run(size: Size) -> Outcome:
    """Let the only display read, then not, then read again, while every row of the map changes again and again."""
    times = size.pick(80, 5)
    with scratch.folder() as folder, Child("city_server", str(folder), "still") as city, Child("crowd") as crowd:
        url, area = f"ws://127.0.0.1:{city.ready['port']}/stream", city.ready["area"]
        crowd.ask("join", url=url, displays=1, area=area, views=WATCHED)
        _change(city, times)  # what the node itself needs grows at first
        screen = Screen()
        turns = [_turn(city, crowd, screen, times) for _ in range(size.pick(3, 1))]
    more = middle(stalled - reading for reading, stalled, _, _ in turns)
    return Outcome(
        [
            Figure("memory while it does not read, beyond that while it reads", more / MEGABYTE, "MB", aim=5),
            Figure("snapshots it was sent afterwards", middle(t[2] for t in turns), "frames", aim=1, at_least=True),
            Figure("views that were wrong afterwards", sum(t[3] for t in turns), "views", aim=0),
        ],
        {"frames": times * len(WATCHED), "turns": turns},
    )


def _turn(city: Child, crowd: Child, screen: Screen, times: int) -> tuple[int, int, int, int]:
    """Return the growth while reading and while not, how many snapshots followed, how many views were wrong."""
    reading = _change(city, times)
    screen.take(crowd.ask("texts"))
    crowd.ask("stall")
    stalled = _change(city, times)
    crowd.ask("resume")
    sleep(2 * PATIENCE)
    after = crowd.ask("texts")
    screen.take(after)
    wrong = sum(screen.rows.get(view) != _rows(city, view) for view in WATCHED)
    return reading, stalled, sum(json.loads(text)["type"] == "snapshot" for text in after), wrong


class Screen:
    """What a display knows: snapshots, and the deltas that follow them."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Any]] = {}
        self._keys: dict[str, str] = {}
        self._seqs: dict[str, int] = {}

    def take(self, texts: list[str]) -> None:
        """Apply frames in order; one that does not follow is of no use until a snapshot comes."""
        for text in texts:
            frame = json.loads(text)
            if frame["type"] == "snapshot":
                self._reset(frame)
            elif frame["type"] == "delta" and frame["seq"] == self._seqs.get(frame["view"], -1) + 1:
                self._apply(frame)

    def _reset(self, frame: dict[str, Any]) -> None:
        view, key = frame["view"], frame["key"]
        self._keys[view], self._seqs[view] = key, frame["seq"]
        self.rows[view] = {str(row[key]): row for row in frame["rows"]}

    def _apply(self, frame: dict[str, Any]) -> None:
        view = frame["view"]
        self._seqs[view] = frame["seq"]
        for key in frame["drop"]:
            self.rows[view].pop(key, None)
        self.rows[view] |= {str(row[self._keys[view]]): row for row in frame["set"]}


def _change(city: Child, times: int) -> int:
    """Change what the views show; return how many bytes the server grew."""
    before = city.usage().rss
    city.ask("rename", times=times)
    sleep(PATIENCE)
    return city.usage().rss - before


def _rows(city: Child, view: str) -> dict[str, Any]:
    return {key: json.loads(row) for key, row in city.ask("rows", view=view).items()}
