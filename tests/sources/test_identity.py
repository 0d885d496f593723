from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.config.mapping import TabularMapping
from pipelines.sources.raw import Raw
from pipelines.sources.refine import Refinery

from .reading import mapping

Row = tuple[str, str, str]
DAYS = ("2026-03-01", "2026-03-02", "never")
ROWS = st.lists(
    st.tuples(st.sampled_from(("", "a", "b", "c")), st.sampled_from(DAYS), st.sampled_from("xy")), max_size=25
)
FEW = settings(deadline=None, max_examples=30)
BY = mapping({"id": "id", "reported": "reported", "category": "kind"})


def blocks(rows: list[Row], cuts: list[int]) -> Iterator[Raw]:
    edges = [0, *sorted(min(cut, len(rows)) for cut in cuts), len(rows)]
    for start, end in pairwise(edges):
        columns = [pa.array([row[place] for row in rows[start:end]], pa.string()) for place in range(3)]
        yield Raw("f", pa.table(columns, names=["id", "reported", "kind"]), np.arange(start + 2, end + 2))


def refined(
    rows: list[Row], cuts: list[int], by: TabularMapping = BY
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    with Refinery(by.fields.given(), by, "UTC") as refinery:
        found = list(refinery.refine(blocks(rows, cuts)))
    cases = [case for block in found for case in block.cases.to_pylist()]
    issues = [issue for block in found for issue in block.issues.to_pylist()]
    return cases, sorted(issues, key=lambda issue: (str(issue["row"]), str(issue["reason"])))


@FEW
@given(ROWS, st.lists(st.integers(0, 25), max_size=4))
def test_any_cutting_into_blocks_gives_the_same(rows: list[Row], cuts: list[int]) -> None:
    assert refined(rows, cuts) == refined(rows, [])


@FEW
@given(ROWS, st.lists(st.integers(0, 25), max_size=2))
def test_no_two_cases_share_an_id_and_no_row_is_lost(rows: list[Row], cuts: list[int]) -> None:
    cases, issues = refined(rows, cuts)
    ids = [case["id"] for case in cases]
    rejected = {issue["row"] for issue in issues if issue["outcome"] == "rejected"}
    assert len(ids) == len(set(ids))
    assert None not in ids
    assert {case["row"] for case in cases} | rejected == {f"f:{n + 2}" for n in range(len(rows))}
    assert len(cases) + len(rejected) == len(rows)


@FEW
@given(ROWS)
def test_made_ids_do_not_depend_on_other_rows(rows: list[Row]) -> None:
    own = [("", "2026-03-01", "x"), ("", "2026-03-01", "x")]
    before = [case["id"] for case in refined(own, [])[0]]
    others = [row for row in rows if row[0] or row[1:] != ("2026-03-01", "x")]
    after = [case["id"] for case in refined([*others, *own], [])[0]]
    assert after[-2:] == before


@pytest.mark.parametrize("cut", [0, 1, 2, 3])
def test_a_repeated_id_keeps_the_first_row(cut: int) -> None:
    rows = [("a", "never", "x"), ("a", "2026-03-01", "x"), ("a", "2026-03-01", "x"), ("a", "2026-03-01", "y")]
    cases, issues = refined(rows, [cut])
    assert [case["row"] for case in cases] == ["f:3"]
    assert [issue["reason"] for issue in issues] == ["unparseable-date", "duplicate-row", "conflicting-id"]
