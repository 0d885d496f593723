"""A city in which every row says whose it is, and every personal column holds a string found nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from pipelines.config import load
from pipelines.contract.areas import AreaTree
from pipelines.contract.events import (
    CaseClosed,
    CaseDispatched,
    CaseFiled,
    CaseHandled,
    CaseRated,
    CaseReported,
    CaseReturned,
    CaseSuspended,
    CaseUrged,
    Event,
    GridVisited,
    SafetyBreached,
    SafetyStageReached,
    to_table,
)  # fmt: skip
from pipelines.contract.time import FrozenClock
from pipelines.geography import Geography
from pipelines.node import Node

NOW = datetime(2026, 3, 4, 6, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
UNITS = ("U001", "U002", "U003")
TAG = re.compile(r"tag-(\d+)-(\d+)-\d+q")
PERSONAL = re.compile(r"139[0-9 -]{0,2}\d{4}[ -]?\d{4}|龘齉|36050219900101|8\d{3}号|canary(?!@\*)|77\d{2}室")
"""Full mobile numbers, given names, identity cards, house and flat numbers, actors and mail as they were planted."""


@cache
def city() -> Node:
    """Open the city."""
    node = Node.open(load(pack="xinyu"), clock=FrozenClock(NOW))
    node.append(to_table(event for number in range(96) for event in life(number, NOW - 30 * HOUR)))
    node.append(to_table(around(NOW - 20 * HOUR)))
    for grid in grids():
        node.warehouse.write(f"insert into staff values ('S-{grid}', '{grid}', 'gridworker', '钱龘齉', true)")
    return node


@cache
def grids() -> tuple[str, ...]:
    """Return eight grids: two of one village, others of its township, of its county, of the other counties."""
    tree = load_tree()
    found: list[str] = []
    for county in tree.children[tree.root.id]:
        for township in tree.children.get(county, ())[:3]:
            village = next(v for v in tree.children[township] if tree.children.get(v))
            found += tree.children[village][:2] if not found else tree.children[village][:1]
    return tuple(found[:8])


@cache
def load_tree() -> AreaTree:
    """Return the city's areas."""
    return Geography.load(load(pack="xinyu")).tree


def whose(number: int) -> tuple[str, str]:
    """Return the grid and the unit of a case."""
    return grids()[number % len(grids())], UNITS[number // len(grids()) % len(UNITS)]


def tag(number: int) -> str:
    """Return what a case's rows are known by."""
    return f"tag-{number % len(grids())}-{number // len(grids()) % len(UNITS)}-{number}q"


def is_open(number: int) -> bool:
    return number // 24 % 2 == 0


def words(number: int) -> str:
    """Return a person in free words: name, mobile, identity card, house, flat, mail."""
    return (
        f"王龘齉先生 1390000{number:04} 36050219900101{number:04} 仙来大道8{number:03}号77{number % 100:02}室 "
        f"canary{number}@mail.example"
    )


def life(number: int, start: datetime) -> Iterator[Event]:
    """Yield a case's events: half of the cases stay open, past due or not, some hung up, sent back, urged."""
    area, unit = whose(number)
    name = tag(number)
    kinds = iter(range(99))

    def told(hours: float) -> dict[str, Any]:
        return {
            "id": f"{name}:{next(kinds)}", "happened_at": start + hours * HOUR + number * timedelta(seconds=1),
            "received_at": start, "source": "test", "area_id": area, "case_id": name, "simulated": True,
            "actor": f"canary-actor-{number}",
        }  # fmt: skip

    due = start + (20 if number % 3 else 80) * HOUR
    yield CaseReported(
        **told(0), category=("CG0101", "CG0102", "MD0101")[number % 3], channel="grid", lon=114.9, lat=27.8,
        priority="urgent" if number % 2 else "normal", title=f"{name} {words(number)}", address=words(number),
    )  # fmt: skip
    yield CaseFiled(**told(1), due_at=due)
    yield CaseDispatched(**told(2), unit_id=unit)
    yield CaseReturned(**told(3), reason=f"{name} {words(number)}")
    yield CaseDispatched(**told(4), unit_id=unit)
    yield CaseUrged(**told(5))
    if is_open(number):
        if number % 5 == 0:
            yield CaseSuspended(**told(6), reason=f"{name} {words(number)}", resume_at=due)
        return
    yield CaseHandled(**told(7))
    yield CaseClosed(**told(8), reason=f"{name} {words(number)}")
    yield CaseRated(**told(9), rating=5)


def around(start: datetime) -> Iterator[Event]:
    """Yield what belongs to no case: a round and safety creation."""
    for number, grid in enumerate(grids()):
        shared: dict[str, Any] = {
            "happened_at": start, "received_at": start, "source": "test", "simulated": True,
            "actor": f"canary-actor-{number}",
        }  # fmt: skip
        village = load_tree().areas[grid].parent
        yield GridVisited(id=f"visit-{grid}", area_id=grid, **shared)
        yield SafetyStageReached(
            id=f"stage-{grid}", area_id=village, year=2026, batch="first", stage="declared", **shared
        )
        yield SafetyBreached(id=f"breach-{grid}", area_id=village, year=2026, reason="major-accident", **shared)
