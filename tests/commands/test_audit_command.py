"""`citybrain audit`: proves that the record is whole, and names the first entry that is not."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

import msgspec
import pytest

from dashboard.commands.audit import console
from dashboard.identity.audit import AUDIT, Entry
from pipelines.registry.base import Piece

from .conftest import Said, Terminal


@pytest.fixture
def noted(terminal: Terminal, town: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three things were done, each a line of the audit; return the file it is in."""
    monkeypatch.setenv("CITYBRAIN_PASSWORD", "correct horse battery")
    assert terminal("accounts", "add", "li", "--role", "dispatcher", "--area", "1").code == 0
    for deed in (["disable", "li"], ["disable", "li", "--enable"]):
        assert terminal("accounts", *deed).code == 0
    return next(town.glob("var/*/registry.sqlite"))


def change(file: Path, sql: str) -> None:
    with sqlite3.connect(file) as registry:
        registry.execute(sql, (AUDIT,))
    registry.close()


def verified(terminal: Terminal, *words: str) -> Said:
    said = terminal("audit", "verify", *words)
    assert "\n" not in said.out.strip()
    return said


def test_a_whole_audit_and_its_head(terminal: Terminal, noted: Path) -> None:
    head = terminal("audit", "head").out.strip()
    assert head.startswith("3:")
    assert head in verified(terminal).out
    assert terminal("accounts", "disable", "li").code == 0
    said = verified(terminal, "--head", head)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("the audit is whole: 4 entries, up to 3 the same as when its head was kept")
    assert noted.exists()


def test_what_is_taken_away_on_the_command_line_is_in_it(terminal: Terminal, town: Path, noted: Path) -> None:
    assert terminal("query", "select 1 as one").code == terminal("backup", str(town / "kept")).code == 0
    with sqlite3.connect(noted) as registry:
        lines = registry.execute("select document from entries where kind = ? order by number", (AUDIT,)).fetchall()
    registry.close()
    told = [msgspec.json.decode(line, type=Entry) for (line,) in lines]
    assert [(one.act, one.what, one.where) for one in told] == [
        ("deed", "commands", "add li"), ("deed", "commands", "disable li"), ("deed", "commands", "enable li"),
        ("export", "query", "select 1 as one"), ("export", "backup", str(town / "kept")),
    ]  # fmt: skip
    assert {(one.user, one.device) for one in told} == {(None, console().name)}
    assert verified(terminal).code == 0


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        (
            "update entries set document = cast(replace(document, 'disable', 'disabled') as blob) where kind = ?",
            "entry 2 was changed",
        ),
        ("delete from entries where kind = ? and number = 2", "entry 2 is missing"),
        ("delete from entries where kind = ? and number = 3", "entry 3 and what followed it were cut off the end"),
        ("delete from entries where kind = ?", "entry 1 and what followed it were cut off the end"),
    ],
)
def test_what_was_done_to_it_is_said(terminal: Terminal, noted: Path, sql: str, told: str) -> None:
    change(noted, sql)
    said = verified(terminal)
    assert said.code == 1
    assert told in said.out


def test_a_list_that_was_written_anew_is_not_the_kept_one(terminal: Terminal, noted: Path) -> None:
    head = terminal("audit", "head").out.strip()
    for table in ("entries", "revisions"):
        change(noted, f"delete from {table} where kind = ?")
    for _ in range(3):
        assert terminal("accounts", "disable", "li").code == 0
    assert verified(terminal).code == 0
    assert "entry 3 is not the one whose hash was kept" in verified(terminal, "--head", head).out


def test_what_cannot_be_verified_is_said(terminal: Terminal) -> None:
    assert "no node has run there" in terminal("audit", "verify").err
    said = terminal("audit", "verify", "--head", "3")
    assert (said.code, "NUMBER:HASH" in said.err) == (2, True)


def test_a_restored_site_has_its_accounts_and_the_same_chain_and_a_forged_one_is_told(
    terminal: Terminal, town: Path, noted: Path
) -> None:
    assert noted.exists()
    assert terminal("backup", str(town / "kept")).code == 0
    head = terminal("audit", "head").out.strip()
    said = terminal("restore", str(town / "kept"), "--data", str(town / "other"))
    assert said.code == 0, said.err
    assert f"the audit is whole: 4 entries; its head is {head}" in said.out
    other = ("--data", str(town / "other"))
    assert terminal("audit", "verify", "--head", head, *other).out.startswith("the audit is whole: 5 entries")
    assert "li" in terminal("accounts", "list", *other).out
    file, manifest = town / "kept" / "registry.jsonl", town / "kept" / "manifest.json"
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    line = next(line for line in file.read_text("utf-8").splitlines() if '"number":2' in line)
    piece = msgspec.json.decode(line, type=Piece)
    forged = msgspec.structs.replace(piece, document=piece.document.replace(b"disable", b"enabled"))
    file.write_text(file.read_text("utf-8").replace(line, msgspec.json.encode(forged).decode()), "utf-8")
    third = ("--data", str(town / "third"))
    assert "was changed since the backup was made" in terminal("restore", str(town / "kept"), *third).err
    # and who changed the manifest, too, is found out by the chain
    after = hashlib.sha256(file.read_bytes()).hexdigest()
    manifest.write_text(manifest.read_text("utf-8").replace(before, after), "utf-8")
    said = terminal("restore", str(town / "kept"), *third)
    assert (said.code, "the audit is broken: entry 2 was changed" in said.out) == (1, True)
    assert "holds accounts or an audit already" in terminal("restore", str(town / "kept"), *third).err
