"""What every event carries."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

import msgspec

KIND_COLUMN = "kind"


def kebab(name: str) -> str:
    """Return a class's name as a kind of event."""
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).lstrip("-")


class Event(msgspec.Struct, frozen=True, kw_only=True, tag_field=KIND_COLUMN, tag=kebab):
    """What every event carries: identity, both times (UTC), where, from where and because of what."""

    id: str
    happened_at: datetime
    received_at: datetime
    source: str
    area_id: str
    cause: str = ""
    actor: str | None = None
    simulated: bool = False
    exercise: bool = False
    kinds: ClassVar[dict[str, type[Event]]] = {}

    def __init_subclass__(cls, **options: Any) -> None:  # noqa: ANN401
        super().__init_subclass__(**options)
        Event.kinds[kebab(cls.__name__)] = cls


class CaseEvent(Event, frozen=True, kw_only=True):
    """A step of one case: what was said with it, what was shown, and when its next stage should be over."""

    case_id: str
    note: str | None = None
    attachments: str | None = None
    """names of kept files, SHA-256 in hexadecimal, separated by spaces"""
    stage_due_at: datetime | None = None
