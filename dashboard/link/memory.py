"""The rooms of a node that is alone: a message is applied at once."""

from __future__ import annotations

from collections.abc import Callable

from .hub import Applied, Message, Note, applied
from .scene import Room


class MemoryHub:
    """Apply messages where they are handed in."""

    durable = False

    def __init__(self, rooms: dict[str, Room]) -> None:
        self.rooms = dict(rooms)
        self._applied: Applied | None = None

    async def start(self, applied: Applied, _heard: Callable[[Note], None], _renewed: Callable[[], None]) -> None:
        """Begin."""
        self._applied = applied

    async def send(self, message: Message) -> None:
        """Apply a message."""
        refused = applied(self.rooms, message)
        if self._applied:
            self._applied(message, refused)

    def shout(self, note: Note) -> None:
        """Tell nobody: there is no other node."""

    async def stop(self) -> None:
        """End."""
        self._applied = None
