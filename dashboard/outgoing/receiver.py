"""One webhook: follows the log from where it was, delivers in the order of each case, waits where it must."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec

from pipelines.config.webhooks import Webhook
from pipelines.registry.base import Registry

from . import signing
from .cloud_event import cloud_event
from .lease import Lease
from .sender import Outcome

KIND: Final = "webhook"
DEAD: Final = "webhook_dead"
AT_ONCE: Final = 50
MOST_WAITING: Final = 1000
DOWN_AFTER: Final = 5
"""So many failures in a row, and nothing new is tried until what waits longest got through."""
FIRST_SECONDS, LONGEST_SECONDS = 5.0, 3600.0
IDLE: Final = 1.0
Row = dict[str, Any]
Facts = Callable[[int, int], list[Row]]
Post = Callable[[str, bytes, dict[str, str]], Outcome]


class Waiting(msgspec.Struct, kw_only=True):
    """A fact that did not get through yet, or one behind it."""

    seq: int
    case: str
    tries: int
    next_at: datetime
    since: datetime
    again: bool = False
    """whether it was laid aside before"""


class Progress(msgspec.Struct, kw_only=True):
    """How far a webhook is."""

    position: int
    waiting: list[Waiting] = []
    paused: bool = False
    delivered: int = 0
    laid_aside: int = 0
    sent_again: int = 0
    """up to which number those laid aside were taken up again"""
    failures: int = 0
    failing_since: datetime | None = None
    last_success: datetime | None = None
    last_failure: datetime | None = None
    last_told: str = ""


def progress(registry: Registry, name: str) -> Progress | None:
    """Return how far a webhook is, None if it never began."""
    document = registry.get(KIND, name)
    return msgspec.json.decode(document, type=Progress) if document else None


def pause(registry: Registry, name: str, *, paused: bool) -> bool:
    """Stop or go on; tell whether there is such a webhook."""
    while document := registry.get(KIND, name):
        after = msgspec.json.decode(document, type=Progress)
        after.paused = paused
        if registry.swap(KIND, name, document, msgspec.json.encode(after)):
            return True
    return False


def resend(registry: Registry, name: str, now: datetime) -> int | None:
    """Take up again all that was laid aside; return how much, None where there is no such webhook."""
    while document := registry.get(KIND, name):
        after = msgspec.json.decode(document, type=Progress)
        letters = registry.read(f"{DEAD}/{name}", after.sent_again, MOST_WAITING - len(after.waiting))
        known = {one.seq for one in after.waiting}
        told = [msgspec.json.decode(letter, type=dict[str, Any]) for _, letter in letters]
        after.waiting += [
            Waiting(seq=one["seq"], case=one.get("case", ""), tries=0, next_at=now, since=now, again=True)
            for one in told
            if one["seq"] not in known
        ]
        after.sent_again = letters[-1][0] if letters else after.sent_again
        # who asks for it believes that the receiver is there again
        after.failures, after.failing_since = 0, None
        if registry.swap(KIND, name, document, msgspec.json.encode(after)):
            return len(letters)
    return None


class Receiver:
    """Deliver to one webhook, step by step."""

    def __init__(
        self,
        hook: Webhook,
        key: bytes,
        registry: Registry,
        facts: Facts,
        wanted: Callable[[Row], bool],
        end: Callable[[], int],
        post: Post,
        clock: Callable[[], datetime],
        city: str,
        chance: Callable[[], float],
    ) -> None:
        """Take all that is outside it; ``chance`` is between 0 and 1."""
        self.hook = hook
        self._key = key
        self._registry = registry
        self._facts = facts
        self._wanted = wanted
        self._end = end
        self._post = post
        self._clock = clock
        self._city = city
        self._chance = chance
        self.lease = Lease(registry, clock, f"webhook/{hook.name}")

    def step(self) -> float:
        """Do what can be done now; return after how many seconds to come again."""
        if not self.lease.held():
            return IDLE
        kept = self._registry.get(KIND, self.hook.name)
        if kept is None:
            # a new webhook hears from now on
            self._registry.add(KIND, self.hook.name, msgspec.json.encode(Progress(position=self._end())))
            return 0.0
        state = msgspec.json.decode(kept, type=Progress)
        if state.paused:
            return IDLE
        self._retry(state)
        more = self._go_on(state)
        after = msgspec.json.encode(state)
        if after != kept and not self._registry.swap(KIND, self.hook.name, kept, after):
            self._heed(state, msgspec.json.decode(kept, type=Progress))
            self._registry.put(KIND, self.hook.name, msgspec.json.encode(state))
        return 0.0 if more else IDLE

    def _heed(self, state: Progress, before: Progress) -> None:
        """Let stay what somebody did meanwhile: paused it, took up again what was laid aside."""
        now = progress(self._registry, self.hook.name)
        if now is None:
            return
        state.paused = now.paused or state.paused
        if now.sent_again > before.sent_again:
            known = {one.seq for one in before.waiting}
            state.waiting += [one for one in now.waiting if one.again and one.seq not in known]
            state.sent_again = now.sent_again

    def _retry(self, state: Progress) -> None:
        """Try what is due: of each case the first; of a receiver that is down only what waited longest."""
        while (due := self._due(state)) and not state.paused and self.lease.held():
            for one in due:
                self._try_again(state, one)
                if state.failures >= DOWN_AFTER:
                    return

    def _due(self, state: Progress) -> list[Waiting]:
        heads: dict[str, Waiting] = {}
        for one in sorted(state.waiting, key=lambda waiting: waiting.seq):
            heads.setdefault(one.case or f"seq {one.seq}", one)
        order = sorted(heads.values(), key=lambda waiting: waiting.next_at)
        due = [one for one in order if one.next_at <= self._clock()]
        return due[:1] if state.failures >= DOWN_AFTER else due

    def _try_again(self, state: Progress, one: Waiting) -> None:
        found = self._facts(one.seq - 1, 1)
        if not found or found[0]["seq"] != one.seq:
            state.waiting.remove(one)
            return
        outcome = self._deliver(state, found[0])
        if outcome.is_delivered:
            state.waiting.remove(one)
            return
        one.tries += 1
        one.next_at = self._clock() + timedelta(seconds=self._pause(one.tries, outcome))
        began = min(one.since, state.failing_since or one.since)
        if self._clock() - began >= timedelta(days=self.hook.give_up_days):
            state.waiting.remove(one)
            state.laid_aside += 1
            told = {
                "id": found[0]["id"], "seq": one.seq, "case": one.case, "tries": one.tries, "at": self._clock(),
                "told": outcome.told,
            }  # fmt: skip
            self._registry.append(f"{DEAD}/{self.hook.name}", msgspec.json.encode(told))

    def _go_on(self, state: Progress) -> bool:
        """Deliver what is new; tell whether there may be more."""
        if not state.waiting:
            # all that knocked was laid aside: the next that is new knocks
            state.failures = min(state.failures, DOWN_AFTER - 1)
        is_full = state.failures >= DOWN_AFTER or len(state.waiting) >= MOST_WAITING
        if is_full or state.position >= self._end():
            return False
        rows = self._facts(state.position, AT_ONCE)
        blocked = {one.case for one in state.waiting if one.case}
        for row in rows:
            if state.paused or state.failures >= DOWN_AFTER or not self.lease.held():
                return False
            if self._wanted(row):
                self._first_time(state, row, blocked)
            state.position = row["seq"]
        return len(rows) == AT_ONCE

    def _first_time(self, state: Progress, row: Row, blocked: set[str]) -> None:
        case, now = row.get("case_id") or "", self._clock()
        if case in blocked:
            state.waiting.append(Waiting(seq=row["seq"], case=case, tries=0, next_at=now, since=now))
            return
        outcome = self._deliver(state, row)
        if not outcome.is_delivered:
            next_at = self._clock() + timedelta(seconds=self._pause(1, outcome))
            state.waiting.append(Waiting(seq=row["seq"], case=case, tries=1, next_at=next_at, since=now))
            blocked |= {case} - {""}

    def _deliver(self, state: Progress, row: Row) -> Outcome:
        body, now = cloud_event(row, self._city), self._clock()
        outcome = self._post(self.hook.url, body, signing.headers(self._key, signing.message_id(row["id"]), now, body))
        state.last_told = outcome.told
        if outcome.is_delivered:
            state.delivered += 1
            state.failures, state.failing_since, state.last_success = 0, None, self._clock()
        else:
            state.failures += 1
            state.failing_since = state.failing_since or now
            state.last_failure = self._clock()
            state.paused = state.paused or outcome.is_gone
        return outcome

    def _pause(self, tries: int, outcome: Outcome) -> float:
        """Wait twice as long after each try, and never all at the same moment."""
        longest = min(FIRST_SECONDS * 2.0 ** min(tries - 1, 20), LONGEST_SECONDS)
        return max(longest * (0.5 + self._chance()), outcome.wait)
