"""Every word on a screen, in Simplified Chinese and English: one file of words a screen, and the shared ones."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final, Literal, TypeAlias

import yaml

from pipelines.errors import ConfigError

Language: TypeAlias = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")


@cache
def messages() -> dict[str, dict[Language, str]]:
    """Return key → {language: words}."""
    found: dict[str, dict[Language, str]] = {}
    for file in sorted(Path(__file__).parent.glob("*.yaml")):
        loaded: dict[str, dict[Language, str]] = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
        if twice := sorted(found.keys() & loaded.keys()):
            raise ConfigError(f"dashboard/catalogue/{file.name}: {twice[0]!r} is in another file too; keep it in one")
        found |= loaded
    return found


def text(language: Language, key: str, **values: object) -> str:
    """Return the words of ``key``; raise where the catalogue has none."""
    try:
        words = messages()[key][language]
    except KeyError:
        raise ConfigError(
            f"the catalogue has no words for {key!r} in {language!r}: add them to a file in dashboard/catalogue"
        ) from None
    return words.format(**values)


def payload(language: Language) -> dict[str, object]:
    """Return what a browser needs to speak ``language``."""
    return {"language": language, "messages": {key: words[language] for key, words in sorted(messages().items())}}
