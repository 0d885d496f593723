"""The closed loop in real Chromium: every role's own screen, one case from a resident's report to its evaluation."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from .conftest import LIVE, SIZES, Served, serving, until, wait

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(400)]
SITE = """\
pack: xinyu
sources: {live: {speed: 1}}
demo: {history_days: 2, live: live}
sign_in: {}
"""
OPENED = "window.citybrain?.ready"
PATIENT = 150.0
WORDS = f"后门渣土堆 {uuid.uuid4().hex[:6]}"
ASK = """([door, body]) => fetch(door, {
    method: body ? 'POST' : 'GET', body: body && JSON.stringify(body),
    headers: {'citybrain-request': '1', 'content-type': 'application/json'},
}).then(async (answer) => ({status: answer.status, told: await answer.json().catch(() => null)}))"""
PUT = ASK.replace("body ? 'POST' : 'GET'", "'PUT'")


@pytest.fixture(scope="module")
def xinyu(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """新余 with two days of history, behind a sign-in, a demo account for each role."""
    folder = tmp_path_factory.mktemp("loop")
    (folder / "config.yaml").write_text(SITE, encoding="utf-8")
    with serving(["demo", "--config", str(folder / "config.yaml")], folder, "xinyu") as served:
        yield served


@dataclass
class Centre:
    """All the people of the story, each at a screen of their own."""

    browser: Browser
    city: Served
    stack: ExitStack
    pages: dict[str, Page] = field(default_factory=dict)

    def page(self, role: str, screen: str) -> Page:
        """Sit somebody down in front of a screen; who sits there already stays."""
        if role not in self.pages:
            width, height = SIZES.get(screen, (1440, 900))
            context = self.browser.new_context(
                viewport={"width": width, "height": height}, has_touch=screen == "pocket"
            )
            page = context.new_page()
            page.goto(f"{self.city.url}/sign-in?next=/{screen}")
            until(page, OPENED)
            page.click(f"[data-role={role}]")
            until(page, f"location.pathname === '/{screen}'", 20)
            until(page, OPENED if screen == "admin" else LIVE, PATIENT)
            self.pages[role] = page
        return self.pages[role]

    def leave(self, role: str) -> None:
        """Let somebody go home: fifteen screens are more than a small machine draws at once."""
        self.pages.pop(role).context.close()

    def asked(self, role: str, screen: str, door: str, body: object = None) -> Any:
        """Ask a door as somebody."""
        return self.page(role, screen).evaluate(ASK, [door, body])

    def state(self, case: str) -> str:
        """Return a case's state by the marts."""
        found = self.city.query(f"select state from cases where case_id = '{case}'")
        return str(found[0]["state"]) if found else ""


@pytest.fixture(scope="module")
def centre(browser: Browser, xinyu: Served) -> Iterator[Centre]:
    with ExitStack() as stack:
        yield Centre(browser, xinyu, stack)


def at_desk(page: Page, words: str) -> None:
    """Find a case by its words and open it."""
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(words)
    page.locator("#search-found [role=option]", has_text=words).last.click()
    expect(page.locator(".drawer [data-command]").first).to_be_visible(timeout=20_000)


def give(page: Page, command: str, **fields: str) -> None:
    """Press a command in the drawer, fill its form, send it."""
    button = page.locator(f".drawer button[data-command={command}]:not([aria-disabled=true])").first
    expect(page.locator(".drawer .act-more")).to_be_visible(timeout=20_000)
    page.wait_for_timeout(300)
    if not button.is_visible():
        page.locator(".drawer .act-more").click()
    button.click()
    form = page.locator(f"form.command-form[data-command={command}]")
    for name, value in fields.items():
        if (written := form.locator(f"[name={name}]")).count():
            written.first.fill(value)
        else:
            form.locator(f"input[value={value}]").check()
    if form.count():
        form.locator(".command-send").click()
    expect(form).to_have_count(0, timeout=20_000)


def on_phone(page: Page, case: str) -> None:
    """Open a task of the phone's list."""
    if not page.locator(".one-task").is_visible():
        task = page.locator(f'.task[data-case="{case}"]')
        wait(
            lambda: task.count() or (page.locator(".task-more").is_visible() and page.locator(".task-more").click()), 40
        )
        page.locator(f'.task[data-case="{case}"]').first.click(timeout=30_000)
    expect(page.locator(".one-task")).to_be_visible()


def do(page: Page, command: str, *, note: str = "", reason: str = "", photo: Path | None = None) -> None:
    """Press a step under the thumb, and say what it asks for."""
    page.locator(f".one-acts [data-command={command}]:not([disabled])").click(timeout=30_000)
    go = page.locator(".act-sheet .act-go")
    if not go.is_visible():
        return
    if reason:
        page.locator(".act-sheet", has_text=reason).get_by_text(reason).click()
    if photo:
        page.locator(".act-sheet input[type=file]").first.set_input_files(photo)
    if note:
        page.locator(".act-sheet .act-note").fill(note)
    expect(go).to_be_enabled(timeout=20_000)
    go.click()


@dataclass
class Wall:
    """The wall that looks at the case."""

    page: Page

    def shows(self, word: str) -> None:
        """Wait until the wall shows a step."""
        until(self.page, f"document.querySelector('[data-panel=focus-steps]').innerText.includes('{word}')", 40)


def paired(centre: Centre, case: str) -> Wall:
    """Pair a wall, and let the shift lead push the case to it."""
    context = centre.browser.new_context(viewport={"width": 1920, "height": 1080})
    centre.stack.callback(context.close)
    wall = context.new_page()
    wall.goto(f"{centre.city.url}/wall")
    until(wall, "/^\\d/.test(document.querySelector('.pair-code')?.textContent ?? '')")
    code = wall.inner_text(".pair-code").replace(" ", "")
    lead = centre.page("shift_lead", "desk")
    made = centre.asked("shift_lead", "desk", f"/api/pairing/{code}/approve", {"name": "指挥大屏"})
    assert made["status"] == 200, made
    until(wall, "location.pathname === '/wall'", 20)
    until(wall, LIVE)
    at_desk(lead, WORDS)
    lead.locator("body").click(position={"x": 5, "y": 5})
    lead.keyboard.press("p")
    lead.keyboard.press("Enter")
    until(wall, f"citybrain.screen.selection.case === '{case}'", 20)
    return Wall(wall)


def test_one_case_through_every_hand(centre: Centre, xinyu: Served, tmp_path: Path) -> None:
    photo = tmp_path / "after.jpg"
    Image.new("RGB", (640, 480), "gray").save(photo)
    area = centre.asked("grid_worker", "pocket", "/api/me")["told"]["areas"][0]
    unit = centre.asked("unit_handler", "pocket", "/api/me")["told"]["unit"]
    place = xinyu.query(f"select lon, lat from areas where area_id = '{area}'")[0]
    case = _reported(centre, xinyu, place)

    def came_to(state: str) -> None:
        wait(lambda: centre.state(case) == state, 30)

    wall = paired(centre, case)
    centre.leave("shift_lead")
    wall.shows("上报")
    duty = centre.page("duty_officer", "desk")
    at_desk(duty, WORDS)
    give(duty, "ask_verify")
    came_to("verifying")
    worker = centre.page("grid_worker", "pocket")
    on_phone(worker, case)
    do(worker, "verify", note="现场属实")
    came_to("reported")
    give(duty, "accept")
    came_to("filed")
    wall.shows("立案")
    dispatcher = centre.page("dispatcher", "desk")
    at_desk(dispatcher, WORDS)
    _dispatched_to(dispatcher, unit)
    came_to("dispatched")
    centre.leave("dispatcher")
    centre.leave("grid_worker")
    wall.shows("派遣")
    handler = centre.page("unit_handler", "pocket")
    on_phone(handler, case)
    do(handler, "sign")
    came_to("handling")
    wall.shows("签收")
    for step in ("en_route", "on_site"):
        do(handler, step)
    do(handler, "finish", note="已清运", photo=photo)
    came_to("handled")
    checker = centre.page("checker", "pocket")
    on_phone(checker, case)
    do(checker, "check_fail", reason="现场仍有残留")
    came_to("rework")
    wall.shows("核查")
    do(handler, "finish", note="再次清运", photo=photo)
    came_to("handled")
    do(checker, "check_pass")
    wait(lambda: _told(xinyu, case)[-1] == "check-passed", 30)
    give(duty, "close")
    came_to("closed")
    wall.shows("结案")
    _rated(centre, case)
    wait(lambda: "case-rated" in _told(xinyu, case), 30)
    inspector = centre.page("inspector", "desk")
    at_desk(inspector, WORDS)
    give(inspector, "evaluate")
    came_to("evaluated")
    assert _told(xinyu, case) == [
        "case-reported", "verification-asked", "case-verified", "case-filed", "case-dispatched", "case-signed",
        "case-handled", "check-failed", "case-handled", "check-passed", "case-closed", "case-rated", "case-evaluated",
    ]  # fmt: skip
    _receipts(xinyu, case)
    _audited(centre, case)


def test_a_case_goes_a_level_up_and_a_leader_directs(centre: Centre, xinyu: Served) -> None:
    """Town and county: the parent waits for its child; a leader's 批示 goes from the tablet to the centre and back."""
    area = centre.asked("grid_worker", "pocket", "/api/me")["told"]["areas"][0]
    unit = centre.asked("unit_handler", "pocket", "/api/me")["told"]["unit"]
    town = xinyu.query(
        f"select ancestor_id as id from area_within join areas on areas.area_id = ancestor_id"
        f" where area_within.area_id = '{area}' and level = 'township'"
    )[0]["id"]  # fmt: skip
    words = f"供水管破裂 {uuid.uuid4().hex[:6]}"
    case = _reported(centre, xinyu, xinyu.query(f"select lon, lat from areas where area_id = '{area}'")[0], words)
    page = _townsman(centre, town)
    at_desk(page, words)
    give(page, "accept")
    wait(lambda: centre.state(case) == "filed", 30)
    give(page, "escalate", reason="beyond_our_powers")
    wait(lambda: "case-escalated" in _told(xinyu, case), 30)
    child = xinyu.query(f"select child_id from log where case_id = '{case}' and child_id is not null")[0]["child_id"]
    level = xinyu.query(f"select level from cases where case_id = '{child}'")[0]["level"]
    # the town may not act for the level above, and is told whose it is
    told = page.evaluate(ASK, ["/api/v1/commands", _command("accept", child)])
    assert (told["status"], told["told"].get("refused")) == (403, "not_your_centre"), (level, told)

    leader = centre.page("leader", "tablet")
    leader.goto(f"{xinyu.url}/tablet?case={case}")
    until(leader, "document.querySelectorAll('.lead-room .lead-act').length === 3", PATIENT)
    leader.click(".lead-room [data-command=direct]")
    leader.click(".lead-phrase >> nth=0")
    leader.click(".command-send")
    wait(lambda: "case-directed" in _told(xinyu, case), 30)
    order = xinyu.query(f"select order_id from log where case_id = '{case}' and kind = 'case-directed'")[0]["order_id"]

    duty = "duty_officer", "desk"
    for role, screen, name, fields in [
        (*duty, "accept", {}), ("dispatcher", "desk", "dispatch", {"unit_id": unit}),
        ("unit_handler", "pocket", "sign", {}), ("unit_handler", "pocket", "finish", {"note": "已抢修"}),
        ("checker", "pocket", "check_pass", {}), (*duty, "close", {}),
    ]:  # fmt: skip
        answer = centre.asked(role, screen, "/api/v1/commands", _command(name, child, **fields))
        assert answer["status"] == 200, (name, answer)
    reply = _command("reply", case, order_id=order, note="已抢修，恢复供水")
    assert centre.asked(*duty, "/api/v1/commands", reply)["status"] == 200
    leader.click(".case-close")
    leader.click(".my-orders")
    until(leader, "document.querySelector('.ledger .led-reply')?.textContent.includes('恢复供水')", 40)
    leader.click(".led-settle")
    wait(lambda: "directive-settled" in _told(xinyu, case), 30)
    parent = centre.asked(*duty, f"/api/v1/cases/{case}")["told"]
    assert [(one["kinship"], one["state"]) for one in parent["family"]] == [("child", "closed")]
    assert [one["receipt"] for one in parent["orders"] if one["kind"] == "directed"] == ["settled"]


def _command(name: str, case: str, **fields: object) -> dict[str, object]:
    return {"command": name, "id": str(uuid.uuid4()), "case_id": case, **fields}


def _townsman(centre: Centre, town: str) -> Page:
    """Give a township's duty officer an account, and let them sign in by name and password."""
    person = {"name": "镇值班员", "roles": ["duty_officer"], "areas": [town], "password": "Xinyu-town-2026"}
    made = centre.page("security_admin", "admin").evaluate(PUT, ["/api/accounts/town-duty", person])
    assert made["status"] == 200, made
    centre.leave("security_admin")
    page = centre.browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(f"{centre.city.url}/sign-in?next=/desk")
    until(page, OPENED)
    page.fill("[name=user]", "town-duty")
    page.fill("[name=password]", "Xinyu-town-2026")
    page.keyboard.press("Enter")
    until(page, "location.pathname === '/desk'", 20)
    until(page, LIVE, PATIENT)
    assert f"root={town}" in page.url
    return page


def _dispatched_to(page: Page, unit: str) -> None:
    """Open the dispatch form, see suggestions with reasons, choose the story's unit."""
    page.locator(".drawer button[data-command=dispatch]").first.click()
    form = page.locator("form.command-form[data-command=dispatch]")
    expect(form.locator(".unit-choice, .field-quiet").first).to_be_visible(timeout=20_000)
    until(page, f"document.querySelector('form.command-form select option[value={unit}]') !== null", 20)
    form.locator("select").first.select_option(unit)
    form.locator(".command-send").click()
    expect(form).to_have_count(0, timeout=20_000)


def _rated(centre: Centre, case: str) -> None:
    """The resident opens the link the desk gave out, and rates."""
    told = centre.asked("duty_officer", "desk", f"/api/v1/cases/{case}/reporter-link")["told"]
    context = centre.browser.new_context(viewport={"width": 390, "height": 844})
    centre.stack.callback(context.close)
    page = context.new_page()
    page.goto(f"{centre.city.url}{urlsplit(told['url']).path}")
    until(page, "document.querySelector('[name=rating]') !== null", 30)
    page.locator("[name=rating][value='5']").check()
    page.locator("form button[type=submit]").first.click()


def _told(xinyu: Served, case: str) -> list[str]:
    """Return the steps of a case, without receipts of orders."""
    sql = f"select kind from log where case_id = '{case}' and kind <> 'receipt-given' order by seq"
    return [row["kind"] for row in xinyu.query(sql)]


def _receipts(xinyu: Served, case: str) -> None:
    """The dispatch was delivered and read by itself, then came en route and on site."""
    sql = f"select distinct receipt from log where case_id = '{case}' and kind = 'receipt-given'"
    assert {row["receipt"] for row in xinyu.query(sql)} >= {"read", "en_route", "on_site"}


def _audited(centre: Centre, case: str) -> None:
    """The auditor finds every hand; the chain holds."""
    found = centre.asked("auditor", "admin", f"/api/audit?where={case}&act=command&limit=200")["told"]
    users = {entry["user"] for entry in found["entries"]}
    assert users >= {"demo-duty-officer", "demo-grid-worker", "demo-dispatcher", "demo-unit-handler", "demo-checker"}
    assert centre.asked("auditor", "admin", "/api/audit/verify")["told"]["broken"] is None


def _reported(centre: Centre, xinyu: Served, place: dict[str, float], words: str = WORDS) -> str:
    """A resident reports through a program of the city's hotline, by Open311."""
    wanted = {"user": "demo-duty-officer", "label": "12345", "roles": ["duty_officer"]}
    made = centre.asked("security_admin", "admin", "/api/keys", wanted)
    assert made["status"] == 200, made
    fields = {
        "api_key": made["told"]["key"], "service_code": "CG0102", "lat": place["lat"], "long": place["lon"],
        "description": words, "first_name": "龘齉",
    }  # fmt: skip
    centre.leave("security_admin")
    answer = httpx2.post(f"{xinyu.url}/open311/v2/requests.json", data=fields)
    assert answer.status_code == 201, answer.text
    return str(answer.json()[0]["service_request_id"])
