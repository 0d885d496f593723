"""Whose turn it is: of all nodes of a site exactly one sends, for a few seconds at a time."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from pipelines.registry.base import Registry

KIND: Final = "lease"
SECONDS: Final = 15
EARLY: Final = 5


class Lease:
    """The turns of one task: each window of time is given away once; who has one may take the next one early."""

    def __init__(self, registry: Registry, clock: Callable[[], datetime], name: str) -> None:
        """Stand in line for a task."""
        self._registry = registry
        self._clock = clock
        self._name = name
        self._me = secrets.token_hex(8).encode()
        self._mine: set[int] = set()

    def held(self) -> bool:
        """Take the turn if nobody has it; tell whether it is ours."""
        now = self._clock().timestamp()
        window = int(now // SECONDS)
        self._mine = {turn for turn in self._mine if turn >= window}
        if window not in self._mine and not self._take(window):
            return False
        if now >= (window + 1) * SECONDS - EARLY and window + 1 not in self._mine:
            self._take(window + 1)
        return True

    def release(self) -> None:
        """Let others go on at once."""
        for turn in self._mine:
            self._registry.swap(KIND, f"{self._name}/{turn}", self._me, None)
        self._mine = set()

    def _take(self, turn: int) -> bool:
        until = datetime.fromtimestamp((turn + 1) * SECONDS, UTC)
        taken = self._registry.add(KIND, f"{self._name}/{turn}", self._me, until)
        if taken:
            self._mine.add(turn)
        return taken
