"""Who must hear of what, and when: pure, the clock passed in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, time, tzinfo
from typing import Any, Final

import msgspec

from .areas import AreaTree
from .case_file import CaseFile

TO_UNIT: Final = frozenset({"unit_handler", "unit_head"})
# kind of event | who hears of it: to = whom it names, unit = who handles the case, reporter, issuer, else roles
_TABLE = """
case-dispatched    | to
case-urged         | to
case-supervised    | to
case-directed      | to
order-replied      | issuer
card-lifted        | to unit
clock-lapsed       | unit shift_lead
approval-asked     | shift_lead
approval-refused   | unit
deadline-extended  | unit
case-suspended     | unit
case-returned      | dispatcher
check-failed       | unit
recheck-failed     | unit shift_lead
reopen-requested   | shift_lead
rejection-appealed | shift_lead
case-reopened      | dispatcher
reporter-asked     | reporter
case-rejected      | reporter
case-closed        | reporter
warning-issued     | grid_worker duty_officer shift_lead leader
"""
HEARD: Final[dict[str, tuple[str, ...]]] = {
    kind.strip(): tuple(who.split()) for kind, who in (line.split("|") for line in _TABLE.strip().splitlines())
}
GRAVE: Final = frozenset({"Extreme", "Severe"})
MOST_TOLD: Final = 500


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who may be told."""

    user: str
    roles: frozenset[str]
    areas: frozenset[str] = frozenset()
    unit: str | None = None


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """Something a person is to hear; the same ``id`` is told once."""

    id: str
    kind: str
    heard_at: datetime
    happened_at: datetime
    area_id: str
    case_id: str | None = None
    is_urgent: bool = False
    exercise: bool = False
    stage: str | None = None
    headline_zh: str | None = None
    headline_en: str | None = None
    until_at: datetime | None = None


class Quiet(msgspec.Struct, frozen=True, kw_only=True):
    """The hours in which a person hears of emergencies alone; the same moment twice means none."""

    begins: time = time(22)
    ends: time = time(7)

    def holds(self, moment: datetime, zone: tzinfo) -> bool:
        """Tell whether a moment lies in these hours, which may reach over midnight."""
        at = moment.astimezone(zone).time()
        if self.begins <= self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be sent now: these one by one, those as one."""

    singly: tuple[Notice, ...] = ()
    digest: tuple[Notice, ...] = ()


class Box(msgspec.Struct, frozen=True, kw_only=True):
    """What waits for one person on one way, and what was told lately."""

    waiting: tuple[Notice, ...] = ()
    told: tuple[str, ...] = ()

    def with_(self, notice: Notice) -> Box:
        """Return it with one more, unless it waits or was told."""
        if notice.id in self.told or any(notice.id == other.id for other in self.waiting):
            return self
        return msgspec.structs.replace(self, waiting=(*self.waiting, notice))

    def without(self, sent: Iterable[Notice]) -> Box:
        """Return it after some were told."""
        ids = [notice.id for notice in sent]
        left = tuple(notice for notice in self.waiting if notice.id not in ids)
        return Box(waiting=left, told=(*self.told, *ids)[-MOST_TOLD:])

    def due(self, quiet: Quiet | None, now: datetime, zone: tzinfo) -> Due:
        """Return what is to be sent now: in quiet hours emergencies, after them one digest of what came meanwhile."""
        urgent = tuple(notice for notice in self.waiting if notice.is_urgent)
        if quiet is None:
            return Due(singly=self.waiting)
        if quiet.holds(now, zone):
            return Due(singly=urgent)
        rest = [notice for notice in self.waiting if not notice.is_urgent]
        kept = tuple(notice for notice in rest if quiet.holds(notice.heard_at, zone))
        fresh = tuple(notice for notice in rest if notice not in kept)
        return Due(singly=urgent + fresh, digest=kept)


def notice(row: dict[str, Any], case: CaseFile | None, now: datetime) -> Notice:
    """Say of a fact what somebody hears; a warning is one notice, however many areas it touches."""
    return Notice(
        id=row["warning_id"] or row["id"], kind=row["kind"], heard_at=now, happened_at=row["happened_at"],
        area_id=row["area_id"], case_id=row["case_id"], exercise=row["exercise"], stage=row["stage"],
        is_urgent=row["severity"] in GRAVE or (case is not None and case.priority == "urgent"),
        headline_zh=row["headline_zh"], headline_en=row["headline_en"], until_at=row["expires_at"],
    )  # fmt: skip


def audience(row: dict[str, Any], case: CaseFile | None, people: Iterable[Person], tree: AreaTree) -> list[str]:
    """Return who must hear of a fact: never who did it."""
    who = HEARD.get(row["kind"], ())
    is_meant = [_meant(one, row, case) for one in who]
    roles = frozenset(who) - {"to", "unit", "reporter", "issuer"}
    answers = {area.id for area in tree.path(row["area_id"])} if row["area_id"] in tree.areas else set()

    def hears(person: Person) -> bool:
        if person.user == row["actor"]:
            return False
        return any(meant(person) for meant in is_meant) or bool(person.roles & roles and person.areas & answers)

    return [person.user for person in people if hears(person)]


def _meant(who: str, row: dict[str, Any], case: CaseFile | None) -> Callable[[Person], bool]:
    units = {row["to_unit_id"], *([row["unit_id"]] if row["kind"] == "case-dispatched" else [])}
    if row["kind"] == "case-dispatched":
        units |= set((row["assisting"] or "").split())
    if case and (who == "unit" or (row["kind"] == "case-urged" and not row["to_unit_id"])):
        units |= {case.unit_id}
    units -= {None}
    names = {
        "to": {row["to_user"]},
        "reporter": {case.reported_by if case else None},
        "issuer": {order.issued_by for order in case.orders if order.order_id == row["order_id"]} if case else set(),
    }.get(who, set()) - {None}
    by_unit = who in ("to", "unit")
    return lambda person: person.user in names or (by_unit and person.unit in units and bool(person.roles & TO_UNIT))
