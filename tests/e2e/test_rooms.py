"""Linked displays in real Chromium: a wall, a desk, a tablet and a phone, one room, every action on every display."""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from .cable import Cable
from .conftest import ROOT, until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]
SIZES = {"wall": (1920, 1080), "desk": (1440, 900), "tablet": (1180, 820), "pocket": (390, 844)}
NAMES = {"wall": "wall", "desk": "desk", "tablet": "tablet", "pocket": "phone"}
READY = "window.citybrain?.ready && citybrain.screen.room.me !== null && citybrain.screen.room.state !== null"
MAPPED = "citybrain.screen.maps.main?.panel.dataset.ready === 'true' && citybrain.screen.maps.main.marked"
ACT = """([action, values]) => citybrain.screen.room.act(action, values)
    .then(({seq}) => seq, ({code, reason}) => `${code}: ${reason}`)"""
SECONDS_CUT = float(os.environ.get("ROOMS_CUT_SECONDS", "6"))
SELECTIONS = int(os.environ.get("ROOMS_SELECTIONS", "3"))
# long enough that a selection meets no display still busy with the one before
PAUSE_MILLISECONDS = int(os.environ.get("ROOMS_PAUSE_MILLISECONDS", "300"))
SELECT = """id => {
    const at = Date.now();
    return citybrain.screen.room.act('show', {case: id}).then(() => at);
}"""
NOTED = """() => {
    window.drawn = [];
    const { selection } = citybrain.screen;
    selection.addEventListener('case', () => {
        const id = selection.case;
        requestAnimationFrame(() => requestAnimationFrame(() => window.drawn.push([id, Date.now()])));
    });
}"""
SCREEN = "citybrain.screen"
SCENE, STATE = f"{SCREEN}.room.scene", f"{SCREEN}.room.state"
WALL = "document.getElementById('screen').dataset"
COUNTY = f"{SCREEN}.geography.children({SCREEN}.page.rootArea)[0]"
REPORT = ROOT / "docs/ROOMS.md"


@dataclass
class Told:
    """What the test saw, for the report."""

    rows: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def told() -> Iterator[Told]:
    """Collect what was seen; print it, and write the page where that is asked for."""
    told = Told()
    yield told
    text = page_of(told)
    sys.stdout.write(f"\n{text}")
    if os.environ.get("ROOMS") == "write":
        REPORT.write_text(text, encoding="utf-8")


def page_of(told: Told) -> str:
    """Write down what propagated where, and how fast."""
    names = list(NAMES.values())
    lines = ["# Linked displays, seen in Chromium", ""]
    lines += ["One wall, one desk, one tablet, one phone; the desk acts. A cell says within how many milliseconds a"]
    lines += ["display was seen to show it, one looked at after the other."]
    lines += [f"The machine's load was {os.getloadavg()[0]:.0f} on {os.cpu_count()} cores.", ""]
    lines += [f"| action | {' | '.join(names)} |", "|---|" + "---|" * len(names)]
    lines += [f"| {action} | {' | '.join(cells.get(name, '–') for name in names)} |" for action, cells in told.rows]
    return "\n".join([*lines, "", *told.lines, ""])


def display(browser: Browser, stack: ExitStack, url: str, name: str, query: str = "") -> Page:
    """Open one display in a browser context of its own."""
    width, height = SIZES[name]
    context = browser.new_context(viewport={"width": width, "height": height}, has_touch=name in {"tablet", "pocket"})
    stack.callback(context.close)
    page = context.new_page()
    page.goto(f"{url}/{name}{query}", wait_until="commit")
    return page


@pytest.fixture(scope="module")
def room(browser: Browser, still: str) -> Iterator[dict[str, Page]]:
    """A wall, a desk, a tablet and a phone in one room, all following."""
    with ExitStack() as stack:
        pages = {name: display(browser, stack, still, name) for name in SIZES}
        for name, page in pages.items():
            until(page, READY, 40)
            page.evaluate("citybrain.screen.room.setFollow(true)")
            if name != "pocket":
                until(page, MAPPED, 40)
        yield pages


def act(page: Page, action: str, /, **values: object) -> int:
    """Ask something of the room; return its place in the room's order."""
    answer = page.evaluate(ACT, [action, values])
    assert isinstance(answer, int), f"{action} {values}: {answer}"
    return answer


def cases(page: Page) -> list[str]:
    """List open cases that stand on the map."""
    found: list[str] = page.evaluate(
        "[...citybrain.screen.maps.main.marks.values()].filter(row => row.lon !== null).map(row => row.case_id)"
    )
    return found


@dataclass
class Asked:
    """One action, and how a display shows it: on all alike, or on one class of screen in its own form."""

    action: str
    values: dict[str, Any]
    shown: str
    own: dict[str, str] = field(default_factory=dict)
    label: str = ""


def everything(page: Page) -> list[Asked]:
    """List every action of a room, in an order in which each has something to do."""
    return [*_looking(page), *_casting(cases(page)[0]), *_presenting(), *_drawing(_box(page)), *_rewinding()]


def _box(page: Page) -> list[float]:
    box: list[float] = page.evaluate(f"{SCREEN}.geography.boundsOf({COUNTY})")
    return box


def _looking(page: Page) -> list[Asked]:
    county, root = page.evaluate(COUNTY), page.evaluate(f"{SCREEN}.page.rootArea")
    west, south, east, north = _box(page)
    lon, lat = (west + east) / 2, (south + north) / 2
    near = [lon - 0.05, lat - 0.05, lon + 0.05, lat + 0.05]
    inside = f"(([w, s, e, n]) => w < {lon} && {lon} < e && s < {lat} && {lat} < n && e - w < 0.8)({SCREEN}.maps.box)"
    everywhere = {"area": root, "extent": None, "hidden_layers": None, "filters": None}
    area = f"{SCREEN}.selection.area"
    return [
        Asked("show", {"area": county}, f"{area} === '{county}'", label="show area"),
        Asked(
            "show",
            {"extent": near},
            f"{SCENE}.extent",
            dict.fromkeys(("wall", "desk", "tablet"), inside),
            "show map extent",
        ),
        Asked("show", {"hidden_layers": ["cases"]}, f"{SCENE}.hidden_layers?.includes('cases')", label="show layers"),
        Asked("show", {"filters": {"urgency": "overdue"}}, f"{SCENE}.filters?.urgency === 'overdue'", label="filter"),
        Asked("show", everywhere, f"{area} === '{root}' && !{SCENE}.extent", label="show all again"),
    ]


def _casting(case: str) -> list[Asked]:
    chosen = f"{SCREEN}.selection.case === '{case}'"
    line = "document.querySelector('.wall-cast').hidden"
    focus, overview = f"{WALL}.scene === 'focus' && !{line}", f"{WALL}.scene === 'overview' && {line}"
    classic, own = {"wall": f"{WALL}.layout === 'classic'"}, {"wall": f"{WALL}.layout === 'standard'"}
    pushed = {"page": "focus", "case": case, "minutes": None}
    return [
        Asked("show", {"case": case}, chosen, {"wall": f"{chosen} && {SCREEN}.selection.place"}, "show case"),
        Asked("undo", {}, f"{SCREEN}.selection.case === null"),
        Asked("push", pushed, f"{SCENE}.page === 'focus' && {STATE}.push", {"wall": focus}),
        Asked("recall", {}, f"!{STATE}.push && {SCENE}.page !== 'focus'", {"wall": overview}),
        Asked("show", {"layout": "classic"}, f"{SCENE}.layout === 'classic'", classic, "show layout"),
        Asked("show", {"layout": None}, f"!{SCENE}.layout", own, "show own layout"),
    ]


def _presenting() -> list[Asked]:
    return [
        Asked("lock", {}, f"{STATE}.presenter"),
        Asked("lead", {"on": True}, f"{STATE}.leading"),
        Asked("point", {"on": True}, f"{STATE}.pointer"),
        Asked("point", {"on": False}, f"!{STATE}.pointer", label="point no more"),
        Asked("lead", {"on": False}, f"!{STATE}.leading", label="lead no more"),
        Asked("unlock", {}, f"!{STATE}.presenter"),
    ]


def _drawing(box: list[float]) -> list[Asked]:
    corner, other = box[:2], box[2:]
    lines = "document.querySelectorAll('.map-sketch .sketch-line').length"
    marks = f"{SCREEN}.room.marks.map(({{id}}) => id).join()"
    on_map = dict.fromkeys(("wall", "desk", "tablet"), f"{lines} > 0")
    arrow = {"id": "a", "kind": "arrow", "points": [corner, other]}
    circle = {"id": "b", "kind": "circle", "points": [other, corner]}
    return [
        Asked("mark", {"mark": arrow}, f"{marks} === 'a'", on_map),
        Asked("mark", {"mark": circle}, f"{marks} === 'a,b'", label="mark again"),
        Asked("erase", {"id": "a"}, f"{marks} === 'b'"),
        Asked("clear_marks", {}, f"{marks} === '' && {lines} === 0"),
    ]


def _rewinding() -> list[Asked]:
    return [
        Asked("replay", {"at": "2026-11-20T07:40:00+08:00", "speed": 0}, f"{SCENE}.time?.mode === 'replay'"),
        Asked("live", {}, f"({SCENE}.time?.mode ?? 'live') === 'live'"),
    ]


@pytest.mark.parametrize("name", ["wall", "tablet", "pocket"])
def test_a_selection_is_drawn_by_one_display(browser: Browser, still: str, told: Told, name: str) -> None:
    """Two displays on one machine: what a display itself needs, without eight that wait for the same cores."""
    with ExitStack() as stack:
        desk, other = (display(browser, stack, still, one) for one in ("desk", name))
        for page in (desk, other):
            until(page, READY, 60)
            page.evaluate("citybrain.screen.room.setFollow(true)")
        until(desk, MAPPED, 40)
        told.lines.append(
            f"Select on the desk → drawn on the {NAMES[name]}, no other display: {spread(selected(desk, [other]))}."
        )


def test_every_action_reaches_every_display(room: dict[str, Page], told: Told) -> None:
    desk = room["desk"]
    for one in everything(desk):
        begun = time.monotonic()
        act(desk, one.action, **one.values)
        cells = {}
        for name, page in room.items():
            until(page, one.own.get(name, one.shown), 20)
            if name == "desk":
                page.evaluate("citybrain.screen.room.setFollow(true)")
            cells[NAMES[name]] = f"≤ {(time.monotonic() - begun) * 1000:.0f}"
        told.rows.append((one.label or one.action, cells))


def test_every_display_is_present_and_has_a_name(room: dict[str, Page]) -> None:
    for page in room.values():
        until(page, "new Set(citybrain.screen.room.members.map(({screen}) => screen)).size === 4", 10)
    until(room["wall"], "!document.querySelector('[data-panel=wall-presence]').hidden", 10)


def test_a_selection_is_drawn_at_once(browser: Browser, still: str, room: dict[str, Page], told: Told) -> None:
    """Eight displays; half of them free members of the room until now."""
    with ExitStack() as stack:
        more = [display(browser, stack, still, name) for name in SIZES]
        for page in more:
            until(page, READY, 60)
            page.evaluate("citybrain.screen.room.setFollow(true)")
        desk = room["desk"]
        others = [page for page in [*room.values(), *more] if page is not desk]
        spans = selected(desk, others)
    told.lines.append(f"Select on the desk → drawn on the other, 8 displays in one Chromium: {spread(spans)}.")


def selected(desk: Page, others: list[Page]) -> list[float]:
    """Select case after case, each once all have drawn the one before; return how long each display took."""
    for page in others:
        page.evaluate(NOTED)
    act(desk, "show", case=None)
    spans = []
    for case in cases(desk)[:SELECTIONS]:
        begun: float = desk.evaluate(SELECT, case)
        for page in others:
            until(page, f"window.drawn.some(([id]) => id === '{case}')", 20)
            spans += [at - begun for id_, at in page.evaluate("window.drawn") if id_ == case]
        desk.wait_for_timeout(PAUSE_MILLISECONDS)
    act(desk, "show", case=None)
    assert len(spans) == SELECTIONS * len(others), "each display drew each selection once"
    return spans


def spread(spans: list[float]) -> str:
    """Tell the middle and the worst of what was seen, and on how busy a machine."""
    p50, p99 = statistics.median(spans), sorted(spans)[int(len(spans) * 0.99)]
    load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    return f"p50 {p50:.0f} ms, p99 {p99:.0f} ms of {len(spans)} (aim ≤ 100; {load})"


@pytest.mark.parametrize("seconds", [SECONDS_CUT])
def test_a_cut_loses_and_doubles_nothing(
    browser: Browser, still: str, room: dict[str, Page], told: Told, seconds: float
) -> None:
    desk = room["desk"]
    cable = Cable(urlsplit(still).port or 80)
    with ExitStack() as stack:
        stack.callback(cable.close)
        wall = display(browser, stack, cable.url, "wall")
        until(wall, READY, 40)
        until(wall, MAPPED, 40)
        member = wall.evaluate("citybrain.screen.room.me.member")
        before = wall.evaluate("document.querySelector('.metrics .value').textContent")
        cable.cut()
        begun = time.monotonic()
        case = cases(desk)[3]
        act(desk, "show", case=case)
        for name in "pqr":
            act(desk, "mark", mark={"id": name, "kind": "ink", "points": [[114.9, 27.8], [115.0, 27.9]]})
        seq = act(desk, "erase", id="q")
        until(wall, "['stale', 'dead'].includes(document.documentElement.dataset.freshness)", 10)
        assert wall.evaluate("citybrain.screen.room.scene?.case ?? null") is None
        wall.wait_for_timeout(max(0.0, seconds - (time.monotonic() - begun)) * 1000)
        assert wall.evaluate("document.querySelector('.metrics .value').textContent") == before
        assert not wall.evaluate("document.querySelector('.banner').hidden")
        cable.mend()
        back = until(wall, f"citybrain.screen.room.seq >= {seq} && citybrain.screen.stream.open", 15)
        until(wall, "document.documentElement.dataset.freshness === 'live'", 10)
        assert wall.evaluate("citybrain.screen.room.marks.map(({id}) => id)") == ["p", "r"]
        assert wall.evaluate("citybrain.screen.selection.case") == case
        assert wall.evaluate("citybrain.screen.room.me.member") == member
        rows = "[...new Map([...citybrain.screen.maps.main.marks])].map(([id]) => id).sort().join()"
        assert wall.evaluate(rows) == desk.evaluate(rows)
        told.lines.append(
            f"\nA cut of {seconds:.0f} s: the wall keeps its picture, says so, is back after {back:.1f} s; "
            "nothing lost, nothing doubled."
        )
        act(desk, "clear_marks")
        act(desk, "show", case=None)
