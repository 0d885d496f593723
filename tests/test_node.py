"""A node over real files: import, query, rebuild, backup, and a disk that is full."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.config import load
from pipelines.contract.events import encode, to_table
from pipelines.errors import LogError, QueryError, SourceError, StorageFull
from pipelines.node import Node
from tests.examples import case_events

BOSTON = Path(__file__).parents[1] / "pipelines" / "cities" / "boston" / "data" / "boston_311_2015.csv.gz"


@pytest.fixture(scope="module")
def some_cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The header and the first two thousand real cases."""
    file = tmp_path_factory.mktemp("cases") / "cases.csv"
    with gzip.open(BOSTON, "rb") as lines:
        file.write_bytes(b"".join(next(lines) for _ in range(2001)))
    return file


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    with Node.open(load(pack="boston"), tmp_path / "data") as opened:
        yield opened


def test_importing_a_file_again_changes_nothing(node: Node, some_cases: Path) -> None:
    first = node.import_files([some_cases], "cases")
    before = node.query(
        "select (select count(*) from log) as log, (select count(*) from quarantine) as odd"
    ).to_pylist()
    again = node.import_files([some_cases], "cases")
    after = node.query("select (select count(*) from log) as log, (select count(*) from quarantine) as odd").to_pylist()
    assert (first.read, first.already_known) == (2000, 0)
    assert (again.events, again.already_known) == (0, first.events)
    assert before == after


def test_every_row_is_a_case_or_a_reject(node: Node, some_cases: Path) -> None:
    report = node.import_files([some_cases], "cases")
    assert report.read == report.accepted + report.rejected.total() == 2000
    assert node.query("select count(*) as n from cases").to_pylist() == [{"n": report.accepted}]
    kept = node.query("select count(*) as n from quarantine").to_pylist()[0]["n"]
    assert kept == report.repaired.total() + report.rejected.total()


def test_a_rebuild_differs_in_nothing_and_no_check_complains(node: Node, some_cases: Path) -> None:
    node.import_files([some_cases], "cases")
    assert node.verify() == []
    node.rebuild()
    assert node.verify() == []
    assert {name: rows for name, rows in node.checks().items() if rows} == {}


def test_verifying_finds_a_mart_that_was_tampered_with(node: Node, some_cases: Path) -> None:
    node.import_files([some_cases], "cases")
    node.warehouse.write("update cases set is_open = not is_open where case_id = (select min(case_id) from cases)")
    assert [(d.mart, d.missing, d.surplus) for d in node.verify()] == [("cases", 1, 1)]


@pytest.mark.parametrize("sql", ["delete from log", "select 1; select 2", "attach ':memory:'", "", "copy log to 'x'"])
def test_a_query_that_is_not_one_select_is_refused(node: Node, sql: str) -> None:
    with pytest.raises(QueryError, match="expected one select"):
        node.query(sql)


def test_a_sent_event_that_is_not_legal_now_is_kept_aside(node: Node) -> None:
    node.start()
    reported, filed, _ = case_events(1, area="02108")
    early = node.receive([encode(filed)], "sensors")
    taken = node.receive([encode(reported), encode(filed), b"nonsense"], "sensors")
    again = node.receive([encode(reported)], "sensors")
    assert (early.stored, [issue["reason"] for issue in early.issues]) == (0, ["illegal-transition"])
    assert "case-filed" in early.issues[0]["value"]
    assert (taken.stored, [issue["reason"] for issue in taken.issues]) == (2, ["unreadable-event"])
    assert (again.stored, again.duplicates, again.issues) == (0, 1, [])
    kept = node.query("select reason, raw is not null as whole from quarantine order by reason").to_pylist()
    assert kept == [{"reason": "illegal-transition", "whole": True}, {"reason": "unreadable-event", "whole": True}]


def test_a_query_reads_no_file(node: Node) -> None:
    with pytest.raises(QueryError, match="Permission"):
        node.query("select * from read_csv('/etc/hostname')")


def test_an_unknown_source_names_the_known_ones(node: Node, some_cases: Path) -> None:
    with pytest.raises(SourceError, match="cases"):
        node.import_files([some_cases], "nosuch")


def test_a_restored_node_equals_the_one_backed_up(node: Node, some_cases: Path, tmp_path: Path) -> None:
    node.import_files([some_cases], "cases")
    node.backup(tmp_path / "backup")
    Node.restore(node.config, tmp_path / "restored", tmp_path / "backup")
    with Node.open(node.config, tmp_path / "restored") as restored:
        assert node.follower.differences(restored.warehouse) == []
        for relation in ("log", "quarantine"):
            rows = f"from {relation} order by all"
            assert restored.query(rows).equals(node.query(rows))


def test_a_damaged_backup_is_refused(node: Node, some_cases: Path, tmp_path: Path) -> None:
    node.import_files([some_cases], "cases")
    node.backup(tmp_path / "backup")
    file = tmp_path / "backup" / "log.parquet"
    file.write_bytes(file.read_bytes()[:-100] + b"x" * 100)
    with pytest.raises(LogError, match="was changed since"):
        Node.restore(node.config, tmp_path / "restored", tmp_path / "backup")


def test_restoring_over_data_is_refused(node: Node, some_cases: Path, tmp_path: Path) -> None:
    node.import_files([some_cases], "cases")
    node.backup(tmp_path / "backup")
    with Node.open(node.config, tmp_path / "other") as other:
        other.append(to_table(case_events(1, area="02108")))
    with pytest.raises(LogError, match="already"):
        Node.restore(node.config, tmp_path / "other", tmp_path / "backup")


def test_a_full_disk_refuses_and_the_node_goes_on(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    node.start()
    node.submit(to_table(case_events(1, area="02108"))).result()

    def full(*_: object) -> None:
        import duckdb

        raise duckdb.IOException('Could not write file "node.duckdb.wal": No space left on device')

    monkeypatch.setattr("pipelines.log.stored.StoredLog.insert", full)
    with pytest.raises(StorageFull, match="nothing of this batch was kept"):
        node.submit(to_table(case_events(2, area="02108"))).result()
    monkeypatch.undo()
    receipt = node.submit(to_table(case_events(2, area="02108"))).result()
    assert receipt.stored == 3
    assert node.query("select count(*) as n from log").to_pylist() == [{"n": 6}]
