"""A photo and a recording are added on a phone: sent, listed, the photo's place offered and taken by hand alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.attachments import making

from .conftest import PLAIN, until

pytestmark = pytest.mark.e2e
MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
MOUNTED = """async () => {
  const root = document.querySelector('link[rel=stylesheet][href*="styles.css"]').href.replace(/styles\\.css.*/, "");
  const { attachmentsField } = await import(`${root}js/core/attachments_field.mjs`);
  const room = document.createElement("div");
  room.id = "attached-here";
  document.querySelector("#screen").replaceChildren(room);
  window.told = [];
  room.addEventListener("place-taken", ({ detail }) => window.told.push(detail));
  window.field = attachmentsField(room, window.citybrain.screen);
}"""


@pytest.fixture
def phone(browser: Browser, still: str) -> Iterator[Page]:
    opened = browser.browser_type.launch(executable_path="/usr/bin/chromium", args=[*PLAIN, *MICROPHONE])
    page = opened.new_page(viewport={"width": 390, "height": 844}, permissions=["microphone"])
    page.goto(f"{still}/pocket")
    until(page, "window.citybrain?.ready === true")
    page.evaluate(MOUNTED)
    yield page
    opened.close()


def test_a_photo_and_a_recording_are_added(phone: Page, tmp_path: Path) -> None:
    refused: list[Any] = []
    phone.on("console", lambda said: refused.append(said.text) if "Content Security" in said.text else None)
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(making.photo(size=(1600, 1201)))
    phone.locator(".attach-input").set_input_files(photo)
    until(phone, "field.names.length === 1 && !field.sending")
    # the place is offered, and taken by the person's hand alone
    assert phone.evaluate("window.told") == []
    phone.locator(".attach-yes").click()
    (told,) = phone.evaluate("window.told")
    assert (told["lon"], told["lat"]) == pytest.approx((making.LON, making.LAT), abs=1e-5)
    assert not phone.locator(".attach-offer").is_visible()

    record = phone.locator("button.attach-add")
    record.click()
    until(phone, "field.sending && /0[12]/.test(document.querySelector('button.attach-add').textContent)")
    record.click()
    until(phone, "field.names.length === 2 && !field.sending")
    assert phone.locator(".attach-error").is_hidden()
    assert phone.locator(".attach-entry audio").count() == 1
    until(phone, "document.querySelector('.attach-entry audio').readyState > 0")
    until(phone, "document.querySelector('.attach-entry img').naturalWidth > 0")

    broken = tmp_path / "broken.jpg"
    broken.write_bytes(photo.read_bytes()[:5000])
    phone.locator(".attach-input").set_input_files(broken)
    until(phone, "!document.querySelector('.attach-error').hidden")
    assert phone.evaluate("field.names.length") == 2

    touched = "[...document.querySelectorAll('#attached-here :is(button, label)')]"
    sizes = phone.evaluate(f"{touched}.map((one) => one.getBoundingClientRect().height)")
    assert min(size for size in sizes if size) >= 44
    phone.locator(".attach-remove").first.click()
    assert phone.evaluate("field.names.length") == 1
    assert refused == []
