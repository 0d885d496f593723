"""Which rows a question keeps: values of dimensions, bound as parameters, never spliced into SQL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..errors import QueryError
from .dimension import dimension

WITHOUT = ""
"""Written for the rows that have no value of a dimension."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Rows whose dimension has one of these values, as they were written."""

    dimension: str
    values: tuple[str, ...]

    @property
    def parameter(self) -> str:
        """Name the parameter that holds the values."""
        return f"where_{self.dimension}"

    def condition(self, moment: str) -> str:
        """Return the condition over one row of a fact."""
        chosen = dimension(self.dimension)
        either = [chosen.kept] if set(self.values) != {WITHOUT} else []
        either += [chosen.without] if WITHOUT in self.values else []
        filled = [each.format(moment=moment, values=f"${self.parameter}") for each in either]
        return filled[0] if len(filled) == 1 else f"({' or '.join(f'({each})' for each in filled)})"

    def bound(self) -> list[Any]:
        """Return what the parameter holds."""
        chosen = dimension(self.dimension)
        return [chosen.value(text) for text in self.values if text != WITHOUT]


def filters(written: Iterable[str]) -> tuple[Filter, ...]:
    """Read ``dimension:value`` texts; several values of one dimension are alternatives."""
    found: dict[str, list[str]] = {}
    for text in written:
        name, colon, value = text.partition(":")
        if not colon:
            raise QueryError(f"where {text!r}: expected dimension:value, such as channel:grid; channel: for none")
        dimension(name).value(value) if value else dimension(name)
        found.setdefault(name, []).append(value)
    return tuple(Filter(name, tuple(dict.fromkeys(found[name]))) for name in sorted(found))
