"""The phone as an app: all it promises is there, and its page opens under the strict policy."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from dashboard import app, catalogue
from pipelines.config import load
from pipelines.node import Node


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with Node.open(load(pack="boston").model_copy(update={"sign_in": None})) as node:
        yield TestClient(app.build(node, "token"), base_url="http://localhost")


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
def test_the_manifest_names_icons_of_their_sizes(client: TestClient, language: str) -> None:
    manifest = client.get(f"/manifest.webmanifest?lang={language}").json()
    assert (manifest["start_url"], manifest["display"]) == (f"/pocket?lang={language}", "standalone")
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        picture = client.get(icon["src"]).content
        assert picture.startswith(b"\x89PNG")
        wide, high = struct.unpack(">II", picture[16:24])
        assert icon["sizes"] == f"{wide}x{high}"


def kept(client: TestClient) -> dict[str, object]:
    """What the service worker is to keep."""
    script = client.get("/service-worker.js").text
    found = re.search(r"work\(self, (.*)\);", script)
    assert found, script
    told: dict[str, object] = json.loads(found[1])
    return told


def test_all_that_is_kept_exists_and_none_of_it_is_live(client: TestClient) -> None:
    told = kept(client)
    addresses = [*told["files"], *told["shells"].values()]  # type: ignore[misc, attr-defined]
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)
    live = [address for address in addresses if address.startswith("/api/") and address != "/api/reports/form"]
    assert live == []
    modules = {address.rsplit("/js/", 1)[-1] for address in addresses if address.endswith(".mjs")}
    assert {"main.mjs", "screens/pocket.mjs", "pocket/outbox.mjs", "pocket/report.mjs"} <= modules


def test_the_worker_reaches_no_other_screen_and_is_asked_for_anew(client: TestClient) -> None:
    answer = client.get("/service-worker.js")
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["service-worker-allowed"] == "/"
    assert kept(client)["build"] == app.build_id()


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
def test_the_kept_page_is_the_screen_without_a_script_of_its_own(client: TestClient, language: str) -> None:
    answer = client.get(f"/pocket/shell/{language}")
    assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", answer.text) == []
    assert {"tasks", "report", "one-task", "tabs"} <= set(re.findall(r'data-panel="([\w-]+)"', answer.text))
    assert catalogue.text(language, "pocket.title") in answer.text  # type: ignore[arg-type]
    assert "geolocation=(self)" in answer.headers["permissions-policy"]
