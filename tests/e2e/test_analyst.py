"""The analyst: every number in view is what the marts say when asked another way; the address keeps the question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import sqrt
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from dashboard.commands import remote

from .conftest import SIZES, until

pytestmark = pytest.mark.e2e
Ask = Callable[[str], list[dict[str, Any]]]
AREA = "360502002"
WEEK = ("2026-11-16 00:00:00", "2026-11-20 14:32:05")
BEFORE = ("2026-11-09 00:00:00", "2026-11-13 14:32:05")
SERVED = "document.querySelectorAll('.plate[data-served], .paper[data-served]').length === 5"
STILL = f"{SERVED} && !document.querySelector('.analyst [data-state=waiting], .analyst [data-state=loading]')"
TARGET = 95.0
# answers that never come, until one gives up
SILENT = """() => {
    window.held = window.fetch;
    window.fetch = (where, how) => String(where).includes('/answer')
        ? new Promise((_, no) => how.signal.addEventListener('abort', () => no(new Error('ended')))) : held(where, how);
}"""
# what should be closed and was on time, from the columns of a case alone
DUE = """with told as (
    select *, if(extensions = 0 and reopens = 0, due_at, least(due_at, original_due_at)) as deadline,
        state in ('closed', 'evaluated', 'archived', 'reopen_requested') as ended,
        coalesce(category_group, (select parent from categories c where c.category = cases.category)) as sort,
        (select ancestor_id from area_within w join areas a on a.area_id = w.ancestor_id
            where w.area_id = cases.area_id and a.level = 'village') as village
    from cases where simulated and not exercise
), due as (
    select * from told where state not in ('rejected', 'merged', 'void', 'suspended', 'waiting_reporter')
        and (not ended or closed_at is not null) and (ended or deadline < timestamptz '2026-11-20 14:32:05+08')
        and deadline >= timestamptz '{0}+08' and deadline < timestamptz '{1}+08'
        and area_id in (select area_id from area_within where ancestor_id = '{area}')
)
"""
COUNT = "count(*) filter (coalesce(closed_at <= deadline, false)) as good, count(*) as n from due"


@pytest.fixture
def ask(still: str, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Ask the city that stands still anything, by its admin door."""
    assert still
    (folder,) = tmp_path_factory.getbasetemp().glob("still[0-9]*/var")

    def answered(sql: str) -> list[dict[str, Any]]:
        with remote.found(folder) as node:
            assert node is not None
            return list(node.query(sql).to_pylist())

    return answered


@contextmanager
def analyst(browser: Browser, url: str, query: str) -> Iterator[Page]:
    """Open the screen and wait for every part of the answer; nothing may go wrong on it."""
    width, height = SIZES["analyst"]
    page = browser.new_page(viewport={"width": width, "height": height}, accept_downloads=True)
    page.goto(f"{url}/analyst?{query}", wait_until="commit")
    until(page, STILL)
    try:
        yield page
        assert page.evaluate("window.citybrain.errors") == []
    finally:
        page.close()


def due(ask: Ask, cut: str = "", period: tuple[str, str] = WEEK, area: str = AREA) -> dict[Any, tuple[int, int]]:
    """Count what was on time of what was due, by columns."""
    by = f"{cut}, " if cut else ""
    rows = ask(DUE.format(*period, area=area) + f"select {by}{COUNT} {'group by all' if cut else ''}")
    return {tuple(row.values())[:-2]: (row["good"], row["n"]) for row in rows}


def percent(good: int, n: int) -> str:
    return f"{100 * good / n:.1f}"


def wilson(good: int, n: int) -> tuple[float, float]:
    z, p = 1.959963984540054, good / n
    middle, half = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return 100 * (middle - half) / (1 + z * z / n), 100 * (middle + half) / (1 + z * z / n)


def texts(part: Locator) -> list[str]:
    return [text.strip() for text in part.all_inner_texts()]


def asked(page: Page) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(urlsplit(page.url).query).items()}


def test_every_number_in_view_is_the_marts_own(browser: Browser, still: str, ask: Ask) -> None:
    ((good, n),) = due(ask).values()
    low, high = wilson(good, n)
    with analyst(browser, still, f"area={AREA}") as page:
        expect(page.locator(".lead-value")).to_have_text(percent(good, n))
        expect(page.locator(".lead-interval")).to_have_text(f"区间 {low:.1f} – {high:.1f} · n {n:,}")
        compared = dict(
            zip(texts(page.locator(".lead-compare dt")), texts(page.locator(".lead-compare dd")), strict=True)
        )
        bases = {"上周": due(ask, period=BEFORE), "全市": due(ask, area="360500")}
        for name, base in bases.items():
            ((was, of),) = base.values()
            assert compared[name].split()[0] == percent(was, of)
        assert compared["去年"] == "无数据"
        assert compared["目标"].split()[0] == "95.0"
        assert texts(page.locator(".fraction b")) == [f"{good:,}", f"{n:,}"]
        until(page, "document.querySelector('[data-metric=on_time_closure_rate] .finder-value').textContent !== ''")
        expect(page.locator("[data-metric=on_time_closure_rate] .finder-value")).to_have_text(percent(good, n))
        ((good_week, week),) = due(ask, period=("2026-11-14 00:00:00", WEEK[1])).values()
        told = str(page.locator(".trend-lines").get_attribute("aria-label"))
        assert told.endswith(f"11月20日 {percent(good_week, week)}%")
        _board(page, ask, n)
        _tiles(page, ask)
        assert re.search(rf"未达 · {n - good} 行", page.locator(".plate-rows .head-words").inner_text())


def _board(page: Page, ask: Ask, n: int) -> None:
    """Compare the leaderboard and the table of two dimensions, cell by cell."""
    villages, cells, sorts = due(ask, "village"), due(ask, "village, sort"), due(ask, "sort")
    rows = page.locator(".board-table .row[data-row]:not([data-row=''])")
    assert rows.count() == len(villages)
    columns = page.locator(".row-total [data-column]").evaluate_all("all => all.map(one => one.dataset.column)")
    assert texts(page.locator(".row-total .crossed")) == [
        f"{sorts[c,][1] - sorts[c,][0]}/{sorts[c,][1]}" for c in columns
    ]
    pulled = 0.0
    for row in rows.all():
        village = str(row.get_attribute("data-row"))
        good, out_of = villages[village,]
        ranked = out_of >= 10
        assert row.locator(".row-value").inner_text() == (percent(good, out_of) if ranked else "—")
        assert row.locator(".row-n").inner_text() == str(out_of)
        red = ranked and wilson(good, out_of)[1] < TARGET
        assert (row.get_attribute("data-misses") is not None) == red
        pull = (100 * good / out_of - TARGET) * out_of / n
        assert abs(float(row.locator(".bar-text").inner_text().replace("−", "-")) - pull) < 0.0051
        pulled += pull
        expected = [cells.get((village, column)) for column in columns]
        assert texts(row.locator(".crossed")) == [f"{c[1] - c[0]}/{c[1]}" if c else "—" for c in expected]
    assert abs(float(page.locator(".row-total .bar-text").inner_text().replace("−", "-")) - pulled) < 0.0051


def _tiles(page: Page, ask: Ask) -> None:
    channels = due(ask, "channel")
    names = {"网格上报": "grid", "群众上报": "public", "12345 热线": "12345", "物联感知": "iot", "上级交办": "superior"}
    tiles = page.locator(".facet")
    assert tiles.count() == len(channels)
    for tile in tiles.all():
        good, n = channels[names[tile.locator(".facet-name").inner_text()],]
        assert tile.locator(".facet-value").inner_text() == percent(good, n)
        assert tile.locator(".facet-n").inner_text() == f"n {n}"
        assert (tile.get_attribute("data-misses") is not None) == (wilson(good, n)[1] < TARGET)
        assert tile.locator("path.line-second").count() == 1


def test_a_question_is_followed_kept_and_taken_away(browser: Browser, still: str, ask: Ask) -> None:
    with analyst(browser, still, f"area={AREA}") as page:
        cell = page.locator(".row:not(.row-total) [data-shade='2']").first
        cell.click()
        until(page, "document.querySelectorAll('.few-rows tbody tr').length === 2")
        chosen = asked(page)
        cell_is = f"village = '{chosen['row']}' and sort = '{chosen['column']}'"
        wanted = f"{cell_is} and not coalesce(closed_at <= deadline, false)"
        ids = ask(DUE.format(*WEEK, area=AREA) + f"select case_id from due where {wanted}")
        assert set(texts(page.locator(".few-rows .c-case_id a"))) == {row["case_id"] for row in ids}
        page.reload(wait_until="commit")
        until(page, f"{STILL} && document.querySelectorAll('.few-rows tbody tr').length === 2")
        assert page.locator(".crossed[aria-selected=true]").count() == 1
        _period(page)
        _keys(page, ask)
        _files(page)


def _period(page: Page) -> None:
    """Drag three days, move them by a key, go back twice."""
    words = page.locator("[data-menu=period] .tool-words")
    box = page.locator(".trend-picture").bounding_box()
    assert box
    page.mouse.move(box["x"] + 120, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 150, box["y"] + 60, steps=3)
    page.mouse.up()
    until(page, STILL)
    dragged = words.inner_text()
    page.keyboard.press("ArrowRight")
    until(page, STILL)
    assert words.inner_text() not in (dragged, "本周 11.16 – 11.20")
    page.go_back()
    expect(words).to_have_text(dragged)
    page.go_back()
    expect(words).to_have_text("本周 11.16 – 11.20")
    until(page, STILL)


def _keys(page: Page, ask: Ask) -> None:
    """Find a metric by its initials, drill by arrows, come up again, turn the table."""
    page.keyboard.press("m")
    page.keyboard.type("zbs")
    page.keyboard.press("Enter")
    until(page, f"{STILL} && document.querySelector('.paper-title').textContent === '在办数'")
    (known,) = ask(
        f"select count(*) as n from cases where simulated and not exercise and is_open and area_id in"
        f" (select area_id from area_within where ancestor_id = '{AREA}')"
    )
    expect(page.locator(".lead-value")).to_have_text(str(known["n"]))
    assert page.locator(".rank-whisker").count() == 0
    page.locator(".row:not(.row-total)[data-row]").first.focus()
    page.keyboard.press("ArrowDown")
    row = asked(page)["row"]
    page.keyboard.press("Enter")
    until(page, f"{STILL} && new URLSearchParams(location.search).get('area') === '{row}'")
    page.keyboard.press("Backspace")
    until(page, f"{STILL} && new URLSearchParams(location.search).get('area') === '{AREA}'")
    page.keyboard.press("p")
    expect(page.locator(".plate-board")).to_have_attribute("data-view", "pivot")
    until(page, STILL)


def _files(page: Page) -> None:
    for form, begins in {"csv": b"\xef\xbb\xbf", "xlsx": b"PK", "parquet": b"PAR1", "png": b"\x89PNG"}.items():
        with page.expect_download() as saved:
            page.click(f"[data-file={form}]")
        assert saved.value.path().read_bytes().startswith(begins), form


def test_a_slow_question_is_cancelled_and_a_failed_one_tried_again(browser: Browser, still: str) -> None:
    with analyst(browser, still, f"area={AREA}&lang=en") as page:
        value = page.locator(".lead-value").inner_text()
        page.evaluate(SILENT)
        page.click("[data-metric=closure_rate]")
        expect(page.locator(".asking")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(".asking")).to_be_hidden()
        expect(page.locator(".lead-value")).to_have_text(value)
        refused = (
            '{"refused": "bad_question", "values": {}, "message": "the disk is full", "detail": "the disk is full"}'
        )
        page.evaluate(f"window.fetch = async () => new Response('{refused}', {{status: 400}})")
        page.click("[data-metric=filing_rate]")
        note = page.locator(".plate-lead .plate-note")
        expect(note).to_contain_text("the disk is full")
        expect(page.locator(".lead-value")).to_have_text(value)
        page.evaluate("window.fetch = window.held")
        note.locator("button").click()
        expect(note).to_be_hidden()
        expect(page.locator(".lead-value")).not_to_have_text(value)
