"""People's notices: follows the log, keeps a box for each person and way, sends what is due."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta, tzinfo
from typing import Any, Final, Protocol

import msgspec

from pipelines.contract.areas import AreaTree
from pipelines.contract.case_file import CaseFile
from pipelines.contract.notices import HEARD, Box, Notice, Person, audience, notice
from pipelines.registry.base import Registry

from . import wishes as wish
from .lease import Lease
from .letter import Letter
from .sender import Outcome
from .wishes import Wishes

POSITION: Final = "notifications"
BOX: Final = "notification_box"
RETRY: Final = "notification_retry"
AT_ONCE: Final = 200
IDLE: Final = 1.0
LONGEST: Final = 1800.0
Row = dict[str, Any]


class City(Protocol):
    """What a notifier asks of the city."""

    tree: AreaTree
    zone: tzinfo

    def facts(self, after: int) -> list[Row]:
        """Return what happened behind a position of the log."""
        ...

    def end(self) -> int:
        """Return the last position."""
        ...

    def case(self, case_id: str) -> CaseFile | None:
        """Return a case, whoever may see it."""
        ...

    def people(self) -> Iterable[Person]:
        """Return everybody who may be told."""
        ...

    def letters(self, user: str, wishes: Wishes, one: tuple[Notice, ...], *, as_digest: bool) -> Letter | None:
        """Write to a person as their lens shows it; None where they may see nothing of it."""
        ...

    def is_meant(self, row: Row) -> bool:
        """Tell whether a fact is of the life this site shows."""
        ...


Deliver = Callable[[str, Wishes, Letter], Outcome]


class Retry(msgspec.Struct, frozen=True):
    """When a box is tried again, after how many failures."""

    tries: int
    at: datetime


class Notifier:
    """Tell people what they must hear, step by step."""

    def __init__(self, registry: Registry, city: City, ways: dict[str, Deliver], clock: Callable[[], datetime]) -> None:
        """Take all that is outside it; ``ways`` are by name: mail, webhook."""
        self._registry = registry
        self._city = city
        self._ways = ways
        self._clock = clock
        self.lease = Lease(registry, clock, "notifications")

    def step(self) -> float:
        """Do what can be done now; return after how many seconds to come again."""
        if not self.lease.held():
            return IDLE
        known = wish.all_(self._registry)
        reached = {user: wishes for user, wishes in known.items() if any(way in self._ways for way in wishes.ways())}
        more = self._hear(reached)
        self._send(reached)
        return 0.0 if more else IDLE

    def _hear(self, reached: dict[str, Wishes]) -> bool:
        kept = self._registry.get("position", POSITION)
        if kept is None or not reached:
            # nobody is told what happened before they wished for it
            self._move(self._city.end(), kept)
            return False
        rows = self._city.facts(int(kept)) if int(kept) < self._city.end() else []
        if not rows:
            return False
        boxes: dict[str, Box] = {}
        people = [person for person in self._city.people() if person.user in reached]
        for row in rows:
            if row["kind"] in HEARD and self._city.is_meant(row):
                self._put(row, people, reached, boxes)
        # first the boxes, then the position: after a crash between them a notice is put again, and is there already
        for name, box in boxes.items():
            self._registry.put(BOX, name, msgspec.json.encode(box))
        self._move(rows[-1]["seq"], kept)
        return len(rows) == AT_ONCE

    def _put(self, row: Row, people: list[Person], reached: dict[str, Wishes], boxes: dict[str, Box]) -> None:
        case = self._city.case(row["case_id"]) if row["case_id"] else None
        told = notice(row, case, self._clock())
        for user in audience(row, case, people, self._city.tree):
            if not reached[user].wants(row["kind"]):
                continue
            for way in reached[user].ways():
                if way in self._ways:
                    name = f"{way}/{user}"
                    boxes[name] = (boxes.get(name) or self._box(name)).with_(told)

    def _send(self, reached: dict[str, Wishes]) -> None:
        for name in self._registry.all(BOX):
            way, _, user = name.partition("/")
            if not self.lease.held():
                return
            if user not in reached or way not in reached[user].ways() or way not in self._ways:
                # who wants no more on this way is told no more on it
                self._registry.drop(BOX, name)
            elif not self._waits(name):
                self._send_box(name, way, user, reached[user])

    def _send_box(self, name: str, way: str, user: str, wishes: Wishes) -> None:
        box = self._box(name)
        due = box.due(wishes.hours, self._clock(), self._city.zone)
        for several in [*((one,) for one in due.singly), *([due.digest] if due.digest else [])]:
            letter = self._city.letters(user, wishes, several, as_digest=several == due.digest)
            outcome = self._ways[way](user, wishes, letter) if letter else Outcome(True, "out of sight")
            if not outcome.is_delivered:
                self._wait(name, outcome)
                return
            box = box.without(several)
            self._registry.put(BOX, name, msgspec.json.encode(box))
            self._registry.drop(RETRY, name)

    def _box(self, name: str) -> Box:
        document = self._registry.get(BOX, name)
        return msgspec.json.decode(document, type=Box) if document else Box()

    def _waits(self, name: str) -> bool:
        document = self._registry.get(RETRY, name)
        return document is not None and msgspec.json.decode(document, type=Retry).at > self._clock()

    def _wait(self, name: str, outcome: Outcome) -> None:
        document = self._registry.get(RETRY, name)
        tries = (msgspec.json.decode(document, type=Retry).tries if document else 0) + 1
        seconds = max(min(10.0 * 2.0 ** min(tries - 1, 12), LONGEST), outcome.wait)
        after = Retry(tries, self._clock() + timedelta(seconds=seconds))
        self._registry.put(RETRY, name, msgspec.json.encode(after))

    def _move(self, position: int, before: bytes | None) -> None:
        if before is None or int(before) != position:
            self._registry.put("position", POSITION, str(position).encode())
