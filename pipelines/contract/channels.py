"""What a watcher of a view over an area hears: first all rows, then changes, numbered without gaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .delta import Delta
from .scope import CLEAR, Lens


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All rows of a channel by key, each as JSON, at state ``seq``, true as of ``as_of`` (UTC)."""

    view: str
    area: str
    seq: int
    as_of: datetime
    key: str
    rows: dict[str, str]
    lens: Lens = CLEAR


@dataclass(frozen=True, slots=True)
class Change:
    """The delta that leads a channel to state ``seq``, true as of ``as_of`` (UTC)."""

    view: str
    area: str
    seq: int
    as_of: datetime
    delta: Delta[str]
    lens: Lens = CLEAR
