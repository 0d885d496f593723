"""One real set, read by its pack's mapping, laid out for questions in SQL."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.config import load
from pipelines.config.mapping import TabularMapping, TextField
from pipelines.sources import tabular

FILES = {
    "boston": "boston_2015/boston_311_2015.csv.gz",
    "la": "la_2017/MyLA311_Service_Request_Data_2017_Subset.csv.gz",
    "nyc": "nyc_day_2021/yesterday_data.csv",
    "zurich": "zurich_zwn/reports_cleaned.csv",
    "ukpolice": "ukpolice_2018-10/2018-10-street.zip",
}
FAMILY = {"cat": "category", "agency": "unit_id", "dist": "area", "status": "status"}

# what the importer left out of a case's close time stands in its issue: one row a case, as the file says it
AS_WRITTEN = """
    create table written as
    select
        cases.row, cases.status, cases.is_closed, cases.lon, cases.lat, cases.id,
        timezone($zone, cases.reported_at) as reported,
        coalesce(timezone($zone, cases.closed_at), try_strptime(left_out.value, $formats)) as closed,
    from cases
    left join (
        select * from issues
        where field = 'closed' and reason in ('closed-before-reported', 'sentinel-date', 'date-out-of-range')
    ) as left_out using (row)
"""


@dataclass
class Imported:
    """A set's truth, and what was read of it."""

    truth: dict[str, Any]
    cases: pa.Table
    issues: pa.Table
    read: int
    connection: duckdb.DuckDBPyConnection

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql).fetchall()

    def one(self, sql: str) -> Any:
        return self.ask(sql)[0][0]

    def counted(self, reason: str) -> int:
        return int(self.one(f"select count(*) from issues where reason = '{reason}'"))

    def rejects(self) -> list[dict[str, Any]]:
        return [json.loads(raw) for (raw,) in self.ask("select raw from issues where outcome = 'rejected'")]

    def counts(self, what: str) -> dict[str, int]:
        """Count a column over all rows of the file, the rejected ones included."""
        name = self.truth["mapping"][what]
        found = {value or "": n for value, n in self.ask(f"select {FAMILY[what]}, count(*) from cases group by 1")}
        for row in self.rejects():
            found[row[name]] = found.get(row[name], 0) + 1
        return found


def read(pack: str, shared: Path) -> Imported:
    """Read a set by its pack's mapping; areas come from the column whose districts the truth counts."""
    path = shared / FILES[pack]
    truth = json.loads((path.parent / "ground_truth.json").read_text(encoding="utf-8"))
    config = load(pack=pack)
    mapping = next(iter(config.sources.values()))
    assert isinstance(mapping, TabularMapping)
    if truth["mapping"]["dist"]:
        fields = mapping.fields.model_copy(update={"area": TextField(column=truth["mapping"]["dist"])})
        mapping = mapping.model_copy(update={"fields": fields})
    blocks = list(tabular.read([path], mapping, time_zone=config.city.time_zone))
    connection = duckdb.connect()
    connection.execute("set timezone = 'UTC'")
    cases = pa.concat_tables([block.cases for block in blocks])
    issues = pa.concat_tables([block.issues for block in blocks])
    connection.register("cases", cases)
    connection.register("issues", issues)
    zone = "UTC" if "file says Z" in truth["timezone"] else config.city.time_zone
    connection.execute(AS_WRITTEN, {"zone": zone, "formats": truth["date_formats_used"]})
    return Imported(truth, cases, issues, sum(block.read for block in blocks), connection)
