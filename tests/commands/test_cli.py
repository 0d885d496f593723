from __future__ import annotations

import json
import re
import socket
from pathlib import Path

import pytest
import typer

from dashboard import cli
from dashboard.commands import query as query_command
from dashboard.commands.site import OPTIONS

from .conftest import Terminal

ONE_ROW = (
    "select 1 as n, 'ä,b' as text, timestamptz '2026-03-01 08:00:00+08' as moment, null as nothing, [1, 2] as many"
)
FORMS = {
    "csv": 'n,text,moment,nothing,many\n1,"ä,b",2026-03-01T08:00:00+08:00,,"[1, 2]"\n',
    "json": '[{"n": 1, "text": "ä,b", "moment": "2026-03-01T08:00:00+08:00", "nothing": null, "many": [1, 2]}]\n',
}


@pytest.mark.parametrize("form", FORMS)
def test_rows_are_written_so_that_nobody_mistakes_them(terminal: Terminal, form: str) -> None:
    said = terminal("query", ONE_ROW, "--format", form)
    assert (said.code, said.out) == (0, FORMS[form])


def test_a_table_is_for_people(terminal: Terminal) -> None:
    lines = terminal("query", "select * from (values (1, 'a'), (20, 'b')) as t (n, s)").out.splitlines()
    assert [line.split() for line in lines] == [["n", "s"], ["1", "a"], ["20", "b"], ["2", "rows"]]


@pytest.mark.parametrize(
    "sql", ["drop table log", "insert into areas (area_id) values ('x')", "select 1; select 2", ""]
)
def test_a_question_cannot_change_anything(terminal: Terminal, sql: str) -> None:
    said = terminal("query", sql)
    assert said.code == 2
    assert "expected one select" in said.err


def test_a_question_cannot_read_a_file(terminal: Terminal) -> None:
    said = terminal("query", "select * from 'cases.csv'")
    assert (said.code, said.out) == (2, "")


def test_an_import_tells_what_became_of_every_row(terminal: Terminal) -> None:
    said = terminal("import", "cases.csv", "--source", "hotline")
    assert said.code == 0
    assert re.search(r"read +3\n.*accepted +2\n", said.out)
    assert re.search(r"rejected +1\n +1  [a-z-]+: \w+", said.out)


def test_a_file_imported_twice_changes_nothing(terminal: Terminal) -> None:
    terminal("import", "cases.csv", "--source", "hotline")
    before = terminal("query", "select * from log order by seq", "--format", "csv").out
    again = terminal("import", "cases.csv", "--source", "hotline").out
    assert re.search(r"events stored +0\n", again)
    assert terminal("query", "select * from log order by seq", "--format", "csv").out == before


def test_a_restored_city_answers_as_before(terminal: Terminal) -> None:
    question = ("query", "select * exclude (received_at) from log order by seq", "--format", "json")
    terminal("import", "cases.csv", "--source", "hotline")
    before = json.loads(terminal(*question).out)
    assert terminal("backup", "kept").code == 0
    assert terminal("restore", "kept", "--data", "other").code == 0
    assert before
    assert json.loads(terminal(*question, "--data", "other").out) == before


def test_marts_that_equal_a_rebuild_are_said_to(terminal: Terminal) -> None:
    terminal("import", "cases.csv", "--source", "hotline")
    assert terminal("rebuild").code == 0
    said = terminal("rebuild", "--verify")
    assert (said.code, said.out) == (0, "every mart equals a rebuild from the log\n")


REFUSED = {
    "an unknown source": (("import", "cases.csv", "--source", "hotlin"), r"no source 'hotlin'.*did you mean 'hotline'"),
    "a missing file": (("import", "cass.csv", "--source", "hotline"), r"no file cass\.csv"),
    "a missing configuration": (("query", "select 1", "--config", "none.yaml"), r"no configuration at .*none\.yaml"),
    "an unknown city": (("doctor", "--city", "atlantis", "--host", "x"), r"no city pack 'atlantis'"),
    "an open address": (("serve", "--host", "0.0.0.0"), r"'0\.0\.0\.0' is reachable from other machines"),
    "a demo nobody described": (("demo",), r"no `demo`"),
    "an existing backup": (("backup", "."), r"\. is there already"),
    "no backup": (("restore", "nothing"), r"no backup nothing"),
    "a folder that is no backup": (("restore", "."), r"is no backup"),
}


@pytest.mark.parametrize(("words", "expected"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_done_is_said_in_one_line(terminal: Terminal, words: tuple[str, ...], expected: str) -> None:
    said = terminal(*words)
    assert re.search(expected, said.err + said.out)
    assert said.code in (1, 2)
    assert "Traceback" not in said.err


def test_a_port_in_use_is_refused(terminal: Terminal) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        said = terminal("serve", "--port", str(other.getsockname()[1]))
    assert said.code == 2
    assert "choose another --port" in said.err


def test_a_fault_of_our_own_is_said_without_a_traceback(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query_command, "write", lambda *_: 1 / 0)
    said = terminal("query", "select 1")
    assert said.code == 3
    assert said.err.startswith("citybrain: a fault of citybrain itself: ZeroDivisionError")


def test_a_healthy_town_needs_no_doctor(terminal: Terminal) -> None:
    terminal("import", "cases.csv", "--source", "hotline")
    said = terminal("doctor")
    assert said.code == 0, said.out
    assert [
        topic for topic in ("environment", "config", "log", "database", "clock", "fonts") if topic not in said.out
    ] == []


def test_the_doctor_says_what_to_do(terminal: Terminal, town: Path) -> None:
    with (town / "config.yaml").open("a", encoding="utf-8") as config:
        config.write("server: {prot: 1}\n")
    said = terminal("doctor")
    assert said.code == 1
    assert "did you mean 'port'" in " ".join(said.out.split())


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_takes_the_shared_options(name: str) -> None:
    command = typer.main.get_command(cli.app).commands[name]  # type: ignore[attr-defined]
    assert set(OPTIONS) <= {parameter.name for parameter in command.params}
