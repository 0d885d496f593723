"""A file of an earlier build: opened, mended, and equal to one this build made."""

from __future__ import annotations

import random
from pathlib import Path

import duckdb
import pytest

from pipelines.config import load
from pipelines.migration import MARTS
from pipelines.node import DATABASE, Node
from tests.examples import events_of

SHOWN = "select id, kind, case_id, happened_at from log order by seq"
ADDED_TO_THE_LOG = ("note", "parent_id", "level")


def aged(file: Path, chance: random.Random) -> None:
    """Take from a file what a later build brought: columns of the log and of marts, what definitions say."""
    connection = duckdb.connect(str(file))
    for name, kind in connection.execute(
        "select view_name, 'view' from duckdb_views() where not internal union select function_name, 'macro table'"
        " from duckdb_functions() where not internal and function_type = 'table_macro'"
    ).fetchall():
        connection.execute(f"drop {kind} {name}")
    connection.execute("create view case_facts as select 'an earlier build' as source")
    for column in ADDED_TO_THE_LOG:
        connection.execute(f"alter table log drop column {column}")
    for mart in MARTS:
        columns = [row[0] for row in connection.execute(f"describe {mart}").fetchall()]
        connection.execute(f"alter table {mart} drop column {chance.choice(columns[4:])}")
    connection.close()


@pytest.mark.parametrize("seed", range(3))
def test_a_file_of_an_earlier_build_is_mended_when_it_is_opened(tmp_path: Path, seed: int) -> None:
    config = load(pack="xinyu")
    with Node.open(config, tmp_path) as node:
        node.append(events_of(40))
        told, shown = node.query(SHOWN).to_pylist(), node.query("from cases order by case_id").to_pylist()
    aged(tmp_path / DATABASE, random.Random(seed))
    with Node.open(config, tmp_path) as node:
        node.start()
        assert node.query(SHOWN).to_pylist() == told
        assert node.query("from cases order by case_id").to_pylist() == shown
        assert node.verify() == []
        assert {name: rows for name, rows in node.checks().items() if rows} == {}


def test_a_file_of_this_build_is_left_as_it_is(tmp_path: Path) -> None:
    config = load(pack="xinyu")
    with Node.open(config, tmp_path) as node:
        node.append(events_of(10))
    with Node.open(config, tmp_path) as node:
        assert node.query("select position from positions where name = 'applied'").num_rows == 1
