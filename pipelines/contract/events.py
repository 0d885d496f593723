"""The facts the log holds: one class a kind of event, past tense, and their columnar form.

A live event is a struct; a batch is an Arrow table with `EVENT_SCHEMA`, the union of all fields.
The kind is the class name in kebab case, so there is no second list of names.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

import msgspec
import pyarrow as pa

from ..errors import EventError

KIND_COLUMN = "kind"


def _kebab(name: str) -> str:
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).lstrip("-")


class Event(msgspec.Struct, frozen=True, kw_only=True, tag_field=KIND_COLUMN, tag=_kebab):
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
        Event.kinds[_kebab(cls.__name__)] = cls


class CaseEvent(Event, frozen=True, kw_only=True):
    """A step of one case: what was said with it, what was shown, and when its next stage should be over."""

    case_id: str
    note: str | None = None
    attachments: str | None = None
    """names of kept files, SHA-256 in hexadecimal, separated by spaces"""
    stage_due_at: datetime | None = None


class CaseReported(CaseEvent, frozen=True, kw_only=True):
    """A problem was found: ``due_at`` only where the source sets its own deadline."""

    category: str
    channel: str
    category_group: str | None = None
    priority: str | None = None
    title: str | None = None
    address: str | None = None
    unit_id: str | None = None
    lon: float | None = None
    lat: float | None = None
    due_at: datetime | None = None
    parent_id: str | None = None
    relation: str | None = None
    """why it has a parent: `escalated` or `sent_down`"""
    level: str | None = None
    """the level whose centre runs it; null: any that covers the place"""


class VerificationAsked(CaseEvent, frozen=True, kw_only=True):
    """Someone is to look on site first."""


class CaseVerified(CaseEvent, frozen=True, kw_only=True):
    """Someone on site confirmed it."""


class CaseRejected(CaseEvent, frozen=True, kw_only=True):
    """No case is opened, for a coded reason."""

    reason: str


class RejectionAppealed(CaseEvent, frozen=True, kw_only=True):
    """Somebody disagrees with a rejection."""

    reason: str


class AppealUpheld(CaseEvent, frozen=True, kw_only=True):
    """The rejection was wrong: the case waits to be accepted again."""


class AppealDismissed(CaseEvent, frozen=True, kw_only=True):
    """The rejection stands."""

    reason: str


class CaseMerged(CaseEvent, frozen=True, kw_only=True):
    """The case follows ``parent_id`` from now on."""

    parent_id: str
    relation: str | None = None


class CaseFiled(CaseEvent, frozen=True, kw_only=True):
    """The centre accepted it; its deadline is stored here, once."""

    due_at: datetime
    category: str | None = None
    priority: str | None = None
    stages: str | None = None
    """limits of the stages of its handling, as ``stage=time`` separated by spaces"""


class CaseDispatched(CaseEvent, frozen=True, kw_only=True):
    """A lead unit was given the case and must sign by ``sign_due_at``; what was suggested stands beside the choice."""

    unit_id: str
    sign_due_at: datetime | None = None
    assisting: str | None = None
    """other units that help, separated by spaces"""
    suggested_unit_id: str | None = None
    order_id: str | None = None


class ReceiptGiven(CaseEvent, frozen=True, kw_only=True):
    """An order (``order_id``) came a step further: ``receipt`` is delivered, read, en_route or on_site."""

    order_id: str
    receipt: str


class MilestoneReached(CaseEvent, frozen=True, kw_only=True):
    """A stage of the handling with a limit of its own is done."""

    stage: str


class CaseSigned(CaseEvent, frozen=True, kw_only=True):
    """The unit signed for it: for the order ``order_id``."""

    order_id: str | None = None


class CaseReturned(CaseEvent, frozen=True, kw_only=True):
    """The unit sent it back: one hop."""

    reason: str


class ApprovalAsked(CaseEvent, frozen=True, kw_only=True):
    """The unit asks to ``extend``, ``suspend`` or ``return`` (``wish``)."""

    wish: str
    reason: str
    until_at: datetime | None = None


class ApprovalRefused(CaseEvent, frozen=True, kw_only=True):
    """The shift lead refused what the unit asked for."""

    reason: str


class CaseSuspended(CaseEvent, frozen=True, kw_only=True):
    """The clock stops until ``resume_at``."""

    reason: str
    resume_at: datetime


class CaseResumed(CaseEvent, frozen=True, kw_only=True):
    """The clock runs again towards ``due_at``."""

    due_at: datetime | None = None


class DeadlineExtended(CaseEvent, frozen=True, kw_only=True):
    """More time was granted; the original deadline is kept beside."""

    due_at: datetime
    reason: str


class ReporterAsked(CaseEvent, frozen=True, kw_only=True):
    """The reporter is asked to add something (``reason``); the clock pauses."""

    reason: str


class ReporterAnswered(CaseEvent, frozen=True, kw_only=True):
    """The reporter added it; the clock runs again towards ``due_at``."""

    due_at: datetime | None = None


class CaseHandled(CaseEvent, frozen=True, kw_only=True):
    """The unit reports it done."""


class CaseEscalated(CaseEvent, frozen=True, kw_only=True):
    """A child case (``child_id``) was opened at a higher ``level``; this one waits for it."""

    child_id: str
    level: str
    reason: str


class CaseSentDown(CaseEvent, frozen=True, kw_only=True):
    """A child case (``child_id``) was opened at a lower ``level``; this one waits for it."""

    child_id: str
    level: str
    reason: str


class CaseRecategorised(CaseEvent, frozen=True, kw_only=True):
    """It is about something else: its deadline was computed anew, the first one is kept."""

    category: str
    reason: str
    category_group: str | None = None
    priority: str | None = None
    due_at: datetime | None = None


class CheckPassed(CaseEvent, frozen=True, kw_only=True):
    """A checker found it fixed."""


class CheckFailed(CaseEvent, frozen=True, kw_only=True):
    """A checker sent it to rework."""

    reason: str


class CaseClosed(CaseEvent, frozen=True, kw_only=True):
    """The case ended."""

    reason: str | None = None


class ReopenRequested(CaseEvent, frozen=True, kw_only=True):
    """Somebody says it is not fixed."""

    reason: str


class ReopenRefused(CaseEvent, frozen=True, kw_only=True):
    """It stays closed, for a reason."""

    reason: str


class CaseReopened(CaseEvent, frozen=True, kw_only=True):
    """The case came back to life with a new deadline."""

    due_at: datetime | None = None
    reason: str | None = None


class CaseRated(CaseEvent, frozen=True, kw_only=True):
    """The reporter's word: ``rating`` 1 (bad) to 5 (good); 4 and 5 count as satisfied."""

    rating: int


class CaseEvaluated(CaseEvent, frozen=True, kw_only=True):
    """The effect was evaluated."""


class CaseArchived(CaseEvent, frozen=True, kw_only=True):
    """It was put on file."""


class RecheckDrawn(CaseEvent, frozen=True, kw_only=True):
    """The case was drawn for a second look, by the draw ``draw_id`` of ``seed``."""

    draw_id: str
    seed: str


class RecheckPassed(CaseEvent, frozen=True, kw_only=True):
    """A second look found it still fixed."""


class RecheckFailed(CaseEvent, frozen=True, kw_only=True):
    """A second look found it not fixed."""

    reason: str


class CaseUrged(CaseEvent, frozen=True, kw_only=True):
    """Somebody pressed for it: an order to ``to_unit_id`` to answer by ``reply_due_at``."""

    order_id: str | None = None
    to_unit_id: str | None = None
    reply_due_at: datetime | None = None


class CaseSupervised(CaseEvent, frozen=True, kw_only=True):
    """An inspector issued a ``card`` (plain, yellow or red) that wants a reply and a lift."""

    order_id: str
    card: str
    to_unit_id: str | None = None
    reply_due_at: datetime | None = None


class CaseDirected(CaseEvent, frozen=True, kw_only=True):
    """A leader's directive, with an owner and a clock of its own."""

    order_id: str
    to_unit_id: str | None = None
    to_user: str | None = None
    reply_due_at: datetime | None = None


class OrderReplied(CaseEvent, frozen=True, kw_only=True):
    """Who was ordered answered."""

    order_id: str


class CardLifted(CaseEvent, frozen=True, kw_only=True):
    """The inspector took a card back."""

    order_id: str


class DirectiveSettled(CaseEvent, frozen=True, kw_only=True):
    """The leader is content with what came of a directive."""

    order_id: str


class CaseLed(CaseEvent, frozen=True, kw_only=True):
    """A leader (``to_user``) took the case upon themselves."""

    to_user: str


class CaseCommented(CaseEvent, frozen=True, kw_only=True):
    """Somebody noted something."""


class AttachmentAdded(CaseEvent, frozen=True, kw_only=True):
    """Files were added; ``stage`` says whether they show it before or after."""

    stage: str | None = None


class ClockLapsed(CaseEvent, frozen=True, kw_only=True):
    """A step of the ladder was reached: due_soon, overdue, overdue_half, overdue_x3, unanswered or ping_pong."""

    stage: str
    card: str | None = None
    """the card the ladder proposes; only a human issues one"""
    to_unit_id: str | None = None


class CaseVoided(CaseEvent, frozen=True, kw_only=True):
    """Entered by mistake; kept and counted."""

    reason: str


class GridVisited(Event, frozen=True, kw_only=True):
    """A grid worker patrolled the grid ``area_id``."""


class SafetyStageReached(Event, frozen=True, kw_only=True):
    """The village ``area_id`` reached a ``stage`` of the safety creation of ``year``, in its ``batch``."""

    year: int
    batch: str
    stage: str


class SafetyBreached(Event, frozen=True, kw_only=True):
    """A red line (``reason``) was touched in the village ``area_id``."""

    year: int
    reason: str


class SafetyRectified(Event, frozen=True, kw_only=True):
    """The breach of a red line (``reason``) was put right."""

    year: int
    reason: str


ABSTRACT = {"case-event"}
KINDS: dict[str, type[Event]] = {kind: cls for kind, cls in sorted(Event.kinds.items()) if kind not in ABSTRACT}

_TIME = pa.timestamp("us", tz="UTC")
_TYPES: dict[str, pa.DataType] = {
    "simulated": pa.bool_(), "exercise": pa.bool_(), "lon": pa.float64(), "lat": pa.float64(),
    "rating": pa.int32(), "year": pa.int32(),
}  # fmt: skip


def _column_type(name: str) -> pa.DataType:
    return _TYPES.get(name, _TIME if name.endswith("_at") else pa.string())


def _columns() -> list[str]:
    names = dict.fromkeys([KIND_COLUMN, *Event.__struct_fields__])
    for cls in KINDS.values():
        names.update(dict.fromkeys(cls.__struct_fields__))
    return list(names)


EVENT_SCHEMA = pa.schema([pa.field(name, _column_type(name)) for name in _columns()])
"""One row an event; times are UTC; a column is null where its kind has no such field."""

_decoder: msgspec.json.Decoder[Event] | None = None


def encode(event: Event) -> bytes:
    """Write one event as JSON."""
    return msgspec.json.encode(event)


def decode(data: bytes | str) -> Event:
    """Read one event from JSON; raise `EventError` naming what is wrong."""
    global _decoder
    if _decoder is None:
        union: Any = KINDS[next(iter(KINDS))]
        for cls in KINDS.values():
            union = union | cls
        _decoder = msgspec.json.Decoder(union)
    try:
        return _decoder.decode(data)
    except msgspec.MsgspecError as error:
        raise EventError(f"event {_name(data)}: {error}") from error


class _Named(msgspec.Struct):
    id: str


def _name(data: bytes | str) -> str:
    try:
        return repr(msgspec.json.decode(data, type=_Named).id)
    except msgspec.MsgspecError:
        return repr(data[:200])


def to_table(events: Iterable[Event]) -> pa.Table:
    """Lay events out as one Arrow table with `EVENT_SCHEMA`."""
    rows = [{**{n: getattr(e, n) for n in e.__struct_fields__}, KIND_COLUMN: _kebab(type(e).__name__)} for e in events]
    return pa.Table.from_pylist(rows, schema=EVENT_SCHEMA)


def from_table(table: pa.Table) -> list[Event]:
    """Read events back from a table with `EVENT_SCHEMA`; raise `EventError` on an unknown kind or a missing field."""
    return [_from_row(row) for row in table.to_pylist()]


def _from_row(row: dict[str, Any]) -> Event:
    cls = KINDS.get(row[KIND_COLUMN])
    if cls is None:
        raise EventError(f"event {row.get('id')!r}: kind {row[KIND_COLUMN]!r} is not one of {', '.join(KINDS)}")
    values = {name: row[name] for name in cls.__struct_fields__ if row.get(name) is not None}
    try:
        return msgspec.convert(values | {KIND_COLUMN: row[KIND_COLUMN]}, cls)
    except msgspec.ValidationError as error:
        raise EventError(f"event {row.get('id')!r} ({row[KIND_COLUMN]}): {error}") from error
