"""Small files made by tests, and what is read of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines.config.mapping import TabularMapping
from pipelines.contract.records import ISSUE_SCHEMA, RECORD_SCHEMA
from pipelines.sources import tabular

FIELDS = {"id": "id", "reported": "reported"}


@dataclass(frozen=True)
class Read:
    """All blocks of an import as one."""

    cases: pa.Table
    issues: pa.Table
    read: int

    @property
    def rows(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.cases.to_pylist()
        return rows

    @property
    def reasons(self) -> Counter[str]:
        return Counter(self.issues.column("reason").to_pylist())

    @property
    def rejected(self) -> set[str]:
        return {issue["row"] for issue in self.issues.to_pylist() if issue["outcome"] == "rejected"}

    def column(self, name: str) -> list[Any]:
        values: list[Any] = self.cases.column(name).to_pylist()
        return values

    def times(self, name: str) -> list[str | None]:
        return [None if moment is None else moment.strftime("%Y-%m-%d %H:%M:%S") for moment in self.column(name)]


def mapping(fields: dict[str, Any] | None = None, **rest: Any) -> TabularMapping:
    return TabularMapping.model_validate({"kind": "tabular", "fields": fields or FIELDS, **rest})


def read(path: Path, by: TabularMapping, *, time_zone: str = "Asia/Shanghai") -> Read:
    blocks = list(tabular.read([path], by, time_zone=time_zone))
    found = Read(
        pa.concat_tables([RECORD_SCHEMA.empty_table(), *(block.cases for block in blocks)]),
        pa.concat_tables([ISSUE_SCHEMA.empty_table(), *(block.issues for block in blocks)]),
        sum(block.read for block in blocks),
    )
    assert found.read == found.cases.num_rows + len(found.rejected)
    assert found.issues.column("outcome").to_pylist().count("rejected") == len(found.rejected)
    return found


def written(folder: Path, text: str, name: str = "cases.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path
