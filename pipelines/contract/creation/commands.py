"""What a hand may ask of a village's safety creation: one class a command, as it travels in JSON."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Final

import msgspec

from ...errors import CommandRefused
from ..commands.base import Identity, Name, Reason, Words, snake

Days = Annotated[int, msgspec.Meta(ge=5, le=30)]
YearNumber = Annotated[int, msgspec.Meta(ge=2000, le=2100)]


class CreationCommand(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="command", tag=snake
):
    """What every command carries: its own id (sending it again is harmless), the village, the year, words."""

    id: Identity
    area_id: Name
    year: YearNumber
    note: Words = ""
    seen: int | None = None
    """the village's ``last_seq`` when the hand decided"""
    kinds: ClassVar[dict[str, type[CreationCommand]]] = {}

    def __init_subclass__(cls, **options: Any) -> None:  # noqa: ANN401
        super().__init_subclass__(**options)
        CreationCommand.kinds[snake(cls.__name__)] = cls

    @property
    def name(self) -> str:
        """Return the command's name, as in the table of stages."""
        return str(self.__struct_config__.tag)


class Nominate(CreationCommand, frozen=True, kw_only=True):
    """Put a village forward as a candidate of a batch."""

    batch: Name


class SelfCheck(CreationCommand, frozen=True, kw_only=True):
    """Report that the village checked itself."""


class Review(CreationCommand, frozen=True, kw_only=True):
    """Confirm the self-check for the township."""


class CountyCheck(CreationCommand, frozen=True, kw_only=True):
    """Confirm the review for the county, on site."""


class Publicise(CreationCommand, frozen=True, kw_only=True):
    """Make public that the village is to be named."""

    days: Days = 7


class SignNaming(CreationCommand, frozen=True, kw_only=True):
    """Sign the naming; the second signature names the village."""


class SendBack(CreationCommand, frozen=True, kw_only=True):
    """Send the village back to the stage before."""

    reason: Reason


class Withdraw(CreationCommand, frozen=True, kw_only=True):
    """Take the village out of the year's plan."""

    reason: Reason


class Warn(CreationCommand, frozen=True, kw_only=True):
    """Warn a named village."""

    reason: Reason


class Rectify(CreationCommand, frozen=True, kw_only=True):
    """Begin to put right what the village was warned of."""


class Keep(CreationCommand, frozen=True, kw_only=True):
    """Confirm that the village keeps its name."""


class SignRemoval(CreationCommand, frozen=True, kw_only=True):
    """Sign the removal of the name; the second signature removes it."""

    reason: Reason


COMMANDS: Final[dict[str, type[CreationCommand]]] = dict(CreationCommand.kinds)
_decoder: msgspec.json.Decoder[CreationCommand] | None = None


def read(body: bytes) -> CreationCommand:
    """Read a command from JSON; raise `CommandRefused` naming what is wrong."""
    global _decoder
    if _decoder is None:
        union: Any = Nominate
        for cls in COMMANDS.values():
            union = union | cls
        _decoder = msgspec.json.Decoder(union)
    try:
        return _decoder.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise CommandRefused("unreadable", detail=str(error)) from error
