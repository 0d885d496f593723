"""Every command by its name, and how one is read."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from ...errors import CommandRefused
from . import discover, evaluation, handling, levels, mediation, orders
from .base import Command

PARTS: Final = (discover, handling, levels, orders, evaluation, mediation)
"""Read here, so that every command is known."""
COMMANDS: Final[dict[str, type[Command]]] = dict(Command.kinds)
"""Every command by its name; `report` and `record` come through doors of their own."""

_decoder: msgspec.json.Decoder[Command] | None = None


def read(body: bytes) -> Command:
    """Read a command from JSON; raise `CommandRefused` naming what is wrong."""
    global _decoder
    if _decoder is None:
        union: Any = COMMANDS[next(iter(COMMANDS))]
        for cls in COMMANDS.values():
            union = union | cls
        _decoder = msgspec.json.Decoder(union)
    try:
        return _decoder.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise CommandRefused("unreadable", detail=str(error)) from error
