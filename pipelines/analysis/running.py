"""Questions that run: so many at a time, each for so long; they can be watched and ended."""

from __future__ import annotations

import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Literal, TypeVar

from ..config.service import Analysis
from ..contract.scope import CLEAR, Lens
from ..errors import QueryEnded, QueryError, QueryTooLong, TooManyQuestions
from ..metrics.passport import Asked
from ..warehouse import Warehouse, Watched

T = TypeVar("T")
State = Literal["running", "done", "cancelled"]
Name = str | tuple[str, str]
"""What a question is called, behind whoever calls it so: nobody else watches or ends it."""
REMEMBERED = 256
BEHIND = 19
"""The niceness of a thread whose question takes long: live views beside it take a fourth longer, else five times."""
PATIENCE_SECONDS = 0.1


@dataclass(slots=True)
class Ticket:
    """One question on its way; `records` answers its parts on the reader it was lent."""

    begun: float
    deadline: float
    lens: Lens = CLEAR
    state: State = "running"
    took: float | None = None
    ended: threading.Event = field(default_factory=threading.Event)
    turn: threading.Event = field(default_factory=threading.Event)
    reader: Watched | None = None
    late: bool = False

    def records(self, sql: str, **parameters: Any) -> list[dict[str, Any]]:  # noqa: ANN401
        """Answer one select of the question, unless it was ended."""
        if self.reader is None or self.ended.is_set():
            raise QueryEnded
        self.reader.look_through(self.lens)
        return self.reader.records(sql, **parameters)


class _Thread(threading.local):
    lent = False


_here = _Thread()


def lend_thread() -> None:
    """Give the calling thread away: a question that takes long makes it wait behind the live views for ever."""
    _here.lent = True


class Running:
    """Lend readers to questions, few at a time, so that the live views never starve."""

    def __init__(self, warehouse: Warehouse, limits: Analysis) -> None:
        self._free = deque(warehouse.watched)
        self._waiting: deque[Ticket] = deque()
        self._limits = limits
        self._tickets: dict[Name, Ticket] = {}
        self._lock = threading.Lock()

    def answer(self, name: Name | None, work: Callable[[Asked], T], lens: Lens = CLEAR) -> T:
        """Do the work of one question as soon as a reader is free; raise why it was not answered."""
        begun = monotonic()
        ticket = Ticket(begun, begun + self._limits.timeout_seconds, lens)
        with self._known(name, ticket), self._lent(ticket), self._timed(ticket):
            try:
                return work(ticket)
            except QueryEnded as error:
                raise self._why(ticket) from error

    def progress(self, name: Name) -> dict[str, Any]:
        """Tell how far a question is."""
        ticket = self._find(name)
        share = ticket.reader.share() if ticket.state == "running" and ticket.reader else None
        took = (monotonic() if ticket.took is None else ticket.took) - ticket.begun
        state = "cancelled" if ticket.ended.is_set() else ticket.state
        return {"state": state, "share": share, "ms": round(1000 * took, 1)}

    def cancel(self, name: Name) -> dict[str, Any]:
        """End a question; one that is done stays done."""
        ticket = self._find(name)
        if ticket.state == "running":
            self._end(ticket)
        return self.progress(name)

    def close(self) -> None:
        """End every question that still runs."""
        for ticket in list(self._tickets.values()):
            if ticket.state == "running":
                self._end(ticket)

    def _end(self, ticket: Ticket) -> None:
        with self._lock:
            ticket.ended.set()
            ticket.turn.set()
            if ticket.reader:
                ticket.reader.end()

    def _find(self, name: Name) -> Ticket:
        if ticket := self._tickets.get(name):
            return ticket
        shown = name if isinstance(name, str) else name[1]
        raise QueryError(f"no question {shown!r} is known; give `id` with the question, and ask for it soon after")

    @contextmanager
    def _known(self, name: Name | None, ticket: Ticket) -> Iterator[None]:
        if name:
            with self._lock:
                self._tickets[name] = ticket
                for old in list(self._tickets)[:-REMEMBERED]:
                    del self._tickets[old]
        try:
            yield
        finally:
            ticket.took = monotonic()
            ticket.state = "cancelled" if ticket.ended.is_set() else "done"

    @contextmanager
    def _lent(self, ticket: Ticket) -> Iterator[None]:
        with self._lock:
            self._waiting.append(ticket)
            self._hand_on()
        try:
            self._wait(ticket)
            yield
        finally:
            # under the lock: nobody may end the next question of this reader
            with self._lock:
                if ticket.reader:
                    self._free.append(ticket.reader)
                    ticket.reader = None
                else:
                    self._waiting.remove(ticket)
                self._hand_on()

    def _hand_on(self) -> None:
        """Give free readers to those who wait longest; called under the lock."""
        while self._free and self._waiting:
            first = self._waiting.popleft()
            first.reader = self._free.popleft()
            first.turn.set()

    def _wait(self, ticket: Ticket) -> None:
        came = ticket.turn.wait(self._limits.waiting_seconds)
        if ticket.ended.is_set():
            raise self._why(ticket)
        if not came:
            raise TooManyQuestions(
                f"{self._limits.at_once} questions are being answered and this one waited "
                f"{self._limits.waiting_seconds:g} s; ask again in a moment"
            )

    @contextmanager
    def _timed(self, ticket: Ticket) -> Iterator[None]:
        done, thread = threading.Event(), threading.get_native_id() if _here.lent else None
        threading.Thread(target=self._watch, args=(ticket, done, thread), daemon=True).start()
        try:
            yield
        finally:
            done.set()

    def _watch(self, ticket: Ticket, done: threading.Event, thread: int | None) -> None:
        """Let a question that takes long stand back, and end one that takes too long."""
        if done.wait(min(PATIENCE_SECONDS, ticket.deadline - monotonic())):
            return
        if thread and sys.platform == "linux":
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, thread, BEHIND)
        if not done.wait(max(0, ticket.deadline - monotonic())):
            ticket.late = True
            self._end(ticket)

    def _why(self, ticket: Ticket) -> QueryError:
        if ticket.late:
            return QueryTooLong(
                f"the question took longer than {self._limits.timeout_seconds:g} s and was ended; "
                "ask for a shorter period, a smaller area or fewer dimensions"
            )
        return QueryEnded("the question was cancelled; ask it again")
