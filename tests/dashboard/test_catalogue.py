from __future__ import annotations

import json
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboard import catalogue
from dashboard.components.context import City, ScreenContext
from dashboard.screens import SCREENS
from pipelines.contract.events import KINDS
from pipelines.contract.lifecycle import STATES
from pipelines.errors import ConfigError

ROOT = Path(__file__).parents[2]
HAN = re.compile(r"[一-鿿]")
SCRIPTS = sorted((ROOT / "assets" / "js").rglob("*.*js"))
PYTHON = sorted(file for part in ("screens", "components") for file in (ROOT / "dashboard" / part).glob("*.py"))
TELLING = sorted(file for part in ("api", "identity", "outgoing") for file in (ROOT / "dashboard" / part).rglob("*.py"))
CITY = City("360500", "新余", "Xinyu", "Asia/Shanghai", "simulated", (114.9, 27.8))
# keys that data or a loop completes: `say(f"metric.{name}")`
FAMILIES = re.compile(r"[\"'`]([a-z.]+\.)(?:\$?\{)|\bname\([\"']([a-z]+)[\"']")
GLYPHS = {"/", "←", "×", "▾"}


def used_keys() -> Iterator[tuple[str, str]]:
    for file in [*SCRIPTS, *PYTHON]:
        for key in re.findall(r"\bsay\(\s*[\"']([\w.-]+)[\"']", file.read_text(encoding="utf-8")):
            yield file.name, key


def texts(component: Any) -> Iterator[str]:
    if isinstance(component, str):
        yield component
    elif isinstance(component, (list, tuple)):
        for part in component:
            yield from texts(part)
    elif hasattr(component, "to_plotly_json"):
        yield from texts(getattr(component, "children", None))
        yield from filter(None, [getattr(component, "aria-label", None), getattr(component, "title", None)])


@pytest.mark.parametrize("key", sorted(catalogue.messages()))
def test_both_languages_say_the_same_key(key: str) -> None:
    words = catalogue.messages()[key]
    assert set(words) == set(catalogue.LANGUAGES)
    named = {
        language: {name for _, name, _, _ in string.Formatter().parse(text) if name} for language, text in words.items()
    }
    assert named["zh"] == named["en"]


def test_english_is_free_of_chinese() -> None:
    odd = {key for key, words in catalogue.messages().items() if HAN.search(words["en"])}
    assert odd == {"desk.language"}


def test_every_key_that_is_used_exists() -> None:
    assert {(file, key) for file, key in used_keys() if key not in catalogue.messages()} == set()


def test_every_key_is_used() -> None:
    code = "".join(file.read_text(encoding="utf-8") for file in [*SCRIPTS, *PYTHON, *TELLING])
    families = (*(whole or f"{part}." for whole, part in FAMILIES.findall(code)), "priority.", "channel.")
    unused = {key for key in catalogue.messages() if f'"{key}"' not in code and not key.startswith(families)}
    assert unused == set()


def test_every_kind_of_event_has_words() -> None:
    assert {kind for kind in KINDS if f"event.{kind}" not in catalogue.messages()} == set()


def test_every_state_of_a_case_has_words() -> None:
    assert {state for state in STATES if f"status.{state}" not in catalogue.messages()} == set()


@pytest.mark.parametrize("file", [*SCRIPTS, *PYTHON], ids=lambda file: file.name)
def test_no_chinese_is_written_outside_the_catalogue(file: Path) -> None:
    assert HAN.findall(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("language", catalogue.LANGUAGES)
def test_a_screen_says_only_what_the_catalogue_says(name: str, language: catalogue.Language) -> None:
    context = ScreenContext(CITY, language, CITY.id, "build")
    said = {context.say("brand", city=context.city_name)} | {words[language] for words in catalogue.messages().values()}
    assert set(texts(SCREENS[name](context))) - said - GLYPHS == set()


def test_a_missing_key_is_refused_by_name() -> None:
    with pytest.raises(ConfigError, match=r"no\.such\.key"):
        catalogue.text("zh", "no.such.key")


def test_the_browser_gets_every_key() -> None:
    handed = json.loads(json.dumps(catalogue.payload("en")))
    assert set(handed["messages"]) == set(catalogue.messages())
