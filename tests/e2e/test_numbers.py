"""A walk over all panels: every number that stands on a screen is what the log alone says, by another query."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from .conftest import LIVE, ROOT, SIZES, until
from .frozen import AT

pytestmark = pytest.mark.e2e
Ask = Callable[[str], list[dict[str, Any]]]
TRUTH = Path(__file__).with_name("truth.sql")
# panels whose numbers are asked for, or derived, in a way of their own; each has a test with a query of its own
PROVEN_BY = {
    "ranking": "tests/sql/test_on_time_ranking.py",
    "decisions": "tests/sql/test_decisions.py",
    "safety-creation": "tests/e2e/test_themes.py",
    "grids": "tests/e2e/test_themes.py",
    "analyst": "tests/e2e/test_analyst.py",
    "mine-chip": "tests/e2e/test_pocket.py",
}
LEAST = 5
WALK = """() => [...document.querySelectorAll('#screen .value')].filter((e) => e.checkVisibility()).map((e) => {
    const of = (name) => e.closest(`[data-${name}]`)?.getAttribute(`data-${name}`);
    const named = (place) => e.closest('li, .callout, button')?.querySelector(place)?.textContent;
    const panel = of('panel');
    const told = {
        metric: of('metric'), stage: of('stage'), state: of('state-filter'), layer: of('layer'),
        urged: of('urged-filter'),
        urgency: of('urgency-filter') ?? of('count') ?? e.closest('.group')?.dataset.urgency,
        unit: named('.unit-name'), area: named('.callout-name'),
        place: panel === 'places' ? e.closest('button')?.textContent.replace(e.textContent, '').trim() : undefined,
    };
    return {panel, text: e.textContent, ...told};
})"""


def truths(ask: Ask) -> dict[str, float]:
    """Return every number by name, units and areas by what they are called."""
    told = {row["name"]: row["value"] for row in ask(TRUTH.read_text("utf-8").replace("{at}", AT.isoformat()))}
    names = {row["id"]: row["name"] for row in ask("select unit_id as id, name_zh as name from units")}
    names |= {row["id"]: row["name"] for row in ask("select area_id as id, name_zh as name from areas")}
    points = {f"layer.{name}": float(len(rows)) for name, rows in _layers().items()}
    called = {
        f"{kind}.{names[of]}": value
        for name, value in told.items()
        for kind, _, of in [name.partition(".")]
        if of in names
    }
    # two cells of the queue stand for two states each
    told["state.reported verifying"] = told.get("state.reported", 0.0) + told.get("state.verifying", 0.0)
    told["state.suspended waiting_reporter"] = told.get("state.suspended", 0.0) + told.get(
        "state.waiting_reporter", 0.0
    )
    return told | called | points | {"layer.cases": told["urgency.all"]}


def _layers() -> dict[str, list[str]]:
    pack = ROOT / "pipelines" / "cities" / "xinyu"
    return {name: (pack / f"{name}.csv").read_text("utf-8").splitlines()[1:] for name in ("centres", "cameras")}


def name_of(shown: dict[str, Any]) -> str | None:
    """Name the number an element shows, in the words of the truth."""
    if shown["metric"]:
        return str(shown["metric"])
    if shown["urged"]:
        return "urged_cases"
    if shown["state"]:
        return f"state.{shown['state']}"
    for kind in ("stage", "urgency", "unit", "layer"):
        if shown[kind]:
            return f"{kind}.{shown[kind]}"
    if shown["area"]:
        return f"open-in.{shown['area']}"
    if shown["place"]:
        return f"overdue-in.{shown['place']}"
    return {"queue": "urgency.all"}.get(shown["panel"])


def same(text: str, truth: float) -> bool:
    """Tell whether a text is a number as it would be written, to the digits it has."""
    written = text.replace(",", "").rstrip("%")
    digits = len(written.partition(".")[2])
    return math.isclose(float(written), truth, abs_tol=0.5 * 10**-digits + 1e-9)


@pytest.mark.parametrize("screen", ["wall", "desk", "tablet", "pocket"])
def test_every_number_is_what_the_log_says(painter: Browser, still: str, ask_still: Ask, screen: str) -> None:
    width, height = (3840, 1080) if screen == "wall" else SIZES[screen]
    page = painter.new_page(viewport={"width": width, "height": height})
    try:
        page.goto(f"{still}/{screen}?room=none")
        until(page, LIVE)
        until(page, "[...document.querySelectorAll('[data-panel][data-view]')].some((panel) => panel.dataset.asOf)")
        until(page, f"({WALK})().filter(({{text}}) => text).length >= {LEAST}")
        page.wait_for_timeout(2000)
        walked = [one for one in page.evaluate(WALK) if one["panel"] not in PROVEN_BY and one["text"]]
        known = truths(ask_still)
        unexplained = [one for one in walked if name_of(one) not in known]
        wrong = [(name_of(one), one["text"], known[str(name_of(one))]) for one in walked
                 if name_of(one) in known and not same(one["text"], known[str(name_of(one))])]  # fmt: skip
        assert (unexplained, wrong) == ([], [])
        assert len(walked) >= LEAST
    finally:
        page.close()


def test_what_is_proven_elsewhere_is() -> None:
    assert [file for file in PROVEN_BY.values() if not (ROOT / file).is_file()] == []
