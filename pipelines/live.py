"""Events that others send while the city runs: taken as they are, mended, or kept aside with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

import msgspec
import pyarrow as pa

from .contract.areas import AreaTree
from .contract.events import CaseEvent, Event, decode, encode
from .contract.lifecycle import next_state
from .contract.time import Clock
from .errors import EventError, IllegalTransition
from .sources.issues import REJECTED, REPAIRED, Issues, Reason

TOLERANCE = timedelta(minutes=5)
"""How far ahead of ours a sender's clock may be."""


@dataclass(frozen=True)
class Vetted:
    """The events to append, in order, and what was odd (`ISSUE_SCHEMA`, the event's id as ``row``)."""

    accepted: list[Event]
    issues: pa.Table


class Vetting:
    """Judge live events one by one, each in the state that those before it led to."""

    def __init__(
        self, areas: AreaTree, clock: Clock, state_of: Callable[[str], str | None], known: Callable[[str], bool]
    ) -> None:
        """Take areas and clock, the present state of a case (None: unheard of), and which event ids are stored."""
        self._areas = areas
        self._latest = clock.now() + TOLERANCE
        self._state_of = state_of
        self._known = known
        self._states: dict[str, str] = {}
        self._seen: set[str] = set()
        self._issues = Issues()

    def judge(self, events: Iterable[Event | bytes]) -> Vetted:
        """Judge a batch; an event that was delivered before goes through, for the log stores it only once."""
        accepted = [kept for event in events if (kept := self._one(event)) is not None]
        return Vetted(accepted, self._issues.table())

    def _one(self, event: Event | bytes) -> Event | None:
        if isinstance(event, bytes):
            try:
                event = decode(written := event)
            except EventError as error:
                self._issues.note("", REJECTED, Reason.UNREADABLE_EVENT, str(error), written.decode("utf-8", "replace"))
                return None
        if event.id in self._seen or self._known(event.id):
            return event
        return self._fresh(event)

    def _fresh(self, event: Event) -> Event | None:
        if event.happened_at > self._latest:
            self._refuse(event, Reason.FUTURE_DATE, event.happened_at.isoformat())
            return None
        if isinstance(event, CaseEvent):
            before = self._states.get(event.case_id) or self._state_of(event.case_id)
            try:
                self._states[event.case_id] = next_state(before, _kind(event))
            except IllegalTransition as error:
                self._refuse(event, Reason.ILLEGAL_TRANSITION, str(error))
                return None
        self._seen.add(event.id)
        if event.area_id in self._areas.areas:
            return event
        self._issues.note(event.id, REPAIRED, Reason.UNKNOWN_AREA, event.area_id)
        return msgspec.structs.replace(event, area_id=self._areas.unknown.id)

    def _refuse(self, event: Event, reason: Reason, value: str) -> None:
        self._issues.note(event.id, REJECTED, reason, value, encode(event).decode())


def _kind(event: Event) -> str:
    return str(event.__struct_config__.tag)
