"""A wall comes in: it shows a code, a shift lead compares and approves it, it shows the city masked, until revoked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from .conftest import LIVE, Served, boston, boston_in, serving, until
from .test_axe import grave

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]
SIZE: Any = {"width": 1920, "height": 1080}
OPENED = "window.citybrain?.ready"
ASK = """([door, body, method]) => {
    const headers = {'citybrain-request': '1', 'content-type': 'application/json'};
    return fetch(door, {method, headers, body: body && JSON.stringify(body)})
        .then(async (answer) => ({status: answer.status, told: await answer.json().catch(() => null)}));
}"""


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory, recent: Path) -> Iterator[Served]:
    """Boston behind a sign-in, with its demo accounts."""
    folder = boston_in(tmp_path_factory.mktemp("guarded"), recent)
    with (folder / "config.yaml").open("a", encoding="utf-8") as written:
        written.write("sign_in: {}\n")
    with serving(boston(folder), folder, "boston") as served:
        yield served


def _asked(page: Page, door: str, body: object = None, method: str = "GET") -> Any:
    return page.evaluate(ASK, [door, body, method])


def _entered(context: BrowserContext, city: Served, role: str, where: str) -> Page:
    page = context.new_page()
    page.goto(f"{city.url}/sign-in{where}")
    until(page, OPENED)
    page.click(f"[data-role={role}]")
    return page


def test_a_wall_is_paired_shows_the_city_masked_and_is_sent_away(browser: Browser, guarded: Served) -> None:
    with browser.new_context(viewport=SIZE) as walls, browser.new_context() as desk, browser.new_context() as admin:
        wall = walls.new_page()
        wall.goto(f"{guarded.url}/wall")
        until(wall, OPENED)
        assert wall.url.endswith("/pair")
        code = wall.inner_text(".pair-code").replace(" ", "")
        assert (len(code), code.isdigit()) == (6, True)
        assert wall.locator(".pair-square path").get_attribute("d")

        lead = desk.new_page()
        lead.goto(f"{guarded.url}/sign-in?code={code}&next=/wall")
        until(lead, OPENED)
        assert lead.inner_text(".digits").split() == list(code)
        assert "1920" in lead.inner_text(".wall-card-facts")
        lead.fill("[name=wall-name]", "Hall wall 1")
        lead.click("[data-role=shift_lead]")
        until(lead, "document.querySelector('.wall-card-done') !== null")

        until(wall, "location.pathname === '/wall'", 10)
        until(wall, LIVE)
        me = _asked(wall, "/api/me")["told"]
        assert (me["roles"], me["masked"], me["name"]) == (["wall"], True, "Hall wall 1")
        assert _asked(wall, "/api/me?screen=desk")["told"]["masked"]
        assert _asked(wall, "/api/accounts")["status"] == 403
        assert _asked(wall, f"/api/pairing/{code}/claim", {"ticket": "x"}, "POST")["status"] == 410

        keeper = _entered(admin, guarded, "system_admin", "?next=/admin")
        until(keeper, "document.querySelector('[data-section=devices] [data-act=revoke-device]') !== null")
        assert "Hall wall 1" in keeper.inner_text("[data-section=devices]")
        assert keeper.is_hidden("[data-section=accounts]")
        revoke = keeper.locator("[data-act=revoke-device]")
        revoke.click()
        revoke.click()
        assert until(wall, "location.pathname === '/pair'", 8) < 5.5


def test_who_may_not_approve_cannot_and_wrong_codes_are_counted(browser: Browser, guarded: Served) -> None:
    with browser.new_context(viewport=SIZE) as walls, browser.new_context() as desk:
        wall = walls.new_page()
        wall.goto(f"{guarded.url}/pair")
        until(wall, "/^\\d/.test(document.querySelector('.pair-code')?.textContent ?? '')")
        code = wall.inner_text(".pair-code").replace(" ", "")
        page = _entered(desk, guarded, "duty_officer", "?next=/desk")
        until(page, "location.pathname === '/desk'")
        assert _asked(page, f"/api/pairing/{code}/approve", {"name": "mine"}, "POST")["told"]["refused"] == "may_not"
        assert _asked(page, "/api/pairing")["status"] == 403
        wrong = [f"{(int(code) + step) % 1_000_000:06d}" for step in range(1, 7)]
        told = [_asked(page, f"/api/pairing/{one}")["told"]["refused"] for one in wrong]
        assert told == ["unknown_code"] * 5 + ["too_many_tries"]
        until(page, "document.querySelector('.me-open') !== null")


def test_the_auditor_finds_who_was_refused_and_proves_the_audit_whole(browser: Browser, guarded: Served) -> None:
    with browser.new_context() as desk, browser.new_context(viewport={"width": 1440, "height": 900}) as office:
        page = _entered(desk, guarded, "duty_officer", "?next=/desk")
        until(page, "location.pathname === '/desk'")
        assert _asked(page, "/api/audit?user=duty")["status"] == 403

        office.add_init_script("localStorage.setItem('citybrain.theme.desk', 'light')")
        auditor = _entered(office, guarded, "auditor", "?lang=en&next=/admin%3Flang%3Den")
        rows = "[data-section=audit] tbody tr"
        until(auditor, f"document.querySelectorAll('{rows}').length > 2")
        auditor.fill("[name=user]", "duty")
        auditor.select_option("[name=act]", "denied")
        auditor.press("[name=what]", "Enter")
        until(
            auditor, f"[...document.querySelectorAll('{rows} [data-act]')].every((one) => one.dataset.act === 'denied')"
        )
        first = auditor.inner_text(f"{rows}:first-child")
        assert "demo-duty-officer" in first
        assert "127.0.0.1 · Chrome" in first
        assert "/api/audit" in first
        auditor.click(".audit-verify button")
        until(auditor, "document.querySelector('.audit-proof').dataset.proof === 'whole'")
        auditor.fill("[name=head]", auditor.inner_text(".audit-proof code")[:-1] + "x")
        auditor.press("[name=head]", "Enter")
        until(auditor, "document.querySelector('.audit-proof').dataset.proof === 'unread'")
        auditor.click("[type=reset]")
        until(auditor, f"document.querySelectorAll('{rows} [data-act=read_audit]').length > 1")
        assert auditor.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert auditor.evaluate("window.citybrain.errors") == []
        assert grave(auditor) == []
