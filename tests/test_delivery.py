"""What a browser loads: whole, kept for as long as the build lasts, and nothing but what is ours."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from dash import html
from fastapi import FastAPI
from starlette.testclient import TestClient

from dashboard.app import assets_folder
from dashboard.delivery import SHEETS, Delivery
from dashboard.screens import SCREENS
from dashboard.skeleton import skeleton

DELIVERY = Delivery(assets_folder(), "b1")


@pytest.fixture(scope="module")
def client() -> TestClient:
    server = FastAPI()
    server.include_router(DELIVERY.router())
    return TestClient(server)


def test_this_builds_files_are_kept_and_an_older_builds_are_not(client: TestClient) -> None:
    assert "immutable" in client.get("/built/b1/js/main.mjs").headers["cache-control"]
    assert client.get("/built/b0/js/main.mjs").headers["cache-control"] == "no-cache"


def test_a_file_arrives_packed_or_plain_as_the_browser_asks(client: TestClient) -> None:
    written = (assets_folder() / "js/main.mjs").read_bytes()
    for encoding in ("gzip", "identity"):
        answer = client.get("/built/b1/js/main.mjs", headers={"accept-encoding": encoding})
        assert (answer.content, answer.headers.get("content-encoding", "identity")) == (written, encoding)
    assert gzip.compress(written) != written


@pytest.mark.parametrize("path", ["../config.yaml", "%2e%2e/config.yaml", "js/../../config.yaml", "js", "none.css"])
def test_nothing_outside_the_assets_is_handed_out(client: TestClient, path: str) -> None:
    assert client.get(f"/built/b1/{path}").status_code == 404


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_file_a_style_sheet_names_is_there(sheet: str) -> None:
    named = re.findall(r'url\("(?!data:)([^"]+)"\)', DELIVERY.stylesheet(sheet))
    assert [name for name in named if not (assets_folder() / name).is_file()] == []


@pytest.mark.parametrize("screen", SCREENS)
def test_every_module_a_screen_imports_is_fetched_with_the_page(screen: str) -> None:
    page = DELIVERY.page(SCREENS)
    entry = f"js/screens/{screen.split('/')[-1]}.mjs"
    needed = {*DELIVERY.modules("js/main.mjs"), *DELIVERY.modules(entry)}
    assert entry in needed
    assert {path for path in needed if f"/built/b1/{path}" not in page} == set()
    written = {file: (assets_folder() / file).read_text("utf-8") for file in needed}
    named = {Path(one).name for text in written.values() for one in re.findall(r'from "(\.[^"]+)"', text)}
    assert named - {Path(path).name for path in needed} == set()


def test_a_skeleton_shows_what_the_screen_will_but_nobody_can_reach_it() -> None:
    drawn = skeleton(html.Main([html.H1("a < b", className="brand"), html.Div(hidden=True, **{"data-panel": "x"})]))
    inner = '<main><h1 class="brand">a &lt; b</h1><div hidden></div></main>'
    assert drawn == f'<div id="skeleton" inert aria-hidden="true">{inner}</div>'
