"""A city behind its real doors, whose cases are of every kind that the rules of sight tell apart."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

import msgspec
from PIL import Image

from pipelines.config import load
from pipelines.config.sign_in import SignIn
from pipelines.contract.events import (
    AttachmentAdded,
    CaseDirected,
    CaseDispatched,
    CaseLed,
    CaseMerged,
    CaseReported,
    Event,
    MediationBegun,
    to_table,
)
from pipelines.contract.parties import Parties, Party
from pipelines.contract.time import FrozenClock
from pipelines.node import Node
from pipelines.registry.parties import SealedParties
from tests.lens.planted import NOW, UNITS, around, grids, life, tag, whose

START = NOW - timedelta(hours=30)
HELPED, ORDERED, DISPUTED, MERGED = range(300, 308), range(308, 316), range(320, 344, 3), (344, 345)
DRILL = 400
"""From this number on a case is an exercise's."""
SEALED = "party-canary"


@dataclass(frozen=True)
class Case:
    """One case: whose it is, and who else may see it, as it was planted."""

    number: int
    helper: str | None = None
    ordered: str | None = None
    team: frozenset[str] = frozenset()
    parent: int | None = None

    @property
    def id(self) -> str:
        return tag(self.number)

    @property
    def grid(self) -> str:
        return whose(self.number)[0]

    @property
    def units(self) -> frozenset[str]:
        return frozenset(unit for unit in (whose(self.number)[1], self.helper, self.ordered) if unit)

    @property
    def exercise(self) -> bool:
        return self.number >= DRILL

    @property
    def is_open(self) -> bool:
        # mediation begins again what was closed
        return (self.number // 24 % 2 == 0 or bool(self.team)) and self.parent is None


@cache
def cases() -> dict[int, Case]:
    """Return every case by its number."""
    made = [Case(number) for number in range(48)]
    for begin in (0, DRILL - 300):
        made += [Case(begin + n, helper=_other(n, 1)) for n in HELPED]
        made += [Case(begin + n, ordered=_other(n, 2)) for n in ORDERED]
        made += [Case(begin + n, team=frozenset({f"mediator-{n}", f"leader-{n}"})) for n in DISPUTED]
    made += [Case(MERGED[0]), Case(MERGED[1], parent=MERGED[0])]
    return {case.number: case for case in made}


def _other(number: int, step: int) -> str:
    return UNITS[(UNITS.index(whose(number)[1]) + step) % len(UNITS)]


def told(case: Case) -> Iterator[Event]:
    """Yield a case's events."""
    shared: dict[str, Any] = {
        "happened_at": START + timedelta(hours=10), "received_at": START, "source": "test", "area_id": case.grid,
        "case_id": case.id, "simulated": True, "exercise": case.exercise, "actor": f"canary-actor-{case.number}",
    }  # fmt: skip
    for event in life(case.number, START):
        changed: dict[str, Any] = {"exercise": case.exercise}
        if isinstance(event, CaseDispatched) and case.helper:
            changed["assisting"] = case.helper
        if isinstance(event, CaseReported) and case.team:
            changed |= {"category": "MD0101", "category_group": "MD"}
        yield msgspec.structs.replace(event, **changed)
    yield AttachmentAdded(id=f"{case.id}:file", attachments=file_of(case.number)[1], stage="before", **shared)
    if case.ordered:
        words = f"{case.id} 请王龘齉先生速办"
        yield CaseDirected(
            id=f"{case.id}:order", order_id=f"order-{case.id}", to_unit_id=case.ordered, note=words, **shared
        )
    for user in sorted(case.team):
        kind = MediationBegun if user.startswith("mediator") else CaseLed
        stage = {"dispute_stage": "mediating"} if kind is MediationBegun else {}
        yield kind(id=f"{case.id}:{user}", to_user=user, **stage, **shared)
    if case.parent is not None:
        yield CaseMerged(id=f"{case.id}:merged", parent_id=tag(case.parent), relation="merged", **shared)


@cache
def file_of(number: int) -> tuple[bytes, str]:
    """Return a picture that only this case has, and the name under which the city keeps it."""
    out = io.BytesIO()
    Image.new("RGB", (16, 16), (number % 256, number // 256, 7)).save(out, "PNG")
    return out.getvalue(), _keeper().attachments.keep(out.getvalue(), "image/png").name


@cache
def _keeper() -> Node:
    return Node.open(load(pack="xinyu"), clock=FrozenClock(NOW))


def bare(events: Iterable[Event] = ()) -> Node:
    """Open the same city, where people sign in, with some events."""
    config = load(pack="xinyu").model_copy(update={"sign_in": SignIn()})
    node = Node.open(config, clock=FrozenClock(NOW))
    node.append(to_table(events))
    return node


def city() -> Node:
    """Open the whole city, with files, parties and people of its grids."""
    node = bare(event for case in cases().values() for event in told(case))
    node.append(to_table(around(NOW - timedelta(hours=20))))
    for case in cases().values():
        node.attachments.keep(file_of(case.number)[0], "image/png")
        if case.team:
            party = Party(name=f"{SEALED}-{case.number}", phone=f"1390000{case.number:04}")
            SealedParties(node.registry).keep(case.id, Parties(parties=(party,)))
    for grid in grids():
        node.warehouse.write(f"insert into staff values ('S-{grid}', '{grid}', 'gridworker', '钱龘齉', true)")
    node.start()
    return node


def only(numbers: Iterable[int], *, with_places: bool) -> Node:
    """Open a city that has nothing but some cases; a drill's are life here."""
    chosen = [msgspec.structs.replace(event, exercise=False) for n in numbers for event in told(cases()[n])]
    places = list(around(NOW - timedelta(hours=20))) if with_places else []
    return bare([*chosen, *places])
