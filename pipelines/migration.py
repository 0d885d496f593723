"""A file made by an earlier build: the log gets the columns it lacks, marts of another shape are folded anew.

Views and macros are made at every start: those of the earlier build go first, they would speak of columns of then.
"""

from __future__ import annotations

import re
from typing import Final

import duckdb

MARTS: Final = ("cases", "open_cases", "grid_days", "safety_creation")
COLUMN: Final = re.compile(r"^    (\w+) ([a-z]+)(?: not null)?,?$", re.MULTILINE)


def outgrow(connection: duckdb.DuckDBPyConnection, log: str, marts: dict[str, str]) -> None:
    """Fit the tables of a file to the statements that make them now; an empty file needs nothing."""
    if not _columns(connection, "log"):
        return
    _forget_definitions(connection)
    there = _columns(connection, "log")
    for name, kind in COLUMN.findall(log):
        if name not in there:
            connection.execute(f"alter table log add column {name} {kind}")
    if all(_columns(connection, mart) == [name for name, _ in COLUMN.findall(sql)] for mart, sql in marts.items()):
        return
    for mart in marts:
        connection.execute(f"drop table if exists {mart}")
    connection.execute("delete from positions where name = 'applied'")


def _forget_definitions(connection: duckdb.DuckDBPyConnection) -> None:
    found = connection.execute(
        "select 'view', view_name from duckdb_views() where not internal and database_name = current_database()"
        " union select if(function_type = 'macro', 'macro', 'macro table'), function_name from duckdb_functions()"
        " where not internal and database_name = current_database()"
    ).fetchall()
    for kind, name in found:
        connection.execute(f"drop {kind} if exists {name}")


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    found = connection.execute(
        "select column_name from duckdb_columns() where database_name = current_database() and table_name = $table"
        " order by column_index",
        {"table": table},
    ).fetchall()
    return [name for (name,) in found]
