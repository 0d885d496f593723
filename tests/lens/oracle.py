"""Who may see what, written from the domain's own table of roles, without any code that decides it in the product."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tests.lens.planted import PERSONAL, TAG, UNITS, grids, load_tree
from tests.lens.world import DISPUTED, SEALED, Case, cases

SEE = frozenset(
    {"grid_worker", "duty_officer", "dispatcher", "shift_lead", "unit_handler", "unit_head", "checker", "inspector",
     "mediator", "leader", "wall_director", "analyst", "wall"}
)  # fmt: skip
NO_PERSON = frozenset({"wall_director", "analyst", "wall", "guest", "reporter"})
"""`no personal data`, `persons masked`, `masked: can never fetch a personal column`."""
NO_CASES = frozenset({"system_admin", "security_admin", "auditor", "warning_service", "guest"})
OF_UNITS = ("unit_handler", "unit_head")
SOMETIMES_OF_UNITS = ("duty_officer", "checker")
DRILL = SEE - {"mediator", "analyst", "wall_director"}
ANALYSE = frozenset({"duty_officer", "dispatcher", "shift_lead", "inspector", "leader", "analyst"})
LIFE = re.compile(r'"(?:visit|stage|breach)[-:]36\d+|major-accident')
"""What was planted outside of cases: rounds, stages and breaches of villages."""
REFERENCE = re.compile(r'"(?:parent_id|child_id)": ?"tag-[^"]*"')
"""The bare id of a case that another one follows or leads to: nothing is told of it."""


@dataclass(frozen=True)
class Person:
    """Somebody at a door: what the domain knows of them."""

    user: str
    role: str
    areas: frozenset[str]
    unit: str | None = None
    exercise: bool = False
    on_wall: bool = False
    case: int | None = None
    """the one case a reporter's link is bound to"""

    @property
    def masked(self) -> bool:
        return self.role in NO_PERSON or self.on_wall

    @property
    def drills(self) -> bool:
        """Tell whether life or a drill answers: who takes no part in a drill is told nothing of one."""
        return not self.exercise or self.role in DRILL or self.case is not None

    def within(self, area: str) -> bool:
        return bool(path(area) & self.areas)

    def sees(self, case: Case) -> bool:
        if self.case is not None:
            return case.number == self.case
        return (
            self.role in SEE | {"guest"} and self.within(case.grid) and self.unit in (None, *case.units)
            and self.exercise == case.exercise and self.drills
        )  # fmt: skip

    def opens(self, case: Case) -> bool:
        """Tell whether somebody sees a case by itself: guests see what their room shows, no more."""
        return self.sees(case) and self.role != "guest"

    def of_team(self, case: Case) -> bool:
        return self.opens(case) and self.user in case.team and not self.masked

    def visible(self, area: str | None = None) -> list[Case]:
        """Return every case that this person may see, in an area."""
        return [case for case in cases().values() if self.sees(case) and (area is None or area in path(case.grid))]

    def leaks(self, said: str, area: str | None = None) -> str | None:
        """Return what an answer tells that it must not."""
        for found in TAG.finditer(REFERENCE.sub("", said)):
            case = cases()[int(found[0].split("-")[3][:-1])]
            if not self.sees(case):
                return f"of case {case.number}: {said[max(0, found.start() - 60) : found.end() + 60]}"
            if area is not None and area not in path(case.grid):
                return f"of case {case.number}, which is not in {area}"
        if self.masked and (person := PERSONAL.search(said)):
            return f"of a person: {said[max(0, person.start() - 60) : person.end() + 40]}"
        if self.exercise and (life := LIFE.search(said)):
            return f"of life in a drill: {life[0]}"
        if SEALED in said and not any(self.of_team(case) for case in cases().values()):
            return "of sealed parties"
        return None


@cache
def path(area: str) -> frozenset[str]:
    """Return an area and all it lies in."""
    parent = load_tree().areas[area].parent
    return frozenset({area}) | (path(parent) if parent else frozenset())


def places() -> tuple[str, str, str]:
    """Return where people work: the city, a village with two of the grids, a grid of another county."""
    village = load_tree().areas[grids()[0]].parent or ""
    return load_tree().root.id, village, grids()[-1]


def villages() -> tuple[str, str]:
    """Return the villages of the first and of the last grid."""
    return places()[1], load_tree().areas[grids()[-1]].parent or ""


def people() -> Iterator[Person]:
    """Yield people of every role, in places and units by turns, most of them in life and in the drill."""
    turn = itertools.count()
    for role in sorted(SEE - {"wall"} | NO_CASES - {"guest"}):
        for unit in UNITS[:2] if role in OF_UNITS else (None, UNITS[0]) if role in SOMETIMES_OF_UNITS else (None,):
            for step, exercise in ((0, False), (1, True)):
                area = places()[(next(turn) + step) % 3]
                yield Person(f"{role}-{area}-{unit or ''}", role, frozenset({area}), unit, exercise)
    for number in DISPUTED[:2]:
        for role in ("mediator", "leader"):
            yield Person(f"{role}-{number}", role, frozenset(places()[:1]))
    for role in ("wall", "guest"):
        for area in places()[:2]:
            yield Person(f"{role}-{area}", role, frozenset({area}))
    yield Person("wall-drill", "wall", frozenset(places()[:1]), exercise=True)
    yield Person("shift_lead-wall", "shift_lead", frozenset(places()[:1]), on_wall=True)
    for number in (5, DISPUTED[2] + 100):
        yield Person(f"reporter-{number}", "reporter", frozenset(places()[:1]), case=number, exercise=number > 400)


def some(chance: random.Random, person: Person, *, seen: bool) -> Case | None:
    """Return any case that somebody opens, or one that they do not."""
    fitting = [case for case in cases().values() if person.opens(case) is seen]
    return chance.choice(fitting) if fitting else None
