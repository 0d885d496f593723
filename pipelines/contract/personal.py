"""Which columns of which relations tell of a person or of a unit's cases, and what a lens does with each."""

from __future__ import annotations

from typing import Final, Literal

Rule = Literal["name", "text", "address", "actor"]
"""Each is the macro ``mask_<rule>``."""

CASES: Final[dict[str, Rule]] = {"title": "text", "address": "address"}

PERSONAL: Final[dict[str, dict[str, Rule]]] = {
    "cases": CASES,
    "open_cases": CASES,
    "log": CASES | {"reason": "text", "actor": "actor"},
    "staff": {"name_zh": "name"},
}
"""Columns that are masked, by relation."""

BY_UNIT: Final = frozenset({"cases", "open_cases"})
"""Relations with a row a case, that name its unit."""
BY_CASE: Final = frozenset({"log"})
"""Relations whose rows belong to a case: a unit sees those of its own cases, and none that belong to no case."""
COUNTED: Final = frozenset({"grid_days"})
"""Relations that count rows of cases: a unit gets them counted anew."""
KEPT_BACK: Final = frozenset({"quarantine"})
"""Relations with raw rows as they came in: through a lens they are empty."""
