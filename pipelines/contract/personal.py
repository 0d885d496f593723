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

_CASE: Final = (
    "case_id source simulated exercise first_seq last_seq changed_at state is_open area_id category category_group"
    " channel priority lon lat unit_id reported_at filed_at dispatched_at sign_due_at signed_at handled_at checked_at"
    " closed_at rated_at evaluated_at due_at original_due_at rating returns checks checks_passed reopens urges"
    " extensions"
)
KNOWN: Final[dict[str, str]] = {
    "cases": _CASE,
    "open_cases": _CASE,
    "log": "seq kind id happened_at received_at source area_id cause simulated exercise case_id unit_id sign_due_at"
    " due_at category priority parent_id rating channel category_group lon lat resume_at year batch stage",
    "staff": "staff_id area_id role full_time",
    "grid_days": "area_id day simulated reports closures visits last_act_at",
    "safety_creation": "area_id year simulated batch stage stage_at breaches rectified last_breach last_breach_at",
    "quarantine": "received_at source row outcome reason field value raw",
    "areas": "area_id level name_zh name_en parent_id lon lat population",
    "area_within": "ancestor_id area_id",
    "area_figures": "area_id households area_km2 kind",
    "categories": "category parent name_zh name_en",
    "units": "unit_id name_zh name_en level area_id",
    "lifecycle": "kind state is_open",
    "safety_terms": "kind term position",
    "positions": "name position",
}
"""The columns that tell of no person, by relation: whatever is in neither list is refused by a test."""
