"""Every word on a screen, in Simplified Chinese and English, from one file."""

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
    loaded: dict[str, dict[Language, str]] = yaml.safe_load(
        Path(__file__).with_name("messages.yaml").read_text(encoding="utf-8")
    )
    return loaded


def text(language: Language, key: str, **values: object) -> str:
    """Return the words of ``key``; raise where the catalogue has none."""
    try:
        words = messages()[key][language]
    except KeyError:
        raise ConfigError(
            f"the catalogue has no words for {key!r} in {language!r}: add them to dashboard/catalogue/messages.yaml"
        ) from None
    return words.format(**values)


def payload(language: Language) -> dict[str, object]:
    """Return what a browser needs to speak ``language``."""
    return {"language": language, "messages": {key: words[language] for key, words in sorted(messages().items())}}
