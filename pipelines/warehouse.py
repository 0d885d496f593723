"""The node's DuckDB file: one writer, cursors beside it, city-local days."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from . import lens as lenses
from .contract import waiting
from .contract.scope import CLEAR, Lens
from .errors import CitybrainError, DatabaseLocked, QueryEnded, QueryError, StorageFull
from .migration import MARTS, outgrow

# one release back still opens the file
STORAGE_VERSION = "v1.5.0"
# in memory: nothing of a lens outlives the process
LENSES = "lenses"
Record = dict[str, Any]


@cache
def statement(path: str) -> str:
    """Return the text of one file under ``pipelines/sql``, such as ``views/queue``."""
    return (files("pipelines") / "sql" / f"{path}.sql").read_text(encoding="utf-8")


def names(folder: str) -> list[str]:
    """List the relations of one folder under ``pipelines/sql``, in order of name."""
    return sorted(
        f.name.removesuffix(".sql") for f in (files("pipelines") / "sql" / folder).iterdir() if f.name.endswith(".sql")
    )


class Reader(ABC):
    """Whoever answers selects on a cursor of the calling thread."""

    def rows(self, sql: str, **parameters: Any) -> pa.Table:  # noqa: ANN401
        """Ask on this thread's own cursor: sees what is committed; raise `QueryError` if it cannot be answered."""
        try:
            return _table(self._reader(), sql, parameters)
        except duckdb.Error as error:
            raise _unanswered(error, sql) from error

    def tuples(self, sql: str, **parameters: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401
        """Ask like `rows`, for the bare values: cheaper where the answer is small."""
        try:
            return self._reader().execute(sql, parameters or None).fetchall()
        except duckdb.Error as error:
            raise _unanswered(error, sql) from error

    def records(self, sql: str, **parameters: Any) -> list[Record]:  # noqa: ANN401
        """Ask like `rows`, for a dictionary a row."""
        try:
            return _records(self._reader(), sql, parameters)
        except duckdb.Error as error:
            raise _unanswered(error, sql) from error

    def scalar(self, sql: str, **parameters: Any) -> Any:  # noqa: ANN401
        """Ask for one value."""
        table = self.rows(sql, **parameters)
        return table.column(0)[0].as_py() if table.num_rows else None

    @abstractmethod
    def _reader(self) -> duckdb.DuckDBPyConnection:
        """Return the calling thread's cursor."""


class Warehouse(Reader):
    """An open database file; only the node's writer changes it, anyone in the process may read.

    Its ``version`` is another one after every change, never before it can be seen.
    """

    version: int

    def __init__(self, path: Path | None, time_zone: str, watched: int = 2) -> None:
        """Open or create the file (memory for None); raise `DatabaseLocked` if another process has it.

        ``watched`` is the number of readers whose progress can be seen and whose question can be ended.
        """
        self.path = path
        self._begin(_connect(path))
        self._connection.execute("set checkpoint_threshold = '256MB'")
        self._connection.execute(f"set global TimeZone = '{time_zone}'")
        self._connection.execute(f"attach ':memory:' as {LENSES}")
        outgrow(self._connection, statement("schema/log"), {mart: statement(f"schema/{mart}") for mart in MARTS})
        _create(self._connection, names("schema"))
        self.watched += [Watched(self._cursor(), self._path_of) for _ in range(watched)]
        # in this order: what is asked from outside may read no file and change no setting
        self._connection.execute("set enable_external_access = false")
        self._connection.execute("set lock_configuration = true")

    def _begin(self, connection: duckdb.DuckDBPyConnection, catalog: str | None = None) -> None:
        """Write through a connection; every cursor looks into ``catalog`` first, where one is named."""
        self._connection = connection
        self._catalog = catalog
        self.version = 0
        self._readers = threading.local()
        self.watched: list[Watched] = []
        self._own = _database(connection)
        self._lenses = catalog or LENSES
        self._made: set[Lens] = set()
        self._making = threading.Lock()

    @property
    def catalog(self) -> str:
        """The name of this database among those that lie beside it."""
        return self._own

    def close(self) -> None:
        """Write everything out and release the file."""
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[Warehouse]:
        """Commit durably at the end of the block, or leave no trace of it."""
        self._connection.execute("begin")
        try:
            yield self
            self._connection.execute("commit")
            self.version += 1
        except BaseException as error:
            with suppress(duckdb.Error):
                self._connection.execute("rollback")
            raise _storage_error(error) from error

    def write(self, sql: str, **parameters: Any) -> None:  # noqa: ANN401
        """Run one statement as the writer."""
        self._connection.execute(sql, parameters or None)
        self.version += 1

    def write_returning(self, sql: str, **parameters: Any) -> pa.Table:  # noqa: ANN401
        """Run one statement as the writer and return what it returns."""
        returned = self._connection.sql(sql, params=parameters).to_arrow_table()
        self.version += 1
        return returned

    @contextmanager
    def lent(self, **tables: pa.Table) -> Iterator[None]:
        """Let the writer see Arrow tables under these names within the block."""
        for name, table in tables.items():
            self._connection.register(name, table)
        try:
            yield
        finally:
            for name in tables:
                self._connection.unregister(name)

    def writer_rows(self, sql: str, **parameters: Any) -> pa.Table:  # noqa: ANN401
        """Ask as the writer: sees its own open transaction and what it was lent."""
        return _table(self._connection, sql, parameters)

    def ask_read_only(self, sql: str) -> pa.Table:
        """Answer one select from outside; raise `QueryError` for anything that is not exactly one."""
        try:
            statements = duckdb.extract_statements(sql)
        except duckdb.Error as error:
            raise QueryError(f"{error}") from error
        kinds = [s.type.name for s in statements]
        if kinds not in (["SELECT"], ["EXPLAIN"]):
            raise QueryError(f"expected one select, got {', '.join(kinds) or 'nothing'}: {sql.strip()[:200]!r}")
        return self.rows(sql)

    def checkpoint(self) -> None:
        """Move the write-ahead log into the file, off the hot path."""
        self._connection.execute("checkpoint")

    def through(self, lens: Lens) -> Reader:
        """Return who answers with nothing but what a lens lets through."""
        return self if lens == CLEAR else Seen(self, lens)

    def _reader(self) -> duckdb.DuckDBPyConnection:
        return self._reader_through(CLEAR)

    def _reader_through(self, lens: Lens) -> duckdb.DuckDBPyConnection:
        if not hasattr(self._readers, "cursors"):
            self._readers.cursors = {}
        cursors: dict[tuple[Lens, bool], duckdb.DuckDBPyConnection] = self._readers.cursors
        # a cursor that was told whose hand asks stays one that is told
        kind = (lens.bare, lens.hand is not None)
        if kind not in cursors:
            cursors[kind] = self._cursor()
            cursors[kind].execute(f"set search_path = '{self._path_of(lens.bare)}'")
        if lens.hand:
            cursors[kind].execute("set variable hand = $hand", {"hand": waiting.written(lens.hand)})
        return cursors[kind]

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        cursor = self._connection.cursor()
        if self._catalog:
            cursor.execute(f"use {self._catalog}.main")
        return cursor

    def _path_of(self, lens: Lens) -> str:
        """Return where a reader looks for its relations, the lens's schema made first if nobody looked through it."""
        own = f"{self._own}.main"
        if lens == CLEAR:
            return own
        schema = f"{self._lenses}.{lenses.schema_of(lens)}"
        path = f"{schema},{own}"
        with self._making:
            if lens not in self._made:
                maker = self._cursor()
                maker.execute("begin")
                maker.execute(f"create schema {schema}")
                maker.execute(f"set search_path = '{path}'")
                for sql in lenses.narrowed(lens, own):
                    maker.execute(sql)
                for name in lenses.REMADE:
                    maker.execute(statement(f"schema/{name}"))
                maker.execute("commit")
                maker.close()
                self._made.add(lens)
        return path


class Beside(Warehouse):
    """A database in memory beside an open one: its own relations, and by their full names the other's."""

    def __init__(self, other: Warehouse, catalog: str, own: Mapping[str, str]) -> None:
        """Attach under a name nobody has yet; ``own`` are statements that stand for files of ``sql/schema``."""
        self.path = None
        connection = other._connection.cursor()
        connection.execute(f"attach ':memory:' as {catalog}")
        connection.execute(f"use {catalog}.main")
        self._begin(connection, catalog)
        for sql in own.values():
            connection.execute(sql)
        _create(connection, [name for name in names("schema") if name not in own])
        self._others = other.catalog

    def close(self) -> None:
        """Forget everything."""
        self._connection.execute(f"use {self._others}.main")
        self._connection.execute(f"detach {self._catalog}")
        self._connection.close()


class Seen(Reader):
    """What a lens lets through of a warehouse."""

    def __init__(self, warehouse: Warehouse, lens: Lens) -> None:
        self._warehouse = warehouse
        self._lens = lens

    def _reader(self) -> duckdb.DuckDBPyConnection:
        return self._warehouse._reader_through(self._lens)


class Watched:
    """A reader whose question can be watched and ended from another thread."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, path_of: Callable[[Lens], str]) -> None:
        self._cursor = cursor
        self._path_of = path_of
        self._lens = CLEAR
        cursor.execute("set enable_progress_bar = true")
        cursor.execute("set enable_progress_bar_print = false")

    def records(self, sql: str, **parameters: Any) -> list[Record]:  # noqa: ANN401
        """Answer one select; raise `QueryEnded` if it was ended meanwhile, `QueryError` if it cannot be answered."""
        try:
            return _records(self._cursor, sql, parameters)
        except duckdb.InterruptException as error:
            raise QueryEnded("the question was ended before it was answered; ask it again") from error
        except duckdb.Error as error:
            raise _unanswered(error, sql) from error

    def look_through(self, lens: Lens) -> None:
        """Answer from now on with nothing but what a lens lets through."""
        if lens == self._lens:
            return
        try:
            self._cursor.execute(f"set search_path = '{self._path_of(lens)}'")
        except duckdb.InterruptException as error:
            raise QueryEnded("the question was ended before it was answered; ask it again") from error
        self._lens = lens

    def end(self) -> None:
        """End the question that runs, if one does."""
        self._cursor.interrupt()

    def share(self) -> float | None:
        """Return which share of the running question is done, None if nobody knows."""
        percent = self._cursor.query_progress()
        return percent / 100 if percent >= 0 else None


def _database(connection: duckdb.DuckDBPyConnection) -> str:
    (found,) = connection.execute("select current_database()").fetchone() or ("",)
    return str(found)


def _table(connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, Any]) -> pa.Table:
    relation = connection.sql(sql, params=dict(parameters) or None)
    return relation.to_arrow_table() if relation is not None else pa.table({})


def _records(connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, Any]) -> list[Record]:
    # a relation is planned twice, an execution once
    done = connection.execute(sql, dict(parameters) or None)
    names = [column[0] for column in done.description or ()]
    return [dict(zip(names, row, strict=True)) for row in done.fetchall()]


def _unanswered(error: duckdb.Error, sql: str) -> QueryError:
    return QueryError(f"{error}\nin: {sql.strip()[:400]}")


def _create(connection: duckdb.DuckDBPyConnection, relations: list[str]) -> None:
    """Create relations in an order that works: what names one that is not there yet waits for the next round."""
    waiting: list[str] = []
    for name in relations:
        try:
            connection.execute(statement(f"schema/{name}"))
        except duckdb.CatalogException:
            waiting.append(name)
            if waiting == relations:
                raise
    if waiting:
        _create(connection, waiting)


def _connect(path: Path | None) -> duckdb.DuckDBPyConnection:
    if path is None:
        return duckdb.connect(":memory:")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return duckdb.connect(str(path), config={"storage_compatibility_version": STORAGE_VERSION})
    except duckdb.IOException as error:
        if "lock" in str(error).lower():
            raise DatabaseLocked(
                f"{path} is held by another process; stop that node, or use a command that goes through it ({error})"
            ) from error
        raise _storage_error(error) from error
    except OSError as error:
        raise CitybrainError(f"{path}: {error.strerror}; choose a folder you may write to with --data") from error


def _storage_error(error: BaseException) -> BaseException:
    if isinstance(error, duckdb.Error) and "no space left" in str(error).lower():
        return StorageFull(f"the disk is full: {error}; free space and repeat, nothing of this batch was kept")
    return error
