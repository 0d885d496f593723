"""Which open cases a person wants to see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from ..errors import QueryError

URGENCIES: Final = frozenset({"overdue", "due_soon", "open"})
MOST_WORDS: Final = 80


@dataclass(frozen=True, slots=True)
class Filter:
    """Which open cases are wanted; None and False let everything through."""

    urgency: str | None = None
    states: tuple[str, ...] = ()
    urged: bool = False
    words: str = ""

    def parameters(self) -> dict[str, Any]:
        """Return the filter as parameters of a statement; raise `QueryError` for an unknown urgency."""
        if self.urgency is not None and self.urgency not in URGENCIES:
            raise QueryError(f"urgency {self.urgency!r} is not one of {', '.join(sorted(URGENCIES))}")
        return {
            "urgency": self.urgency,
            "states": ",".join(self.states) or None,
            "urged": self.urged,
            "words": plain(self.words) or None,
        }


def plain(words: str) -> str:
    """Return words as they are compared; raise `QueryError` where there are too many."""
    text = words.strip().lower()
    if len(text) > MOST_WORDS:
        raise QueryError(f"{len(text)} characters are too many to look for; at most {MOST_WORDS}")
    return text
