"""The frames of data: written once for all displays, around rows that are JSON already."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from pipelines.contract.channels import Change, Snapshot
from pipelines.contract.pulse import Pulse, Tick
from pipelines.node import Node

from .messages import PROTOCOL


def iso(moment: datetime) -> str:
    """Write a moment as ISO-8601 UTC with milliseconds."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def hello_frame(build: str, node: Node) -> str:
    """Greet a display with what it must agree on."""
    words = {"type": "hello", "build": build, "city": node.config.city.id, "now": iso(node.now()), "rounds": True}
    return json.dumps(words | {"protocol": PROTOCOL, "layout": node.config.screens.wall.digest})


def tick_frame(tick: Tick, as_of: datetime) -> str:
    """Tell the second's heartbeat, and as of when the rounds that were sent are true."""
    words = {
        "type": "tick",
        "now": iso(tick.now),
        "as_of": iso(as_of),
        "clock": tick.clock,
        "speed": tick.speed,
        "feed": _pulse(tick.feed),
        "sources": [_pulse(source) for source in tick.sources],
    }
    return json.dumps(words | {"position": tick.position})


def round_frame(as_of: datetime) -> str:
    """Tell that every change up to a moment was sent."""
    return json.dumps({"type": "round", "as_of": iso(as_of)})


def refused_frame(reason: str, **channel: str) -> str:
    """Tell why something is not done."""
    return json.dumps({"type": "refused", **channel, "reason": reason})


def _pulse(pulse: Pulse) -> dict[str, str | None]:
    return {"state": pulse.state, "source": pulse.source, "last_at": iso(pulse.last_at) if pulse.last_at else None}


def snapshot_frame(snapshot: Snapshot) -> str:
    """Tell all rows of a channel; the rows are JSON already."""
    head = _head("snapshot", snapshot.view, snapshot.area, snapshot.seq, snapshot.as_of)
    return f'{head},"key":{json.dumps(snapshot.key)},"rows":[{",".join(snapshot.rows.values())}]}}'


def delta_frame(change: Change) -> str:
    """Tell what changed in a channel; the rows are JSON already."""
    head = _head("delta", change.view, change.area, change.seq, change.as_of)
    drop = json.dumps(list(change.delta.drop), ensure_ascii=False)
    return f'{head},"set":[{",".join(change.delta.set.values())}],"drop":{drop}}}'


def _head(kind: str, view: str, area: str, seq: int, as_of: datetime) -> str:
    words = {"type": kind, "view": view, "area": area, "seq": seq, "as_of": iso(as_of)}
    return json.dumps(words)[:-1]
