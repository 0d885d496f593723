"""Boston replayed at 600 times its pace: the wall, the desk and the phone move together and tell the truth."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import PATIENCE, Served, screens, so, until, wait

pytestmark = pytest.mark.e2e
SCREENS = ("wall", "desk", "pocket")
DATA_TIME = re.compile(r"^Data \d\d:\d\d:\d\d$")
# which screen shows which view's counts
SHOWN = {"headline": ("wall", "desk"), "areas": ("wall", "desk", "pocket"), "queue": ("desk", "pocket")}
RECORD = """() => {
    const count = (found) => Number(document.querySelector(found).textContent.replaceAll(',', ''));
    const READ = {
        headline: () => ({
            reported: count('[data-metric="reported_today"] .value'),
            open: count('[data-metric="open_cases"] .value'),
            overdue: count('[data-metric="overdue_cases"] .value'),
        }),
        areas: () => ({
            open: count('[data-count="overdue"]') + count('[data-count="due_soon"]') + count('[data-count="open"]'),
            overdue: count('[data-count="overdue"]'),
        }),
        queue: () => ({
            open: count('[data-urgency-filter="all"] .value'),
            overdue: count('[data-urgency-filter="overdue"] .value'),
        }),
    };
    window.told = {headline: {}, areas: {}, queue: {}};
    window.addEventListener('citybrain:painted', ({detail: {view, area, seq, as_of}}) => {
        const shown = {headline: '[data-metric]', areas: '[data-count]', queue: '[data-urgency-filter]'}[view];
        if (!shown || !document.querySelector(shown)) return;
        window.told[view][seq] = {as_of, ...READ[view]()};
    });
}"""
# the city as the log tells it, at each of the last positions it had at a moment: no mart, no view
TRUTH = """
    with positions as (
        select max(seq) as position from log where received_at <= timestamptz '{as_of}'
        group by received_at order by received_at desc limit 8
    ),
    cases as (
        select position, case_id, min(happened_at) filter (kind = 'case-reported') as reported_at,
            max(due_at) as due_at, bool_or(kind = 'case-closed') as closed
        from log join positions on seq <= position where case_id is not null group by all
    )
    select
        count(*) filter (not closed) as open,
        count(*) filter (not closed and due_at < timestamptz '{as_of}') as overdue,
        count(*) filter (reported_at >= date_trunc('day', timestamptz '{as_of}')) as reported
    from cases group by position
"""


@dataclass
class Story:
    """One city and the three screens that show it."""

    city: Served
    wall: Page
    desk: Page
    pocket: Page

    def page(self, name: str) -> Page:
        """Return a screen by name."""
        page: Page = getattr(self, name)
        return page

    def told(self, view: str) -> dict[str, dict[str, Any]]:
        """Return what each screen that shows a view painted, by sequence number."""
        return {name: self.page(name).evaluate(f"window.told.{view}") for name in SHOWN[view]}

    def together(self, view: str) -> dict[str, list[dict[str, Any]]]:
        """Return what all screens which show a view painted of the same round, by its moment.

        A wall sees through masks, on a channel of its own: sequence numbers tell nothing across lenses.
        """
        told = [{one["as_of"]: one for one in painted.values()} for painted in self.told(view).values()]
        shared = set(told[0]).intersection(*told[1:])
        return {as_of: [one[as_of] for one in told] for as_of in sorted(shared)}


@pytest.fixture(scope="module")
def story(browser: Browser, city: Served) -> Iterator[Story]:
    with screens(browser, city, *SCREENS) as pages:
        for page in pages:
            page.evaluate(RECORD)
        yield Story(city, *pages)
        assert [page.evaluate("window.citybrain.errors") for page in pages] == [[], [], []]


def test_every_screen_moves(story: Story) -> None:
    shown = {"wall": "[data-panel='metrics'] >> nth=0", "desk": ".queue-list", "pocket": ".task-list"}
    before = {name: story.page(name).locator(place).inner_text() for name, place in shown.items()}
    now = "window.citybrain.screen.clock.now()"
    clocks = {name: story.page(name).evaluate(now) for name in SCREENS}
    for name, place in shown.items():
        wait(lambda name=name, place=place: story.page(name).locator(place).inner_text() != before[name])  # type: ignore[misc]
        until(story.page(name), f"{now} > {clocks[name]} + 60000")
        expect(story.page(name).locator(".badge-replay")).to_have_text("回放 600×")


def test_new_cases_arrive_on_the_desk_and_the_phone(story: Story) -> None:
    before = story.city.query("select max(seq) as n from log")[0]["n"]
    newer = f"select distinct case_id from log where kind = 'case-reported' and seq > {before}"

    def shown(page: Page) -> bool:
        # asked anew each time: at this pace a case may be closed within the second
        cases = json.dumps([row["case_id"] for row in story.city.query(newer)])
        return so(page, f"{cases}.some((id) => window.citybrain.screen.stream.row('queue', id))")

    for page in (story.desk, story.pocket):
        wait(lambda page=page: shown(page))  # type: ignore[misc]


@pytest.mark.parametrize("view", SHOWN)
def test_the_screens_agree_with_each_other_and_with_the_log(story: Story, view: str) -> None:
    wait(lambda: len(story.together(view)) >= 3)
    for as_of, shown in list(story.together(view).items())[-5:]:
        assert all(one == shown[0] for one in shown), f"{view} {as_of}: {shown}"
        assert shown[0] in truths(story.city, shown[0]), f"{view} {as_of}"


def truths(city: Served, shown: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what the log said at the moment of a frame; what came in while it was computed may be in it or not."""
    names = [name for name in shown if name != "as_of"]
    told = city.query(TRUTH.format(as_of=shown["as_of"]))
    return [{"as_of": shown["as_of"]} | {name: row[name] for name in names} for row in told]


def test_the_filter_of_the_desk_shows_what_it_counts(story: Story) -> None:
    desk = story.desk
    desk.locator('[data-urgency-filter="overdue"]').click()
    until(desk, "document.querySelectorAll('.case-row:not([hidden])').length > 0")
    urgencies = desk.evaluate("[...document.querySelectorAll('.case-row')].filter(r => r.checkVisibility())"
                              ".map(r => r.dataset.urgency)")  # fmt: skip
    assert set(urgencies) == {"overdue"}
    desk.keyboard.press("/")
    desk.keyboard.type("no case is called so")
    expect(desk.locator(".queue-empty")).to_be_visible()
    desk.locator(".queue-clear").click()
    expect(desk.locator(".queue-empty")).to_be_hidden()
    expect(desk.locator('[data-urgency-filter="all"]')).to_have_attribute("aria-pressed", "true")


def test_a_case_opens_with_its_timeline(story: Story) -> None:
    # the oldest open cases stay open: the row does not leave while it is read
    row = story.city.query(
        "select case_id, title, reported_at from open_cases order by due_at nulls last, reported_at limit 1"
    )[0]
    desk = story.desk
    desk.locator(f'.case-row[data-case="{row["case_id"]}"]').click()
    expect(desk.locator(".case-title")).to_have_text(row["title"])
    expect(desk.locator(".case-id")).to_have_attribute("title", row["case_id"])
    steps = story.city.query(f"select count(*) as n from log where case_id = '{row['case_id']}'")[0]["n"]
    expect(desk.locator(".timeline .step")).to_have_count(steps)
    reported = desk.locator(".timeline .step-time").last.get_attribute("datetime")
    assert reported is not None
    asked = f"select (timestamptz '{reported}' - reported_at) < interval 1 second as same from cases"
    assert story.city.query(f"{asked} where case_id = '{row['case_id']}'")[0]["same"] is True
    desk.keyboard.press("Escape")
    expect(desk.locator(".case")).to_be_hidden()


def test_the_phone_shows_its_area(story: Story) -> None:
    pocket = story.pocket
    expect(pocket.locator(".area-here")).to_have_text("波士顿 · 全市")
    busiest = story.city.query(
        "select area_id, count(*) as n from open_cases where area_id in (select area_id from areas "
        "where level = 'township') group by all order by n desc, area_id limit 1"
    )[0]["area_id"]
    pocket.evaluate(f"window.citybrain.screen.selection.chooseArea({json.dumps(busiest)})")
    until(pocket, f"window.citybrain.painted.queue?.area === {json.dumps(busiest)}")
    names = story.city.query(f"select name_zh, name_en from areas where area_id = '{busiest}'")[0]
    expect(pocket.locator(".area-here")).to_have_text(names["name_zh"])
    places = set(pocket.locator(".task-list .row-place").all_inner_texts())
    assert {place.split(" · ")[0] for place in places} == {names["name_zh"]}
    pocket.locator(".area-button").click()
    pocket.locator(".sheet[open] .crumb").first.click()
    pocket.locator(".sheet[open] .area-use").click()
    until(pocket, "window.citybrain.painted.queue?.area === 'boston'")


def test_the_same_city_in_english(browser: Browser, city: Served) -> None:
    with screens(browser, city, *(f"{name}?lang=en" for name in SCREENS)) as pages:
        for page in pages:
            expect(page.locator("html")).to_have_attribute("lang", "en")
            expect(page.locator(".badge-replay")).to_have_text("Replay 600×")
            expect(page.locator(".fresh-data")).to_have_text(
                re.compile(r"^Data \d\d:\d\d:\d\d$"), timeout=PATIENCE * 1000
            )
            said = page.locator("#screen").inner_text().replace("中文", "")  # the way back
            assert not re.search(r"[一-鿿]", said), said
