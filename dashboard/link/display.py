"""One connected screen."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Final

from starlette.websockets import WebSocket

from pipelines.contract.scope import Lens, Viewer

from .manners import Manners
from .roster import Seat

if TYPE_CHECKING:
    from .source import Source

OUTBOX_FRAMES: Final = 64
OUTBOX_SIZE: Final = 1_000_000
Identity = tuple[str, str, Lens]


class Display:
    """What a screen watches, where it sits, and a bounded outbox that forgets rather than grows."""

    def __init__(self, socket: WebSocket, viewer: Viewer) -> None:
        self.socket = socket
        self.viewer = viewer
        self.channels: set[Identity] = set()
        self.lost: set[Identity] = set()
        self.behind = False
        """whether frames of its room were dropped"""
        self.seat: Seat | None = None
        self.source: Source
        self.manners = Manners()
        self.busy = asyncio.Lock()
        """held while its channels change"""
        self.tasks: set[asyncio.Task[None]] = set()
        self._outbox: deque[str] = deque()
        self._size = 0
        self._filled = asyncio.Event()

    def put(self, frame: str, channel: Identity | None = None) -> None:
        """Queue a frame; when the display does not keep up, drop all and remember to send the present instead."""
        if len(self._outbox) >= OUTBOX_FRAMES or self._size > OUTBOX_SIZE:
            self._empty()
            self.lost |= self.channels
            self.behind = True
        if channel is None or channel not in self.lost:
            self._outbox.append(frame)
            self._size += len(frame)
        self._filled.set()

    async def take(self) -> tuple[list[str], set[Identity]]:
        """Wait for frames; return them with the channels that need a snapshot."""
        await self._filled.wait()
        self._filled.clear()
        frames, lost = list(self._outbox), self.lost
        self._empty()
        self.lost = set()
        return frames, lost

    def catch_up(self) -> bool:
        """Tell, once, whether its room must be told anew."""
        behind, self.behind = self.behind, False
        return behind

    def _empty(self) -> None:
        self._outbox.clear()
        self._size = 0
