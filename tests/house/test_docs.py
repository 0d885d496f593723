from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from pipelines.config import load, packs
from pipelines.contract.events import KINDS

from .pages import DOCS, PAGES, ROOT, commands, fresh, reference


@pytest.mark.parametrize("name", PAGES)
def test_a_reference_page_is_what_the_code_says(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == fresh(name), f"docs/{name} is stale: run make docs"


def test_every_event_view_and_metric_is_in_the_reference() -> None:
    page = reference()
    views = [file.stem for file in (ROOT / "pipelines/sql/views").glob("*.sql")]
    metrics = [file.stem for file in (ROOT / "pipelines/metrics").glob("*.yaml")]
    assert views
    missing = [name for name in (*KINDS, *views, *metrics) if f"`{name}`" not in page]
    assert missing == []


def test_every_make_target_explains_itself() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^\.PHONY: (.*)$", text, re.MULTILINE)[0].split())
    told = set(re.findall(r"^([a-z]+):.*## ", text, re.MULTILINE))
    assert targets == told


def test_a_page_links_only_to_what_is_there() -> None:
    pages = [*DOCS.glob("*.md"), ROOT / "README.md", ROOT / "CHANGELOG.md"]
    links = [
        (page, link) for page in pages for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
    ]
    missing = [f"{page.name}: {link}" for page, link in links if not (page.parent / link).exists()]
    assert missing == []


def test_the_readme_names_commands_that_exist() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    used = set(re.findall(r"bin/citybrain ([a-z]+)", text))
    assert used
    assert used <= set(re.findall(r"^## citybrain ([a-z]+)$", commands(), re.MULTILINE))


@pytest.mark.parametrize("pack", packs())
def test_a_pack_shows_metrics_that_are_defined(pack: str) -> None:
    defined = {file.stem for file in (ROOT / "pipelines/metrics").glob("*.yaml")}
    assert set(load(pack=pack).metrics) <= defined


@pytest.mark.parametrize("pack", packs())
def test_a_pack_ships_no_file_nobody_names(pack: str) -> None:
    folder = ROOT / "pipelines/cities" / pack
    named = _texts(yaml.safe_load((folder / "city.yaml").read_text(encoding="utf-8")))
    assert [file for file in _data(folder) if file not in named] == []


@pytest.mark.parametrize("pack", packs())
def test_a_pack_that_ships_data_says_whose_they_are(pack: str) -> None:
    folder = ROOT / "pipelines/cities" / pack
    notes = (folder / "README.md").read_text(encoding="utf-8") if _data(folder) else ""
    assert [file for file in _data(folder) if Path(file).name not in notes] == []


def _data(folder: Path) -> list[str]:
    files = (file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
    return sorted(file for file in files if file not in ("city.yaml", "README.md"))


def _texts(value: object) -> set[str]:
    if isinstance(value, dict):
        return {text for item in value.values() for text in _texts(item)}
    if isinstance(value, list):
        return {text for item in value for text in _texts(item)}
    return {str(value)}
