"""The one map: down and up five levels, searched, drawn on, crowded, without WebGL, over streets from a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from .conftest import until
from .tiny_tiles import archive

pytestmark = pytest.mark.e2e
DRAWN = """document.querySelector(".map[data-ready]") && citybrain.areaMap?.marked
    && citybrain.screen.areaRow(citybrain.screen.page.rootArea)"""
MAP = "citybrain.areaMap"
AREA = "citybrain.screen.selection.area"
SHADED = """ids => ids.map(id => [id, citybrain.map.getFeatureState(
    {source: `areas-${citybrain.screen.geography.areas[id].level}`, id}).value])"""
CROWD = """() => { const map = citybrain.areaMap, middle = citybrain.screen.geography.areas['360502'];
    const rows = [...Array(900)].map((_, at) => ({case_id: `c${at}`, urgency: at % 100 ? 'open' : 'overdue',
        lon: middle.lon + (at % 30) / 300, lat: middle.lat + Math.floor(at / 30) / 300}));
    map.canvas.placeAll(rows); map.canvas.crowd(true) }"""
GATHERED = """() => { const crowds = citybrain.map.queryRenderedFeatures({layers: ['clusters']});
    const alone = citybrain.map.queryRenderedFeatures({layers: ['cases']});
    const overdue = crowds.reduce((sum, c) => sum + c.properties.overdue, 0);
    return [crowds.length, overdue + alone.filter(c => c.properties.urgency === 'overdue').length] }"""
UNDER = """(area => { const { canvas } = citybrain.areaMap, { geography } = citybrain.screen;
    const { lon, lat } = geography.areas[area];
    const found = canvas.at(canvas.project([lon, lat])).area;
    return !citybrain.map.isMoving() && found && geography.within(found, area) })('%s')"""
SWIPE = """() => { const map = document.querySelector('.map'), { left, top } = map.getBoundingClientRect();
    const touch = x => new Touch({identifier: 1, target: map, clientX: left + x, clientY: top + 80});
    const tell = (type, x) => map.dispatchEvent(new TouchEvent(type,
        {touches: type === 'touchstart' ? [touch(x)] : [], changedTouches: [touch(x)], bubbles: true}));
    tell('touchstart', 8); tell('touchend', 160) }"""
Open = Callable[..., Page]


@pytest.fixture
def opened(painter: Browser, still: str) -> Iterator[Open]:
    pages: list[Page] = []

    def show(path: str, size: tuple[int, int] = (1440, 900), before: Callable[[Page], None] | None = None) -> Page:
        page = painter.new_page(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
        pages.append(page)
        if before:
            before(page)
        page.goto(still + path)
        until(page, DRAWN)
        return page

    yield show
    for page in pages:
        assert page.evaluate("citybrain.errors") == []
        page.close()


def at(page: Page, area: str) -> tuple[float, float]:
    """Where on the page the middle of an area is."""
    box = page.locator(".map-canvas").first.bounding_box()
    assert box is not None
    place = f"(({{lon, lat}}) => {MAP}.canvas.project([lon, lat]))(citybrain.screen.geography.areas['{area}'])"
    point = page.evaluate(f"(p => [p.x, p.y])({place})")
    return box["x"] + point[0], box["y"] + point[1]


def chosen(page: Page) -> str:
    return str(page.evaluate(AREA))


def test_the_map_leads_down_five_levels_and_up_again(opened: Open) -> None:
    page = opened("/desk")
    assert page.evaluate(f"{MAP}.canvas.level") in {"township", "village"}
    page.locator('[data-layer="cases"]').click()
    page.wait_for_timeout(400)
    page.mouse.move(*at(page, "360521"))
    row = page.evaluate("citybrain.screen.areaRow('360521')")
    said = f"分宜县 · 在办 {row['open']} · 超期 {row['overdue']} · 今日上报 {row['reported_today']}"
    expect(page.locator(".map-card")).to_have_text(said)
    page.mouse.click(*at(page, "360521"))
    assert chosen(page) == "360521"
    levels = ["county"]
    for _ in range(3):
        page.wait_for_timeout(400)
        inside = page.evaluate(f"citybrain.screen.geography.children({AREA})[0]")
        until(page, UNDER % inside)
        page.mouse.click(*at(page, inside))
        until(page, f"{AREA} === '{inside}'")
        levels.append(page.evaluate(f"citybrain.screen.geography.areas[{AREA}].level"))
    assert levels == ["county", "township", "village", "grid"]
    assert page.evaluate(f"{MAP}.canvas.level") == "grid"
    for level in ["village", "township", "county", "city"]:
        page.locator(".maplibregl-canvas").first.focus()
        page.keyboard.press("Backspace")
        assert page.evaluate(f"citybrain.screen.geography.areas[{AREA}].level") == level


def test_every_display_shades_an_area_alike(opened: Open) -> None:
    desk, wall = opened("/desk"), opened("/wall?room=none", (3840, 1080))
    scales = [
        page.evaluate("['village', 'grid'].map(l => citybrain.screen.shade.way(l).breaks)") for page in (desk, wall)
    ]
    assert scales[0] == scales[1]
    rows = desk.evaluate("[...citybrain.areaMap.rows.values()].filter(r => r.level === 'village')")
    shaded = dict(desk.evaluate(SHADED, [row["area_id"] for row in rows]))
    assert shaded == {row["area_id"]: pytest.approx(row["per_thousand"]) for row in rows}
    assert rows
    expect(wall.locator(".inset-title").first).to_have_text(re.compile(r"^中心城区 · \d+ 网格$"))
    assert len(wall.evaluate("citybrain.areaMap.canvases.map(c => c.level)")) == 2
    expect(wall.locator(".map-credit").first).to_have_text("© 天地图")


def test_a_place_is_found_by_initials_and_flown_to(opened: Open) -> None:
    page = opened("/desk")
    find = page.get_by_role("button", name="查找地点")
    find.focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("combobox", name="查找地点")
    expect(box).to_be_focused()
    page.keyboard.type("cbjd")
    expect(page.locator(".place").first).to_contain_text("城北街道", timeout=20_000)
    expect(box).to_have_attribute("aria-activedescendant", "place-0")
    page.keyboard.press("Enter")
    assert page.evaluate(f"citybrain.screen.geography.areas[{AREA}].name_zh") == "城北街道"
    expect(page.locator("[data-announcer]")).to_contain_text("城北街道")
    cameras = page.locator('[data-layer="cameras"]')
    expect(cameras).to_have_attribute("aria-pressed", "true")
    shown = page.evaluate("citybrain.map.getSource('points-cameras').serialize().data.features.length")
    expect(cameras.locator(".value")).to_have_text(str(shown))
    cameras.click()
    assert page.evaluate("citybrain.map.getLayoutProperty('points-cameras', 'visibility')") == "none"
    for words in ("chengbei jiedao", "Chengbei Sub"):
        find.click()
        box.fill(words)
        expect(page.locator(".place").first).to_contain_text("城北街道", timeout=20_000)
        page.keyboard.press("Escape")
        expect(box).to_be_hidden()


def test_what_is_drawn_around_is_listed(opened: Open) -> None:
    page = opened("/desk")
    page.locator(".map-pen").click()
    box = page.locator(".map-canvas").first.bounding_box()
    assert box is not None
    x, y, right, low = box["x"] + 2, box["y"] + 130, box["x"] + box["width"] - 60, box["y"] + box["height"] - 90
    for corner in ((x, y), (right, y), (right, low), (x, low)):
        page.mouse.click(*corner)
        page.wait_for_timeout(50)
    page.keyboard.press("Enter")
    inside = page.evaluate("citybrain.areaMap.marks.size")
    said = page.locator(".drawn-said")
    expect(said).to_have_text(re.compile(r"^圈内在办 \d+ 件$"))
    counted = [int(text) for text in page.locator(".drawn-count [data-drawn]").all_inner_texts()]
    assert 0 < sum(counted) <= inside
    page.locator(".drawn-row").first.click()
    assert page.evaluate("citybrain.screen.selection.case")
    page.locator(".drawn-clear").click()
    expect(said).to_be_hidden()
    # by keys alone: the chosen area is the shape
    page.locator(".map-pen").focus()
    page.keyboard.press("Enter")
    page.locator(".drawn-area").focus()
    page.keyboard.press("Enter")
    expect(said).to_have_text(f"圈内在办 {inside} 件")


def test_a_crowd_hides_no_overdue_case(opened: Open) -> None:
    page = opened("/desk")
    page.evaluate(CROWD)
    until(page, f"({GATHERED})()[0] > 0 && ({GATHERED})()[1] === 9")
    crowds = page.evaluate(GATHERED)[0]
    assert crowds < 900


def test_without_webgl_the_map_is_lines_and_a_list(opened: Open) -> None:
    page = opened("/desk?map=svg")
    cases = page.evaluate("[...citybrain.areaMap.marks.values()].filter(r => r.lon !== null).length")
    expect(page.locator(".plain-marks path")).to_have_count(cases)
    inside = page.get_by_role("navigation", name="下级区域").get_by_role("button")
    expect(inside).to_have_count(2)
    inside.first.focus()
    page.keyboard.press("Enter")
    assert chosen(page) == "360502"
    expect(inside).to_have_count(24)
    page.locator(".plain-marks .plain-overdue").last.dispatch_event("click")
    until(page, "citybrain.screen.selection.case")
    grey = "getComputedStyle(document.querySelector('.plain-areas path')).fill"
    assert page.evaluate(grey).startswith("rgb")


def test_streets_come_from_a_file_of_this_machine(opened: Open) -> None:
    file = archive(20, 90, 40)
    ranges: list[str] = []

    def part(route: Route) -> None:
        asked = route.request.headers.get("range", "")
        ranges.append(asked)
        begin, end = (int(n) for n in re.findall(r"\d+", asked))
        bounds = {"Content-Range": f"bytes {begin}-{min(end, len(file) - 1)}/{len(file)}"}
        route.fulfill(status=206, body=file[begin : end + 1], headers=bounds)

    def with_basemap(route: Route) -> None:
        answer = route.fetch()
        index: dict[str, Any] = answer.json() | {"basemap": True, "credits": ["天地图", "街道图"]}
        route.fulfill(response=answer, json=index)

    def beneath(page: Page) -> None:
        page.route("**/geo/index.json*", with_basemap)
        page.route("**/geo/basemap.pmtiles", part)

    page = opened("/desk", before=beneath)
    until(page, "citybrain.map.isSourceLoaded('basemap')")
    assert ranges
    assert page.evaluate("citybrain.map.getStyle().layers.map(l => l.id).indexOf('basemap')") == 1
    expect(page.locator(".map-credit").first).to_have_text("© 天地图 · 街道图")


def test_a_finger_selects_before_it_enters_and_swipes_up(painter: Browser, still: str) -> None:
    context = painter.new_context(viewport={"width": 1366, "height": 1024}, has_touch=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{still}/tablet")
    until(page, DRAWN)
    page.evaluate(f"{MAP}.canvas.toggle('cases', false)")
    page.wait_for_timeout(400)
    place = at(page, "360521")
    page.touchscreen.tap(*place)
    expect(page.locator(".map-card")).to_contain_text("分宜县")
    assert chosen(page) == "360500"
    page.wait_for_timeout(400)
    page.touchscreen.tap(*place)
    until(page, f"{AREA} === '360521'")
    page.evaluate(SWIPE)
    until(page, f"{AREA} === '360500'")
    assert page.evaluate("citybrain.errors") == []
    context.close()
