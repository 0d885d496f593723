from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboard.theme import tokens

ASSETS = tokens.STYLESHEET.parents[1]
OWN = sorted((ASSETS / "css").glob("*.css")) + sorted((ASSETS / "js").rglob("*.*js"))
HAND_WRITTEN = [file for file in OWN if file != tokens.STYLESHEET]
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b(?![^{]*\{)|\brgba?\(|\bhsla?\(", re.IGNORECASE)


def test_stylesheet_is_made_from_the_tokens() -> None:
    assert tokens.STYLESHEET.read_text(encoding="utf-8") == tokens.stylesheet()


def test_every_colour_of_a_theme_becomes_a_property() -> None:
    css = tokens.stylesheet()
    for name, theme in tokens.tokens()["themes"].items():
        block = css.split(f'[data-theme="{name}"] {{')[1].split("}")[0]
        assert f"--signal-overdue: {theme['signal']['overdue']};" in block
        assert f"--sequential-5: {theme['sequential'][5]};" in block


@pytest.mark.parametrize("file", HAND_WRITTEN, ids=lambda file: file.name)
def test_no_colour_is_written_by_hand(file: Path) -> None:
    code = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not [match.group() for match in COLOUR.finditer(code) if not _is_name(match.group())]


@pytest.mark.parametrize("file", sorted((ASSETS / "css").glob("[1-9]*.css")), ids=lambda file: file.name)
def test_type_sizes_come_from_the_tokens(file: Path) -> None:
    sizes = re.findall(r"font-size:\s*([^;]+);", file.read_text(encoding="utf-8"))
    assert [size for size in sizes if not re.search(r"var\(--type-|^0$", size)] == []


@pytest.mark.parametrize("file", sorted((ASSETS / "css").glob("[1-9]*.css")), ids=lambda file: file.name)
def test_every_property_that_is_used_exists(file: Path) -> None:
    known = set(
        re.findall(r"(--[\w-]+):", "".join(css.read_text(encoding="utf-8") for css in OWN if css.suffix == ".css"))
    )
    used = set(re.findall(r"var\((--[\w-]+)\)", file.read_text(encoding="utf-8")))
    assert used - known - {"--u"} == set()


def test_no_stylesheet_or_script_names_another_host() -> None:
    files = HAND_WRITTEN + sorted((ASSETS / "fonts").rglob("*.css"))
    assert [
        file.name for file in files if re.search(r"https?://|url\(\s*['\"]?//", file.read_text(encoding="utf-8"))
    ] == []


def _is_name(found: str) -> bool:
    return found.lower() in {"#screen"} or (
        found.startswith("#") and not re.fullmatch(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", found, re.IGNORECASE)
    )
