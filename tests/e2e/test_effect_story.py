"""The effect on screen: the score with its parts is what the log says, each kind is evaluated apart, a row leads on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import LIVE, SIZES, until
from .test_themes import Ask, ask, texts  # noqa: F401

pytestmark = pytest.mark.e2e
NOW = "timestamptz '2026-11-20 14:32:05+08'"
CLOSED = f"""select last(happened_at order by seq) as closed_at from log where kind = 'case-closed' group by case_id
    having closed_at >= {NOW} - interval 120 days and closed_at < {NOW} - interval 30 days"""
DRAWN = f"""select count(*) filter (kind = 'recheck-passed') as passed, count(*) as looked_at from log
    where kind in ('recheck-passed', 'recheck-failed') and case_id in (
        select case_id from log where kind = 'case-closed' group by case_id
        having max(happened_at) >= {NOW} - interval 120 days and max(happened_at) < {NOW} - interval 30 days)"""


def whole(text: str) -> int:
    """Read the number in some words."""
    return int(re.sub(r"\D", "", text))


ON_ONE_LINE = """[...document.querySelectorAll('.standing-rows .standing-row')].slice(0, 30).map((row) => {
    const boxes = [...row.children].map((one) => one.getBoundingClientRect());
    const middles = boxes.map(({top, bottom}) => (top + bottom) / 2);
    return Math.max(...middles) - Math.min(...middles) < 6;
})"""


@contextmanager
def effect(browser: Browser, url: str, query: str = "") -> Iterator[Page]:
    """Open the effect and wait until it stands; nothing may go wrong on it."""
    width, height = SIZES["themes/effect"]
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(f"{url}/themes/effect{query}", wait_until="commit")
    until(page, f"{LIVE} && document.querySelector('.score-number .value').textContent !== '—'")
    try:
        yield page
        assert page.evaluate("window.citybrain.errors") == []
    finally:
        page.close()


def count(page: Page, measure: str) -> list[int]:
    """Read the numerator and denominator of a measure."""
    told = page.locator(f"[data-measure={measure}] .measure-count").inner_text().split(" · ")[0]
    return [whole(part) for part in told.split("÷")]


def test_the_score_and_its_parts_say_what_the_log_says(browser: Browser, still: str, ask: Ask) -> None:  # noqa: F811
    with effect(browser, still) as page:
        weights: list[float] = [float(word.split()[-1]) for word in texts(page, ".theme-score .measure-weight")]
        assert sum(weights) == pytest.approx(1)
        judged = len(ask(CLOSED))
        assert count(page, "kept")[1] == whole(page.locator(".theme-inside").inner_text()) == judged
        (drawn,) = ask(DRAWN)
        assert count(page, "rechecked") == [drawn["passed"], drawn["looked_at"]]
        parts = [count(page, name) for name in ("fixed", "rechecked", "satisfied", "kept", "on_time")]
        expected = sum(100 * w * good / of for w, (good, of) in zip(weights, parts, strict=True))
        shown = float(page.locator(".score-number .value").inner_text())
        assert shown == pytest.approx(expected, abs=0.06)
        assert page.locator(".draw-row").count() == 8


def test_each_kind_is_evaluated_apart_and_a_row_leads_on(browser: Browser, still: str) -> None:
    with effect(browser, still) as page:
        rows = ".standing-rows .standing-row"
        places = [[whole(p) for p in text.split("–")] for text in texts(page, f"{rows} > :nth-child(4)")]
        assert len(places) > 30
        assert all(one[0] <= one[-1] for one in places)
        assert places == sorted(places, key=lambda one: (one[0], one[-1]))
        assert min(whole(n) for n in texts(page, f"{rows} > :nth-child(5)")) >= 10
        for kind in ("handler", "collector"):
            page.click(f".kinds [data-choice={kind}]")
            expect(page.locator(".standing-title")).to_have_text({"handler": "岗位", "collector": "采集员"}[kind])
            expect(page.locator(f"{rows} .row-of").first).to_have_text(re.compile(r"[局街区处队网格]"), timeout=20_000)
            assert set(page.evaluate(ON_ONE_LINE)) == {True}
        page.click(".kinds [data-choice=area]")
        expect(page.locator(rows)).to_have_count(2)
        page.click(f"{rows} >> nth=0")
        expect(page.locator(".path .crumb")).to_have_count(2)
        page.click(".kinds [data-choice=unit]")
        address: Any = page.locator(rows).first.get_attribute("href")
        assert "metric=effect_score" in address
        assert "where=unit" in address
        page.goto(f"{still}{address}")
        until(page, f"{LIVE} && /\\d/.test(document.querySelector('.lead-value')?.textContent ?? '')")
