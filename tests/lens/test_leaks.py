"""No role, through no door, is told of a row outside its scope or of a person it may not see."""

from __future__ import annotations

import io
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from dashboard.gateway import Gateway
from pipelines.contract.asking import Asking
from pipelines.contract.filter import Filter
from pipelines.contract.roles import ROLES, may
from pipelines.contract.scope import Scope, Viewer
from pipelines.errors import CitybrainError, ScopeError
from pipelines.metrics import definition
from pipelines.views import catalogue
from tests.lens.planted import NOW, PERSONAL, TAG, UNITS, city, grids, is_open, load_tree, tag, whose

CASES = 96
SCREENS = (None, "wall", "desk", "tablet", "pocket", "analyst")
PERIOD = {"start": NOW - timedelta(days=3), "end": NOW}
tried: Counter[str] = Counter()


@pytest.fixture(autouse=True, scope="module")
def told() -> Iterator[None]:
    yield
    print(f"\n{sum(tried.values())} tries, 0 leaks: {dict(tried)}")  # noqa: T201
    city().close()
    city.cache_clear()


@cache
def path(area: str) -> frozenset[str]:
    """Return an area and all it lies in, without the code under test."""
    areas, found = load_tree().areas, set()
    at: str | None = area
    while at:
        found.add(at)
        at = areas[at].parent
    return frozenset(found)


@cache
def places() -> tuple[str, ...]:
    """Return the areas that are asked for: the city, those of the cases and all around them."""
    return tuple(sorted(set().union(*(path(grid) for grid in grids()))))


@cache
def asked_for() -> tuple[str, ...]:
    """Return few areas that are asked for again and again: one grid with all around it, another grid, its county."""
    other = grids()[-1]
    return (*sorted(path(grids()[0])), other, load_tree().children[load_tree().root.id][1])


@cache
def gateway() -> Gateway:
    """Open the door; what was answered once for an area and lens is not counted again."""
    node = city()
    for name in ("ask", "ask_case", "similar", "metric", "passport"):
        setattr(node, name, _once(getattr(node, name)))
    for name in ("page", "search", "usual", "hands"):
        setattr(node.desk, name, _once(getattr(node.desk, name)))
    return Gateway(node)


def _once(work: Callable[..., Any]) -> Callable[..., Any]:
    known: dict[str, Any] = {}

    def asked(*values: Any) -> Any:
        key = repr(values)
        if key not in known:
            known[key] = work(*values)
        return known[key]

    return asked


@dataclass
class Look:
    """One viewer's tries."""

    viewer: Viewer
    seen: dict[tuple[str, str], str] = field(default_factory=dict)

    def admitted(self, area: str) -> bool:
        return bool(path(area) & self.viewer.scope.areas)

    def visible(self, area: str | None = None) -> list[int]:
        """Return the cases that the viewer may see, in an area."""
        unit = self.viewer.scope.unit
        return [
            number for number in range(CASES)
            if self.admitted(whose(number)[0]) and (area is None or area in path(whose(number)[0]))
            and unit in (None, whose(number)[1])
        ]  # fmt: skip

    def try_(self, door: str, area: str | None, capability: str, work: Callable[[], Any]) -> Any:
        """Ask at a door; whatever comes back must be the viewer's, and nothing must where it has no business."""
        tried[door] += 1
        allowed = may(self.viewer.roles, capability) or (
            capability == "see" and door == "view" and "guest" in self.viewer.roles
        )
        allowed = allowed and (area is None or self.admitted(area))
        found, error = None, None
        try:
            found = work()
        except CitybrainError as raised:
            error = raised
        if error:
            self.check(str(error), area, door)
            assert allowed is not isinstance(error, ScopeError), (door, self.viewer, area, error)
            return None
        assert allowed, (door, self.viewer, area)
        self.check(found if isinstance(found, str) else text(found), area, door)
        return found

    def check(self, said: str, area: str | None, door: str) -> None:
        for place, unit in TAG.findall(said):
            grid = grids()[int(place)]
            assert self.admitted(grid), (door, self.viewer, grid)
            assert area is None or area in path(grid), (door, self.viewer, area, grid)
            assert self.viewer.scope.unit in (None, UNITS[int(unit)]), (door, self.viewer, unit)
        if self.viewer.lens.masked:
            assert not (found := PERSONAL.search(said)), (
                door,
                self.viewer,
                found,
                said[max(0, found.start() - 80) : found.end() + 40],
            )


def text(found: Any) -> str:
    return json.dumps(found, default=str, ensure_ascii=False)


def in_file(content: bytes, form: str) -> str:
    if form == "csv":
        return content.decode("utf-8-sig")
    if form == "xlsx":
        sheets = load_workbook(io.BytesIO(content), read_only=True)
        return "\n".join(str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row)
    table = pq.read_table(io.BytesIO(content))
    return text(table.to_pylist()) + str(table.schema.metadata)


viewers = st.builds(
    lambda role, areas, unit, screen: Viewer("looker", frozenset({role}), Scope(frozenset(areas), unit), screen=screen),
    st.sampled_from(sorted(ROLES)),
    st.integers(0, 2**32).map(
        lambda seed: random.Random(seed).sample(places() if seed % 2 else asked_for(), 1 + seed % 3)
    ),
    st.sampled_from((None, None, *UNITS)),
    st.sampled_from(SCREENS),
)


@given(viewers, st.randoms(use_true_random=False))
@settings(
    max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, phases=[Phase.generate]
)
def test_nothing_of_others_leaves(viewer: Viewer, chance: random.Random) -> None:
    look = Look(viewer)
    inside = [area for area in asked_for() if look.admitted(area)]
    for area in {*inside[:1], *chance.sample(asked_for(), 2)}:
        for view in sorted(catalogue()):
            look.try_("view", area, "see", lambda view=view, area=area: gateway().ask(view, area, viewer))
        desk(look, area, chance)
        metrics(look, area)
        analysis(look, area, chance)
    one_case(look, chance)


def desk(look: Look, area: str, chance: random.Random) -> None:
    viewer, door = look.viewer, gateway()
    page = look.try_("queue", area, "see", lambda: door.queue(area, viewer, Filter(None, (), False, ""), 0, 200))
    waiting = [number for number in look.visible(area) if is_open(number)]
    if page:
        assert sum(page["totals"].values()) == len(waiting) == len(page["rows"])
    every = look.try_("search", area, "see", lambda: door.search(area, viewer, "tag-", 200))
    assert every is None or len(every) == len(look.visible(area))
    number = chance.randrange(CASES)
    for words in ("龘齉", f"1390000{number:04}", f"8{number:03}号", f"canary{number}@"):
        found = look.try_("search", area, "see", lambda words=words: door.search(area, viewer, words, 200))
        assert not found or not viewer.lens.masked, "a masked person can be asked for"
    look.try_("hands", area, "see", lambda: door.hands(area, viewer, 114.9, 27.8, 50))
    usual = look.try_("usual", area, "see", lambda: door.usual(area, viewer, tag(number)))
    assert usual is None or usual["cases"] == 0 or number in look.visible(area)


def metrics(look: Look, area: str) -> None:
    viewer, door = look.viewer, gateway()
    for name in definition.catalogue():
        look.try_("metric", area, "see", lambda name=name: door.metric(name, area, viewer, (), None, None))
        look.try_("passport", area, "see", lambda name=name: door.passport(name, area, viewer, None, None))
    whole = look.try_("metric", area, "see", lambda: door.metric("reported", area, viewer, ("unit",), *PERIOD.values()))
    assert whole is None or sum(row["value"] for row in whole) == len(look.visible(area))


def analysis(look: Look, area: str, chance: random.Random) -> None:
    viewer, door = look.viewer, gateway()
    asking = Asking(
        metric=chance.choice(("reported", "open_cases")), area=area,
        by=chance.choice(((), ("unit",), ("village", "unit"))), where=(), compare=(), start=None, end=None,
    )  # fmt: skip
    look.try_("members", area, "analyse", lambda: door.inquiries.members("unit", area, "", viewer))
    answer = look.try_("answer", area, "analyse", lambda: door.inquiries.answer(asking, "q", viewer))
    if answer:
        assert answer["rows_read"] == len(look.visible(area))
    rows = look.try_("rows", area, "analyse", lambda: door.inquiries.rows(asking, "denominator", 0, 500, "q", viewer))
    assert not rows or rows["total"] == len(rows["rows"]) <= len(look.visible(area))
    look.try_("trend", area, "analyse", lambda: door.inquiries.trend(asking, "day", None, "q", viewer))
    look.try_("proof", area, "analyse", lambda: door.inquiries.proof(asking, "q", viewer))
    form = chance.choice(("csv", "xlsx", "parquet"))
    look.try_(
        "export", area, "analyse", lambda: in_file(door.inquiries.export(asking, form, "zh", "q", viewer)[2], form)
    )


def one_case(look: Look, chance: random.Random) -> None:
    viewer, door = look.viewer, gateway()
    asked = look.try_("askable", None, "analyse", lambda: door.inquiries.askable(viewer))
    assert asked is None or asked["rows_in_marts"] == len(look.visible())
    for number in chance.sample(range(CASES), 12):
        case_id = tag(number)
        found = look.try_("case", None, "see", lambda case_id=case_id: door.cases.open(case_id, viewer))
        assert not may(viewer.roles, "see") or (found is not None) == (number in look.visible()), case_id
    near = look.try_("similar", None, "see", lambda: door.reports.similar("CG0101", 114.9, 27.8, viewer))
    assert near is None or len(near) <= len(look.visible())
