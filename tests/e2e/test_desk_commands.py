"""A case at the desk by hands alone: accepted, dispatched as suggested, done; two at once, and the loser is told."""

from __future__ import annotations

import re
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect

from dashboard.app import build, served
from dashboard.identity.reporters import LIFE, Reporters
from pipelines.config import load
from pipelines.contract import commands as c
from pipelines.contract.events import CaseReported, to_table
from pipelines.contract.roles import OPERATIONAL
from pipelines.contract.scope import Scope, Viewer
from pipelines.contract.time import ReplayClock, SystemClock
from pipelines.node import Node

from .conftest import SIZES, until
from .test_axe import grave

NOW = datetime(2026, 11, 20, 6, 32, 5, tzinfo=UTC)
CASES = {"hands:1": "CG0102", "hands:2": "CG0102", "hands:3": "MD02", "hands:4": "CG0102"}
ONE, TWO, DISPUTE, ASKING = CASES
UNIT = "U093"
KNOCK = """([door, token, body]) => fetch(door, {
    method: body ? "POST" : "GET", body: body && JSON.stringify(body),
    headers: {"citybrain-reporter": token, "citybrain-request": "1", "content-type": "application/json"},
}).then((answer) => answer.status)"""
SANITATION = "环境卫生"


@pytest.fixture(scope="module")
def city() -> Iterator[tuple[str, Node]]:
    unsigned = load(pack="xinyu").model_copy(update={"sign_in": None})
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with Node.open(unsigned, clock=ReplayClock(NOW, datetime.now(UTC), 1.0, SystemClock())) as node:
        reported = NOW - timedelta(minutes=9)
        node.append(
            to_table(
                [
                    CaseReported(
                        id=f"{case}:reported", happened_at=reported, received_at=reported, source="pocket",
                        area_id="360502001001001", case_id=case, category=kind, channel="grid", priority="high",
                        simulated=True, actor="worker", lon=114.91361, lat=27.81719, title="暴露垃圾 · 百花湖",
                    )
                    for case, kind in CASES.items()
                ]
            )
        )  # fmt: skip
        node.start()
        server = uvicorn.Server(served(build(node, "t"), "127.0.0.1", port))
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{port}", node
        server.should_exit = True
        thread.join()


def opened(browser: Browser, url: str, case: str) -> Page:
    width, height = SIZES["desk"]
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(f"{url}/desk?case={case}", wait_until="commit")
    until(page, "Boolean(window.citybrain?.ready && document.querySelector('.act-first'))")
    return page


def command(node: Node, kind: type[c.Command], case: str, user: str = "another", **fields: Any) -> None:
    """Let somebody at another desk give a command."""
    hand = Viewer(user, OPERATIONAL, Scope(frozenset({node.areas.root.id})))
    node.command(kind(id=str(uuid.uuid4()), case_id=case, **fields), hand)


def give(page: Page, name: str) -> None:
    page.locator(f'.drawer-act .act[data-command="{name}"]').first.click()


def test_a_case_goes_through_the_desk_and_each_step_has_its_receipt(browser: Browser, city: tuple[str, Node]) -> None:
    url, node = city
    page = opened(browser, url, ONE)
    said, state = page.locator(".act-said"), page.locator(".drawer .case-chips [data-over=state]")
    expect(page.locator(".act-same")).to_contain_text("2")
    page.keyboard.press("a")
    expect(page.locator('.command-form optgroup option[value="CG0103"]')).to_have_count(1)
    page.locator(".command-send").click()
    expect(said).to_contain_text("已立案")
    expect(page.locator('.act-first[data-command="dispatch"]')).to_be_visible()
    page.keyboard.press("d")
    expect(page.locator(".unit-choice").first).to_contain_text(SANITATION)
    page.locator(".near-hand").first.click()
    expect(page.locator(".field-note")).to_have_value(re.compile("就近力量"))
    assert grave(page) == []
    expect(page.locator(".unit-choice .unit-why").first).to_contain_text("职责对应本类别")
    page.locator(".command-send").click()
    expect(said).to_contain_text("待签收")
    expect(page.locator('.order[data-kind="dispatch"] .order-step[data-step="done"]')).to_have_count(1)
    expect(page.locator('.clock-row[data-clock="stage"], .clock-row[data-clock="sign"]').first).to_be_visible()
    give(page, "sign")
    expect(said).to_contain_text("处置中")
    give(page, "finish")
    page.locator(".command-send").click()
    expect(page.locator(".command-error")).to_contain_text("写明结果")
    page.locator(".field-note").fill("已清运完毕，现场干净")
    page.locator(".command-send").click()
    expect(said).to_contain_text("待核查")
    expect(state).to_have_text("待核查")
    expect(page.locator(".drawer .step-note").first).to_have_text("已清运完毕，现场干净")
    # whose hands are on it may not check it: said before anybody presses
    page.locator(".act-more").click()
    refused = page.locator('.act-not[data-command="check_pass"]')
    first = page.locator('.act-first[aria-disabled="true"][data-command="check_pass"]')
    expect(refused.or_(first).first).to_be_visible()
    expect(page.locator(".drawer-act")).to_contain_text("自己处置的案件由他人核查")
    log = "select unit_id, suggested_unit_id from log where case_id = 'hands:1' and kind = 'case-dispatched'"
    (told,) = node.query(log).to_pylist()
    assert told["unit_id"] == told["suggested_unit_id"] is not None
    assert page.evaluate("window.citybrain.errors") == []
    page.close()


def test_of_two_desks_at_once_the_second_is_told_what_happened_and_by_whom(
    browser: Browser, city: tuple[str, Node]
) -> None:
    url, node = city
    one, other = (opened(browser, url, TWO) for _ in range(2))
    for page in (one, other):
        page.keyboard.press("a")
        expect(page.locator(".command-form")).to_be_visible()
    one.locator(".command-send").click()
    expect(one.locator(".act-said")).to_contain_text("已立案")
    # at once, while the other is still writing
    expect(other.locator(".act-said")).to_contain_text("local")
    expect(other.locator(".command-form")).to_be_visible()
    other.locator(".command-send").click()
    expect(other.locator('.act-said[data-kind="refused"]')).to_contain_text("刚刚由 local 办理“立案”")
    expect(other.locator('.act-first[data-command="dispatch"]')).to_be_visible()
    expect(other.locator(".drawer .case-chips [data-over=state]")).to_have_text("已立案")
    filed = node.query("select count(*) as n from log where case_id = 'hands:2' and kind = 'case-filed'").to_pylist()
    assert filed == [{"n": 1}]
    for page in (one, other):
        page.close()


def test_a_dispute_goes_its_stages_at_the_desk_and_a_round_is_held_without_a_network(
    browser: Browser, city: tuple[str, Node]
) -> None:
    url, node = city
    page = opened(browser, url, DISPUTE)
    said = page.locator(".act-said")

    def step(name: str, *choices: str, note: str = "", told: str) -> None:
        page.locator(f'.act-first[data-command="{name}"]').click()
        for choice in choices:
            page.locator(f".command-form input[value={choice!r}]").check(force=True)
        if note:
            page.locator(".field-note").fill(note)
        page.locator(".command-send").click()
        expect(said).to_contain_text(told)

    step("accept", told="案件现为“已立案”")
    step("triage", "group", "1", told="纠纷现为“已研判”")
    step("route", "people", told="纠纷现为“已分流”")
    # grave: first a leader takes it on
    page.locator('.act-first[data-command="lead"]').click()
    page.locator(".command-send").click()
    step("begin_mediation", told="纠纷现为“调解中”")

    width, height = SIZES["pocket"]
    street = browser.new_context(viewport={"width": width, "height": height}, has_touch=True)
    phone = street.new_page()
    phone.goto(f"{url}/pocket?case={DISPUTE}", wait_until="commit")
    until(phone, "Boolean(window.citybrain?.ready && document.querySelector('.one-act[data-command=hold_round]'))")
    expect(phone.locator(".dispute-track [aria-current=step]")).to_contain_text("调解中")
    street.set_offline(True)
    phone.locator(".one-act[data-command=hold_round]").click()
    assert phone.is_disabled(".act-go"), "words are asked for before it is sent"
    assert grave(phone) == []
    phone.locator(".act-note").fill("第一轮：各让一步")
    phone.locator(".act-go").click()
    expect(phone.locator(".one-wait")).to_have_attribute("data-fate", "waiting")
    street.set_offline(False)
    expect(phone.locator(".one-act[data-command=agree]")).to_be_enabled(timeout=20_000)
    assert phone.evaluate("citybrain.errors") == []
    street.close()

    expect(page.locator(".dispute-facts [data-fact=rounds]")).to_have_text("1 轮")
    step("agree", note="书面协议", told="纠纷现为“已达成”")
    step("perform", note="已付清", told="纠纷现为“已履行”")
    expect(page.locator(".dispute-visit")).to_have_count(3)
    assert page.evaluate("window.citybrain.errors") == []
    page.close()
    told = node.query("select kind from log where case_id = 'hands:3' order by seq").to_pylist()
    assert [one["kind"] for one in told][-4:] == [
        "mediation-begun", "mediation-held", "dispute-agreed", "agreement-performed",
    ]  # fmt: skip


def test_what_a_unit_asks_is_granted_or_refused_and_its_reporter_sees_it_through(
    browser: Browser, city: tuple[str, Node]
) -> None:
    url, node = city
    soon = NOW + timedelta(days=3)
    command(node, c.Accept, ASKING)
    command(node, c.Dispatch, ASKING, unit_id=UNIT)
    command(node, c.Sign, ASKING)
    page = opened(browser, url, ASKING)
    said = page.locator(".act-said")

    def decided(wish: str, name: str, reason: str, told: str) -> None:
        command(
            node, c.RequestApproval, ASKING, wish=wish, reason="weather", until_at=soon if wish != "return" else None
        )
        expect(page.locator(".act-asked")).to_contain_text("单位申请")
        page.locator(f'.act-row .act[data-command="{name}"]').click()
        page.locator(f".command-form input[value={reason}]").check(force=True)
        page.locator(".command-send").click()
        expect(said).to_contain_text(told)
        expect(page.locator(".act-asked")).to_be_hidden()

    decided("extend", "extend", "weather", "已办理“延期”")
    expect(page.locator('.clock-row[data-clock="original"]')).to_be_visible()
    decided("return", "refuse_request", "duty_is_yours", "处置中")
    decided("suspend", "suspend", "weather", "挂账")
    expect(page.locator('.clock-row[data-clock="resume"]')).to_be_visible()
    give(page, "resume")
    page.locator(".command-send").click()
    expect(said).to_contain_text("处置中")
    page.locator(".act-more").click()
    assert grave(page) == []

    page.locator(".reporter-link").click()
    link = page.locator(".reporter-link-ways input").input_value()
    page.close()
    stranger = browser.new_context(viewport={"width": 390, "height": 844})
    phone = stranger.new_page()
    phone.goto(link.split("?")[0])
    expect(phone.locator(".reporter-state")).to_have_text("处置中")
    expect(phone.locator(".reporter-steps li").first).to_contain_text("恢复")
    assert "local" not in phone.inner_text("body")
    token = link.split("/r/")[1].split("?")[0]
    told = [phone.evaluate(KNOCK, [f"{url}/api/v1/{door}", token, body]) for door, body in (
        ("reporter", None), (f"cases/{ONE}", None), ("views/queue?area=360500", None),
        ("commands", {"command": "rate", "id": str(uuid.uuid4()), "case_id": ONE, "rating": 5}),
    )]  # fmt: skip
    assert told == [200, 401, 401, 404]
    command(node, c.Finish, ASKING, note="已清理")
    command(node, c.CheckPass, ASKING, user="checker")
    command(node, c.Close, ASKING)
    phone.reload()
    phone.locator(".reporter-rate .reporter-choice").first.click()
    phone.locator(".reporter-rate textarea").fill("处理得很快")
    assert grave(phone) == []
    phone.locator(".reporter-rate button").click()
    expect(phone.locator(".reporter-rated")).to_contain_text("很满意")
    rated = node.query(f"select rating, note from log where case_id = '{ASKING}' and kind = 'case-rated'").to_pylist()
    assert rated == [{"rating": 5, "note": "处理得很快"}]
    past = Reporters(node.registry, lambda: datetime.now(UTC) - LIFE - timedelta(days=2), node.areas.root.id)
    for wrong, why in (
        (token[:-2] + ("aa" if token[-2:] != "aa" else "bb"), "链接有误"),
        (past.link(ASKING)[0], "链接已过期"),
    ):
        phone.goto(f"{url}/r/{wrong}")
        expect(phone.locator("h1").last).to_have_text(why)
    stranger.close()
