from __future__ import annotations

import re
from pathlib import Path

from .conftest import Terminal

README = Path(__file__).parents[2] / "README.md"
CASES = "工单编号,受理时间,办结时间,状态\nA1,2026-03-01 08:00,2026-03-01 10:00,已办结\nA2,2026-03-02 08:00,,处理中\n"


def block(language: str, number: int = 0) -> str:
    return re.findall(rf"^```{language}\n(.*?)^```$", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)[
        number
    ]


def test_your_own_city_is_ten_lines(terminal: Terminal, town: Path) -> None:
    (town / "config.yaml").write_text(block("yaml"), encoding="utf-8")
    (town / "cases.csv").write_text(CASES, encoding="utf-8-sig")
    told = re.search(r"bin/citybrain (import .*?) +#", block("sh", 1))
    assert told
    assert terminal(*told.group(1).split()).code == 0
    states = terminal("query", "select case_id, state from cases order by case_id", "--format", "csv").out.split()
    assert len(block("yaml").splitlines()) <= 10
    assert len(states) == 3
    assert states[1].endswith("closed")
