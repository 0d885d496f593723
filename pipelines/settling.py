"""Decide behind a position of the log, and anew where others appended meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import pyarrow as pa

from .contract.events import Event, to_table
from .errors import CommandRefused, Outrun
from .log.base import Appended

TRIES = 20
Told = TypeVar("Told")
Made = TypeVar("Made", bound=Sequence[Event])


class Settling:
    """Bring what was decided into the log, on all that the log holds; run it where nothing else changes the marts."""

    def __init__(self, append: Callable[[pa.Table, int | None], Appended], position: Callable[[], int]) -> None:
        """``append`` stores and applies, raising `Outrun` where the log has moved on; ``position`` first applies it."""
        self._append = append
        self.position = position

    def settle(
        self, told: Callable[[], Told | None], decide: Callable[[], Made], telling: Callable[[Made], Told]
    ) -> Told:
        """Return what a command led to, now or when it came before; raise `CommandRefused` where others never rest."""
        for _ in range(TRIES):
            if before := told():
                return before
            behind = self.position()
            events = decide()
            try:
                self._append(to_table(events), behind)
            except Outrun:
                # another node was quicker: what it did is known now, so decide again
                self._append(to_table([]), None)
                continue
            return telling(events)
        raise CommandRefused("busy", tries=TRIES)
