from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SQL = ROOT / "pipelines" / "sql"
FILES = sorted(SQL.rglob("*.sql"))
MOST_LINES = 110
CLOCKS = r"\b(now\(\)|current_(date|time|timestamp)|today\(\)|localtimestamp|random\(\)|uuid\(\)|gen_random_uuid)"


@pytest.mark.parametrize("file", FILES, ids=[file.relative_to(SQL).as_posix() for file in FILES])
def test_a_relation_says_its_question_and_grain_and_reads_no_clock(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    code = re.sub(r"--.*", "", text)
    assert re.match(r"-- \S", text), "the first line is a comment: the question, the grain"
    assert not re.search(CLOCKS, code, re.IGNORECASE)
    assert len(text.splitlines()) <= MOST_LINES


@pytest.mark.parametrize("file", sorted((SQL / "views").glob("*.sql")), ids=lambda file: file.stem)
def test_a_view_names_its_key(file: Path) -> None:
    assert re.search(r"^-- key: [a-z_]+$", file.read_text(encoding="utf-8"), re.MULTILINE)
