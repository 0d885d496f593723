"""Hands outside of the centre: a phone signs, goes and finishes, and hears what it may not; a tablet directs."""

from __future__ import annotations

import io
import json
import socket
import uuid
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from urllib.request import Request, urlopen

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page

from .conftest import LIVE, until
from .test_pocket import Standing

pytestmark = pytest.mark.e2e
GRID = "360502001001001"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    standing = Standing(tmp_path_factory.mktemp("outside"), port)
    standing.start()
    yield standing
    standing.end()


def photo(colour: str) -> FilePayload:
    kept = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(kept, "JPEG")
    return {"name": f"{colour}.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def told(city: Standing, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    """Ask the city as a hand at another desk would."""
    headers = {"content-type": "application/json", "citybrain-request": "1"}
    data = None if body is None else json.dumps({"id": str(uuid.uuid4()), **body}).encode()
    with urlopen(Request(f"{city.url}/{path}", data, headers), timeout=10) as answer:
        found: dict[str, Any] = json.load(answer)
        return found


def command(city: Standing, name: str, case: str, **fields: Any) -> dict[str, Any]:
    return told(city, "api/v1/commands", {"command": name, "case_id": case, **fields})


def dispatched(city: Standing) -> tuple[str, str]:
    """Return a case that waits for its unit, and the unit."""
    now = "2026-11-20T14:30:00+08:00"
    body = {"category": "CG0102", "area": GRID, "description": "路面塌陷", "happened_at": now, "sent_at": now}
    case = told(city, "api/reports", body)["case_id"]
    command(city, "accept", case)
    unit = told(city, f"api/v1/cases/{case}/suggestions")["units"][0]["unit_id"]
    command(city, "dispatch", case, unit_id=unit)
    return case, unit


def opened(context: BrowserContext, url: str, ready: str) -> Page:
    page = context.new_page()
    page.goto(url, wait_until="commit")
    until(page, f"{LIVE} && ({ready})")
    return page


def next_is(step: str) -> str:
    return f"document.querySelector('.one-act:not([disabled])')?.dataset.command === '{step}'"


def test_a_phone_handles_and_a_tablet_directs(browser: Browser, city: Standing) -> None:
    case, _ = dispatched(city)
    with (
        closing(browser.new_context(viewport={"width": 1180, "height": 820}, has_touch=True)) as leader,
        closing(browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)) as street,
    ):
        tablet = opened(
            leader, f"{city.url}/tablet?case={case}", "document.querySelectorAll('.lead-room .lead-act').length === 3"
        )
        tablet.click(".lead-room [data-command=direct]")
        tablet.click(".lead-phrase >> nth=0")
        tablet.click(".command-send")
        until(tablet, "document.querySelector('.lead-room .led-note')?.textContent === '请立即处置，今日办结'")

        phone = opened(street, f"{city.url}/pocket?case={case}", next_is("sign"))
        phone.click("[data-command=sign]")
        until(phone, next_is("en_route"))
        phone.click("[data-command=en_route]")
        until(phone, next_is("on_site"))
        phone.click(".order-answer")
        phone.fill(".act-note", "已派人，下午办结")
        phone.click(".act-go")
        until(phone, "document.querySelector('.order-reply')?.textContent.includes('下午办结')")

        street.set_offline(True)
        phone.click("[data-command=finish]")
        assert phone.is_disabled(".act-go"), "a result is asked for before it is sent"
        phone.set_input_files(".act-sheet input[type=file]", photo("green"))
        phone.click(".act-go")
        until(phone, "document.querySelector('.one-wait')?.dataset.fate === 'waiting'")
        assert told(city, f"api/v1/cases/{case}")["case"]["state"] == "handling"
        street.set_offline(False)
        until(phone, "document.querySelector('[data-fact=state]').textContent === '待核查'")
        until(phone, "!!document.querySelector('.one-why')?.textContent.includes('他人核查')")
        until(phone, "document.querySelector('.order-files img')?.naturalWidth > 0")

        tablet.click(".case-close")
        tablet.click(".my-orders")
        until(tablet, "document.querySelector('.ledger .led-reply')?.textContent.includes('下午办结')")
        tablet.click(".led-settle")
        until(tablet, "!document.querySelector('.ledger .led-settle')")
        assert phone.evaluate("citybrain.errors") == tablet.evaluate("citybrain.errors") == []
    file = told(city, f"api/v1/cases/{case}")
    receipts = [step["receipt"] for step in file["timeline"] if step["kind"] == "receipt-given"]
    assert receipts.count("read") == 2
    assert "en_route" in receipts
    assert [one["receipt"] for one in file["orders"] if one["kind"] == "directed"] == ["settled"]


def test_what_was_kept_too_long_is_refused_aloud_and_by_whom(browser: Browser, city: Standing) -> None:
    case, _ = dispatched(city)
    with closing(browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)) as street:
        phone = opened(street, f"{city.url}/pocket?case={case}", next_is("sign"))
        street.set_offline(True)
        phone.click("[data-command=sign]")
        until(phone, "!!document.querySelector('.one-wait')")
        command(city, "recall", case, reason="wrong_unit")
        street.set_offline(False)
        until(phone, "document.querySelector('.one-wait')?.dataset.fate === 'refused'")
        said = phone.inner_text(".one-wait")
        assert "local" in said
        assert "退" in said or "收回" in said
        phone.click(".one-wait button")
        until(phone, "!document.querySelector('.one-wait')")
