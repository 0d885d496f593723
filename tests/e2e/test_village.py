"""A village of the year's plan by the hands of a city: put forward, warned, kept, its name removed by two people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import Served, until
from .test_closed_loop import Centre, xinyu

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]
__all__ = ["xinyu"]
SCREEN = "themes/safety-creation"
NAMED = "select area_id from safety_creation where stage = 'named' and breaches = rectified order by area_id limit 1"
RUNNING = "select area_id from safety_creation where stage = 'county_check' order by area_id limit 1"


@pytest.fixture(scope="module")
def centre(browser: Browser, xinyu: Served) -> Iterator[Centre]:
    with ExitStack() as stack:
        yield Centre(browser, xinyu, stack)


def look(centre: Centre, role: str, village: str) -> Page:
    """Sit somebody down before a village's card."""
    page = centre.page(role, SCREEN)
    page.goto(f"{centre.city.url}/{SCREEN}?village={village}")
    until(
        page, "!document.querySelector('.village-hands')?.hidden && document.querySelectorAll('.hands-not li').length"
    )
    return page


def act(page: Page, command: str, **fields: str) -> None:
    """Press a command on the card, fill its form, send it, read that it was done."""
    page.locator(f".village-hands .act-row [data-command={command}]").click()
    form = page.locator(f".village-hands form[data-command={command}]")
    for name, value in fields.items():
        form.locator(f"[name={name}]").fill(value)
    form.locator(".command-send").click()
    expect(page.locator(".hands-said")).not_to_be_empty(timeout=20_000)


def at(page: Page, stage: str) -> None:
    expect(page.locator(".village-way [aria-current=step] .way-name")).to_have_text(stage, timeout=20_000)


def why_not(page: Page, command: str) -> str:
    return page.locator(f".hands-not [data-command={command}] span").text_content() or ""


def test_a_village_is_put_forward_and_the_next_step_is_another_s(centre: Centre) -> None:
    (row,) = centre.city.query(RUNNING)
    lead = look(centre, "shift_lead", row["area_id"])
    assert why_not(lead, "self_check") == "现在“县级核验”，可在“候选”时办理"
    act(lead, "withdraw", reason="村改居合并")
    act(lead, "nominate")
    at(lead, "候选")
    act(lead, "self_check")
    at(lead, "自查")
    assert why_not(lead, "review") == "上一步是你办的，须由他人核"


def test_a_name_is_warned_of_kept_and_removed_by_two(centre: Centre) -> None:
    (row,) = centre.city.query(NAMED)
    village = row["area_id"]
    inspector, lead = look(centre, "inspector", village), look(centre, "shift_lead", village)
    act(inspector, "warn", reason="消防通道长期堵塞")
    at(lead, "警示")
    act(lead, "rectify")
    at(inspector, "整改")
    act(inspector, "keep", note="已复查")
    at(lead, "保持")
    act(lead, "sign_removal", reason="瞒报案件")
    expect(lead.locator(".hands-waiting")).to_contain_text("已签摘牌，还须另一人")
    assert why_not(lead, "sign_removal") == "你已签，还须另一人签"
    leader = look(centre, "leader", village)
    expect(leader.locator(".hands-waiting")).to_contain_text("已签摘牌，还须另一人")
    act(leader, "sign_removal", reason="瞒报案件")
    at(leader, "摘牌")
    (after,) = centre.city.query(f"select stage from safety_creation where area_id = '{village}'")
    assert after["stage"] == "removed"
    for page in (inspector, lead, leader):
        assert page.evaluate("window.citybrain.errors") == []
