from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

MOST_LINES, MOST_FUNCTION_LINES = 400, 50
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}
TEXT = {".py", ".md", ".yaml", ".yml", ".toml", ".sql", ".js", ".css", ".lock", ".json", ".sh", "", ".txt", ".html"}
PLACES = [rf"/{home}/[\w.-]+" for home in ("work", "root", "home", "opt", "Users")]
# one letter in brackets, or this file would find itself
HOSTS = [r"[p]ypi\.org", r"[p]ythonhosted", r"[n]pmjs\.(org|com)", r"[a]stral\.sh", r"[u]npkg\.com", r"[j]sdelivr"]


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def sources(*folders: str) -> list[Path]:
    return [file for folder in folders for file in sorted((ROOT / folder).rglob("*.py"))]


def functions(file: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_file_is_too_long() -> None:
    code = [
        f for f in tracked() if f.suffix in (".py", ".js", ".css", ".sql") and not {"vendor", "fonts"} & set(f.parts)
    ]
    lengths = {f.relative_to(ROOT).as_posix(): len(f.read_text(encoding="utf-8").splitlines()) for f in code}
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}


def test_no_function_is_too_long() -> None:
    found = {f"{f.relative_to(ROOT)}:{name}": n for f in sources("pipelines", "dashboard") for name, n in functions(f)}
    assert {name: lines for name, lines in found.items() if lines > MOST_FUNCTION_LINES} == {}


def test_no_module_has_a_vague_name() -> None:
    assert [str(f.relative_to(ROOT)) for f in sources("pipelines", "dashboard", "tests") if f.stem in VAGUE] == []


def test_test_files_have_names_of_their_own() -> None:
    names = Counter(file.name for file in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name, times in names.items() if times > 1] == []


def test_no_text_names_a_place_of_one_machine() -> None:
    assert _found(PLACES) == []


def test_no_text_names_a_registry() -> None:
    assert _found(HOSTS) == []


def _found(patterns: list[str]) -> list[str]:
    wanted = re.compile("|".join(patterns))
    texts = [f for f in tracked() if f.suffix in TEXT and not {"vendor", "fonts"} & set(f.parts)]
    return [
        f"{file.relative_to(ROOT)}:{number}: {match.group()}"
        for file in texts
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if (match := wanted.search(line))
    ]


LOCKS = ["requirements.lock", "requirements-dev.lock"]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_no_address(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if re.search(r"://|index-url|find-links|file:| @ |^-", line)] == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_its_hashes(name: str) -> None:
    pins = re.split(r"^(?=\S)", (ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    assert len(pins) > 30
    assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == []


def test_the_locks_agree_and_cover_the_project() -> None:
    run, dev = (_pins(ROOT / name) for name in LOCKS)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {re.split(r"[\[<>=;~! ]", text)[0].lower() for text in project["project"]["dependencies"]}
    assert wanted <= {pin.split("==")[0] for pin in run}
    assert run <= dev


def _pins(lock: Path) -> set[str]:
    return set(re.findall(r"^[a-z0-9][^ \n]*==[^ \n]+", lock.read_text(encoding="utf-8"), re.MULTILINE))


def test_the_layers_hold_by_the_project_s_own_contracts() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layered = {layer.strip("() ") for c in contracts for row in c.get("layers", ()) for layer in row.split("|")}
    modules = {path.stem for top in ("pipelines", "dashboard") for path in (ROOT / top).iterdir() if _is_module(path)}
    assert modules - layered == set(), "give the module its layer in pyproject.toml"


def _is_module(path: Path) -> bool:
    return (path.suffix == ".py" and not path.stem.startswith("_")) or (path / "__init__.py").is_file()
