"""The id of each case: the source's own, or one made from the row's content."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from .projection import PLACE, name

Mask = npt.NDArray[np.bool_]


class Identities:
    """Remember the ids of one import, so that each case has its own."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Keep the memory in a connection's temporary tables."""
        self._connection = connection
        connection.execute("create temp table ids (id varchar, digest ubigint)")
        connection.execute("create temp table contents (content varchar, seen bigint)")

    def repeats(self, ids: pa.Array, digests: pa.Array) -> tuple[Mask, Mask]:
        """Tell which rows repeat an id with the same content, and which with other content; nulls repeat nothing."""
        here = pa.table({"place": np.arange(len(ids)), "id": ids, "digest": digests})
        odd = self._ask(
            """
            with numbered as (
                select place, id, digest, row_number() over same as nth, first_value(digest) over same as first_digest
                from here where id is not null window same as (partition by id order by place)
            )
            select numbered.place, coalesce(ids.digest, first_digest) = numbered.digest as equal
            from numbered left join ids using (id) where nth > 1 or ids.id is not null
            """,
            here,
        )
        self._ask_nothing(
            """
            insert into ids
            select id, arg_min(digest, place) from here anti join ids using (id) where id is not null group by id
            """,
            here,
        )
        same, other = np.zeros(len(ids), dtype=bool), np.zeros(len(ids), dtype=bool)
        places, equal = odd.column("place").to_numpy(), odd.column("equal").to_numpy()
        same[places[equal]] = True
        other[places[~equal]] = True
        return same, other

    def made(self, rows: pa.Table, columns: Sequence[str]) -> pa.Array:
        """Make ids from content: equal rows are told apart by their ordinal in the import."""
        cells = ", ".join(f"coalesce({name(column)}, '')" for column in columns)
        rows = rows.append_column(PLACE, pa.array(np.arange(rows.num_rows)))
        here = self._ask(f"select {name(PLACE)} as place, md5(concat_ws(chr(31), {cells})) as content from here", rows)
        made = self._ask(
            """
            select
                content[:16] || '.' || (coalesce(seen, 0) + row_number() over same) as id,
                place,
            from here left join contents using (content)
            window same as (partition by content order by place)
            """,
            here,
        ).sort_by("place")
        self._ask_nothing(
            """
            merge into contents using (select content, count(*) as seen from here group by content) as new
            on contents.content = new.content
            when matched then update set seen = contents.seen + new.seen
            when not matched then insert values (new.content, new.seen)
            """,
            here,
        )
        ids: pa.Array = made.column("id").combine_chunks()
        return ids

    def _ask(self, sql: str, here: pa.Table) -> pa.Table:
        self._connection.register("here", here)
        try:
            return self._connection.sql(sql).to_arrow_table()
        finally:
            self._connection.unregister("here")

    def _ask_nothing(self, sql: str, here: pa.Table) -> None:
        self._connection.register("here", here)
        self._connection.execute(sql)
        self._connection.unregister("here")
