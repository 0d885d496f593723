"""A small town with one source of cases, and a terminal to type commands on."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from dashboard import cli

SITE = """\
city: {id: "1", name_zh: 城, name_en: Town, time_zone: Asia/Shanghai, center: [114.9, 27.8]}
sources:
  hotline:
    kind: tabular
    fields: {id: number, reported: begun, closed: done, category: what}
"""
CASES = """\
number,begun,done,what
1,2026-03-01 08:00:00,2026-03-01 10:00:00,lamp
2,2026-03-01 09:00:00,,road
3,soon,,road
"""


@dataclass(frozen=True)
class Said:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str


Terminal = Callable[..., Said]


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A folder with a configuration and a file of cases: one closed, one open, one without a date."""
    (tmp_path / "config.yaml").write_text(SITE, encoding="utf-8")
    (tmp_path / "cases.csv").write_text(CASES, encoding="utf-8")
    return tmp_path


@pytest.fixture
def terminal(town: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Run `citybrain …` in the town's folder."""
    monkeypatch.chdir(town)

    def run(*words: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["citybrain", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        code = ended.value.code
        return Said(code if isinstance(code, int) else 0, printed.out, printed.err)

    return run
