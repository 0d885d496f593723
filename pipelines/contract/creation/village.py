"""A village as decisions see it: the fold of its own events of one year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from .stages import NONE, PUBLICITY_DAYS


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed what, and when."""

    wish: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """Who brought the village to a stage, and when; nobody where a feed told it."""

    stage: str
    by: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Village:
    """How one village stands in one year's safety creation."""

    area_id: str
    year: int
    stage: str = NONE
    batch: str | None = None
    public_until: datetime | None = None
    steps: tuple[Step, ...] = ()
    signatures: tuple[Signature, ...] = ()
    """since the last stage; a stage takes them all back"""
    breaches: dict[str, int] = field(default_factory=dict)
    """red lines touched, less those put right"""
    last_seq: int = 0

    @property
    def open_lines(self) -> list[str]:
        """The red lines touched and not put right."""
        return sorted(line for line, count in self.breaches.items() if count > 0)

    @property
    def last(self) -> Step | None:
        """The step that led to the present stage."""
        return self.steps[-1] if self.steps else None

    def signed(self, wish: str) -> Signature | None:
        """Return the first signature that waits for a second one."""
        return next((one for one in self.signatures if one.wish == wish), None)

    def after(self, event: dict[str, Any]) -> Village:
        """Return the village after one more event of its log."""
        kind, seq = event["kind"], event["seq"]
        if kind == "safety-stage-reached":
            step = Step(event["stage"], event["actor"], event["happened_at"])
            until = event["until_at"] or event["happened_at"] + timedelta(days=PUBLICITY_DAYS)
            return replace(
                self, stage=step.stage, batch=event["batch"] or self.batch, steps=(*self.steps, step), signatures=(),
                public_until=until if step.stage == "publicity" else None, last_seq=seq,
            )  # fmt: skip
        if kind == "safety-signed":
            signature = Signature(event["wish"], event["actor"], event["happened_at"])
            return replace(self, signatures=(*self.signatures, signature), last_seq=seq)
        change = {"safety-breached": 1, "safety-rectified": -1}[kind]
        counted = self.breaches | {event["reason"]: self.breaches.get(event["reason"], 0) + change}
        return replace(self, breaches=counted, last_seq=seq)


def folded(area_id: str, year: int, events: Iterable[dict[str, Any]]) -> Village:
    """Return a village after its events, in the log's order."""
    village = Village(area_id, year)
    for event in events:
        village = village.after(event)
    return village
