"""Whatever relation or column the warehouse gets, the lens must have been told of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files

import pytest

from pipelines import lens
from pipelines.contract.personal import BY_CASE, BY_UNIT, COUNTED, KEPT_BACK, KNOWN, PERSONAL, UNDRILLED
from pipelines.contract.scope import Lens
from pipelines.warehouse import Warehouse

LENSES = (Lens("u1"), Lens(None, True), Lens("u'1", True), Lens(exercise=True))


@pytest.fixture(scope="module")
def warehouse() -> Iterator[Warehouse]:
    opened = Warehouse(None, "Asia/Shanghai")
    yield opened
    opened.close()


def test_every_column_is_known(warehouse: Warehouse) -> None:
    found: dict[str, set[str]] = {}
    for relation, column in warehouse.tuples(
        "select table_name, column_name from duckdb_columns()"
        " where database_name = current_database() and schema_name = 'main' and not internal"
    ):
        found.setdefault(relation, set()).add(column)
    for view in lens.REMADE:
        del found[view]
    told = {relation: set(columns.split()) | set(PERSONAL.get(relation, {})) for relation, columns in KNOWN.items()}
    assert found == told, "decide in contract/personal.py what a lens does with it"
    assert BY_UNIT | BY_CASE | COUNTED | UNDRILLED | KEPT_BACK | PERSONAL.keys() <= KNOWN.keys()


def test_what_names_a_case_or_a_unit_is_narrowed() -> None:
    for relation, columns in KNOWN.items():
        if {"case_id", "unit_id"} & set(columns.split()) and relation != "units":
            assert relation in BY_UNIT | BY_CASE, relation


def test_every_view_of_main_is_remade(warehouse: Warehouse) -> None:
    views = warehouse.tuples(
        "select view_name from duckdb_views() where not internal and database_name = current_database()"
    )
    assert {name for (name,) in views} == set(lens.REMADE)


@pytest.mark.parametrize("seen", LENSES)
def test_a_lens_keeps_every_shape(warehouse: Warehouse, seen: Lens) -> None:
    for relation in (*KNOWN, *lens.REMADE):
        plain = warehouse.rows(f"from {relation} limit 0").schema
        assert warehouse.through(seen).rows(f"from {relation} limit 0").schema == plain, relation


def test_no_question_names_a_schema() -> None:
    folder = files("pipelines") / "sql"
    for kind in ("views", "desk", "reporting", "schema"):
        for file in (folder / kind).iterdir():
            assert not re.search(r"\bmain\.", file.read_text(encoding="utf-8")), file.name
