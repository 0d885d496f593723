"""Lighthouse's figures of every screen: ``.ci/lighthouse``."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .conftest import FLAGS, ROOT, SIZES, frozen_city

LIGHTHOUSE = "lighthouse@12.8.2"
CATEGORIES = ("performance", "accessibility", "best-practices")
TIMES = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")
RUNS = 3
TARGET = ROOT / "docs" / "LIGHTHOUSE.md"


def measure(url: str, folder: Path) -> dict[str, Any]:
    """Ask Lighthouse a few times, with its settings for a desktop computer; return the run of median performance."""
    taken = [_once(url, folder / f"{run}.json") for run in range(RUNS)]
    return sorted(taken, key=lambda one: one["categories"]["performance"]["score"] or 0)[RUNS // 2]


def _once(url: str, target: Path) -> dict[str, Any]:
    flags = " ".join(["--headless=new", *FLAGS])
    words = ["npx", "--yes", LIGHTHOUSE, url, "--quiet", "--preset=desktop", "--output=json", f"--output-path={target}"]
    words += [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={flags}"]
    subprocess.run(words, check=True, capture_output=True)
    return dict(json.loads(target.read_text(encoding="utf-8")))


def row(screen: str, told: dict[str, Any]) -> str:
    """Write a line."""
    scores = [f"{100 * (told['categories'][name]['score'] or 0):.0f}" for name in CATEGORIES]
    times = [told["audits"][name].get("displayValue", "—").replace("\N{NO-BREAK SPACE}", " ") for name in TIMES]
    return f"| `/{screen}` | {' | '.join([*scores, *times])} |"


def rows() -> Iterator[str]:
    """Measure every screen of a city that stands still."""
    with tempfile.TemporaryDirectory() as folder, frozen_city(Path(folder)) as url:
        for screen in SIZES:
            yield row(screen, measure(f"{url}/{screen}", Path(folder)))


PAGE = """# Lighthouse

Written by `.ci/lighthouse` ({version}, settings for a desktop computer, median of {runs} runs, a city that stands
still, software rendering on two shared cores). Aim: at least 95 for performance and accessibility on desk, tablet,
phone and analyst.

| screen | performance | accessibility | best practices | first paint | largest paint | blocked | layout shift |
|---|---|---|---|---|---|---|---|
{rows}

Two things hold performance down, seen in the traces: Dash's own scripts (about 270 KB packed) run before a screen
lives, and MapLibre draws by software here, which is most of the blocked time of the screens with a WebGL map.
"""

if __name__ == "__main__":
    TARGET.write_text(PAGE.format(version=LIGHTHOUSE, runs=RUNS, rows="\n".join(rows())), encoding="utf-8")
