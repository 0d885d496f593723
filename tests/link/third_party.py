"""A display by somebody who has read docs/PROTOCOL.md and nothing else: plain Python, one socket."""

from __future__ import annotations

import json
from typing import Any

from websockets.sync.client import connect


class Display:
    """Follow a room and one view of the city."""

    def __init__(self, address: str, room: str, view: str, area: str) -> None:
        self.address, self.room, self.channel = address, room, {"view": view, "area": area}
        self.rows: dict[Any, dict[str, Any]] = {}
        self.scene: dict[str, Any] = {}
        self.marks: list[dict[str, Any]] = []
        self.member = ""
        self.answers: dict[str, dict[str, Any]] = {}

    def open(self) -> None:
        self.socket = connect(f"{self.address}?screen=wall").__enter__()
        self.say("subscribe", **self.channel)
        self.say("join", room=self.room, screen="wall", follow=True, member=self.member)

    def say(self, kind: str, **words: Any) -> None:
        self.socket.send(json.dumps({"type": kind, **words}))

    def hear(self) -> str:
        frame = json.loads(self.socket.recv(timeout=10))
        getattr(self, f"on_{frame['type']}", lambda _frame: None)(frame)
        return str(frame["type"])

    def on_snapshot(self, frame: dict[str, Any]) -> None:
        self.seq, self.key = frame["seq"], frame["key"]
        self.rows = {row[self.key]: row for row in frame["rows"]}

    def on_delta(self, frame: dict[str, Any]) -> None:
        if frame["seq"] > self.seq + 1:
            self.say("resync", **self.channel)
        elif frame["seq"] == self.seq + 1:
            self.seq += 1
            self.rows |= {row[self.key]: row for row in frame["set"]}
            self.rows = {key: row for key, row in self.rows.items() if key not in frame["drop"]}

    def on_joined(self, frame: dict[str, Any]) -> None:
        self.member, self.seen = frame["member"], {"scene": -1, "marks": -1}

    def on_scene(self, frame: dict[str, Any]) -> None:
        if frame["seq"] > self.seen["scene"]:
            self.seen["scene"], self.scene = frame["seq"], frame["state"]["scene"]

    def on_marks(self, frame: dict[str, Any]) -> None:
        if frame["seq"] > self.seen["marks"]:
            self.seen["marks"], self.marks = frame["seq"], frame["marks"]

    def on_done(self, frame: dict[str, Any]) -> None:
        self.answers[frame["id"]] = frame
