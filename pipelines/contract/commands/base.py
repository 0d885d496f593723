"""What every command carries, and what its words may be."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Final, Literal

import msgspec

Words = Annotated[str, msgspec.Meta(max_length=2000)]
Said = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
Hash = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Identity = Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9A-HJKMNP-TV-Z]{26})$")]
Level = Literal["city", "county", "township", "village", "grid"]
Priority = Literal["urgent", "high", "normal"]
Wish = Literal["extend", "suspend", "return"]
Way = Literal["people", "administrative", "judicial", "arbitration", "petition", "ruling", "lawsuit"]
Receipt = Literal["delivered", "read", "en_route", "on_site"]
Card = Literal["plain", "yellow", "red"]
MOST_ATTACHMENTS: Final = 9


def snake(name: str) -> str:
    """Return a class's name as the name of a command."""
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


class Command(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="command", tag=snake):
    """What every command carries: its own id (sending it again is harmless), the case, words, files."""

    id: Identity
    case_id: Name
    note: Words = ""
    attachments: Annotated[tuple[Hash, ...], msgspec.Meta(max_length=MOST_ATTACHMENTS)] = ()
    seen: int | None = None
    """the case's ``last_seq`` when the hand decided: if others acted since, the command is refused with who and what"""
    kinds: ClassVar[dict[str, type[Command]]] = {}

    def __init_subclass__(cls, **options: Any) -> None:  # noqa: ANN401
        super().__init_subclass__(**options)
        Command.kinds[snake(cls.__name__)] = cls

    @property
    def name(self) -> str:
        """Return the command's name, as in the lifecycle."""
        return str(self.__struct_config__.tag)
