"""What a hand may ask of a case: one class a command, in the imperative, as it travels in JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, ClassVar, Final, Literal

import msgspec

from ..errors import CommandRefused

Words = Annotated[str, msgspec.Meta(max_length=2000)]
Said = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
Hash = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Identity = Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9A-HJKMNP-TV-Z]{26})$")]
Level = Literal["city", "county", "township", "village", "grid"]
Priority = Literal["urgent", "high", "normal"]
Wish = Literal["extend", "suspend", "return"]
Receipt = Literal["delivered", "read", "en_route", "on_site"]
Card = Literal["plain", "yellow", "red"]
MOST_ATTACHMENTS: Final = 9


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


class Command(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="command", tag=_snake):
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
        Command.kinds[_snake(cls.__name__)] = cls

    @property
    def name(self) -> str:
        """Return the command's name, as in the lifecycle."""
        return str(self.__struct_config__.tag)


class AskVerify(Command, frozen=True, kw_only=True):
    """Let somebody look on site first."""


class Verify(Command, frozen=True, kw_only=True):
    """Confirm on site."""


class Accept(Command, frozen=True, kw_only=True):
    """File it: fix the category, compute and store the deadlines."""

    category: Name | None = None
    priority: Priority | None = None


class Reject(Command, frozen=True, kw_only=True):
    """Open no case, for a coded reason."""

    reason: Reason


class Appeal(Command, frozen=True, kw_only=True):
    """Disagree with a rejection."""

    reason: Reason


class UpholdAppeal(Command, frozen=True, kw_only=True):
    """Agree that the rejection was wrong."""


class DismissAppeal(Command, frozen=True, kw_only=True):
    """Let the rejection stand."""

    reason: Reason


class Merge(Command, frozen=True, kw_only=True):
    """Let it follow another open case."""

    parent_id: Name


class Dispatch(Command, frozen=True, kw_only=True):
    """Give it to a lead unit and to units that assist; name what was suggested."""

    unit_id: Name
    assisting: Annotated[tuple[Name, ...], msgspec.Meta(max_length=8)] = ()
    suggested_unit_id: Name | None = None


class Sign(Command, frozen=True, kw_only=True):
    """Sign for it."""


class Return(Command, frozen=True, kw_only=True):
    """Send it back before signing: one hop."""

    reason: Reason


class Recall(Command, frozen=True, kw_only=True):
    """Take it back from the unit, or grant a return."""

    reason: Reason


class Receive(Command, frozen=True, kw_only=True):
    """Say how far the order came: delivered, read, en route, on site."""

    receipt: Receipt
    order_id: Name | None = None
    """null: the present dispatch"""


class ReachMilestone(Command, frozen=True, kw_only=True):
    """Report a stage of the handling as done."""

    stage: Reason


class RequestApproval(Command, frozen=True, kw_only=True):
    """Ask the shift lead for more time, a pause or a return."""

    wish: Wish
    reason: Reason
    until_at: datetime | None = None


class RefuseRequest(Command, frozen=True, kw_only=True):
    """Refuse what the unit asked for."""

    reason: Reason


class Suspend(Command, frozen=True, kw_only=True):
    """Stop the clock until a date, at most 90 days."""

    reason: Reason
    until_at: datetime


class Resume(Command, frozen=True, kw_only=True):
    """Let the clock run again."""


class Extend(Command, frozen=True, kw_only=True):
    """Grant a later deadline; the original one is kept."""

    reason: Reason
    until_at: datetime


class AskReporter(Command, frozen=True, kw_only=True):
    """Ask the reporter for more; the clock pauses up to three days."""

    note: Said


class Answer(Command, frozen=True, kw_only=True):
    """Add what was asked for; the clock runs again."""


class Finish(Command, frozen=True, kw_only=True):
    """Report it done, with a result in words or a photo of after."""


class CheckPass(Command, frozen=True, kw_only=True):
    """Find it fixed."""


class CheckFail(Command, frozen=True, kw_only=True):
    """Send it to rework."""

    reason: Reason


class Close(Command, frozen=True, kw_only=True):
    """End the case."""


class Escalate(Command, frozen=True, kw_only=True):
    """Open a child case a level up."""

    reason: Reason
    level: Level | None = None
    """null: one level up"""


class SendDown(Command, frozen=True, kw_only=True):
    """Open a child case a level down."""

    reason: Reason
    level: Level | None = None


class Recategorise(Command, frozen=True, kw_only=True):
    """Say what it is really about: deadlines are computed anew, the old one is kept."""

    category: Name
    reason: Reason
    priority: Priority | None = None


class RequestReopen(Command, frozen=True, kw_only=True):
    """Say that it is not fixed."""

    reason: Reason


class RefuseReopen(Command, frozen=True, kw_only=True):
    """Leave it closed."""

    reason: Reason


class Reopen(Command, frozen=True, kw_only=True):
    """Bring it back to life with a new deadline."""

    reason: Reason


class Rate(Command, frozen=True, kw_only=True):
    """Say how content the reporter is, 1 to 5; within seven days of the closing."""

    rating: Annotated[int, msgspec.Meta(ge=1, le=5)]


class DrawRecheck(Command, frozen=True, kw_only=True):
    """Note that a seeded draw chose it for a second look."""

    draw_id: Name
    seed: Name


class RecheckPass(Command, frozen=True, kw_only=True):
    """Find it still fixed at a second look."""


class RecheckFail(Command, frozen=True, kw_only=True):
    """Find it not fixed at a second look."""

    reason: Reason


class Evaluate(Command, frozen=True, kw_only=True):
    """Say that its effect was evaluated."""


class Archive(Command, frozen=True, kw_only=True):
    """Put it on file."""


class Urge(Command, frozen=True, kw_only=True):
    """Press for it."""


class Supervise(Command, frozen=True, kw_only=True):
    """Issue a card that wants a reply and a lift."""

    card: Card
    note: Said
    reply_due_at: datetime | None = None


class Lift(Command, frozen=True, kw_only=True):
    """Take a card back."""

    order_id: Name


class Direct(Command, frozen=True, kw_only=True):
    """Write a directive with an owner and a clock."""

    note: Said
    to_unit_id: Name | None = None
    """null: the lead unit of the case, else the centre that runs it"""
    reply_due_at: datetime | None = None


class Settle(Command, frozen=True, kw_only=True):
    """Be content with what came of a directive."""

    order_id: Name


class Reply(Command, frozen=True, kw_only=True):
    """Answer an urge, a card or a directive."""

    order_id: Name
    note: Said


class Lead(Command, frozen=True, kw_only=True):
    """Take the case upon oneself as its leader."""


class Comment(Command, frozen=True, kw_only=True):
    """Note something."""

    note: Said


class Attach(Command, frozen=True, kw_only=True):
    """Add files, and say whether they show it before or after."""

    stage: Literal["before", "after"] | None = None
    attachments: Annotated[tuple[Hash, ...], msgspec.Meta(min_length=1, max_length=MOST_ATTACHMENTS)]


class Lapse(Command, frozen=True, kw_only=True):
    """Note a step of the ladder."""

    stage: Reason
    card: Card | None = None


class Void(Command, frozen=True, kw_only=True):
    """Take back what was entered by mistake."""

    reason: Reason


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
