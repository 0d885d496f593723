"""Which columns of which relations tell of a person or of a unit's cases, and what a lens does with each."""

from __future__ import annotations

from typing import Final, Literal

Rule = Literal["name", "text", "address", "actor", "hidden"]
"""Each is the macro ``mask_<rule>``."""

CASES: Final[dict[str, Rule]] = {"title": "text", "address": "address"}
HANDS: Final[dict[str, Rule]] = {
    "reported_by": "actor",
    "handled_by": "actor",
    "last_actor": "actor",
    "led_by": "actor",
    "mediator": "actor",
}

PERSONAL: Final[dict[str, dict[str, Rule]]] = {
    "cases": CASES | HANDS,
    "open_cases": CASES | HANDS,
    "log": CASES | {"reason": "text", "actor": "actor", "note": "text", "to_user": "actor", "attachments": "hidden"},
    "staff": {"name_zh": "name"},
}
"""Columns that are masked, by relation."""

BY_UNIT: Final = frozenset({"cases", "open_cases"})
"""Relations with a row a case, that name its unit."""
BY_CASE: Final = frozenset({"log"})
"""Relations whose rows belong to a case: a unit sees those of its own cases, and none that belong to no case."""
COUNTED: Final = frozenset({"grid_days"})
"""Relations that count rows of cases: a unit gets them counted anew."""
UNDRILLED: Final = frozenset({"safety_creation"})
"""Relations that a drill has no rows of: inside one they are empty."""
KEPT_BACK: Final = frozenset({"quarantine"})
"""Relations with raw rows as they came in: through a lens they are empty."""

_CASE: Final = (
    "case_id source simulated exercise first_seq last_seq changed_at state is_open area_id category category_group"
    " channel priority lon lat unit_id reported_at filed_at dispatched_at sign_due_at signed_at handled_at checked_at"
    " closed_at rated_at evaluated_at due_at original_due_at rating returns checks checks_passed reopens urges"
    " extensions last_kind state_at stage_due_at suspended_at resume_at parent_id relation level assisting"
    " suggested_unit_id given_at order_id wish wish_until_at wish_at granted_at reworks dispatches appeals"
    " dispute_stage scale warning_level way mediation_rounds"
    " appeals_upheld rechecks rechecks_passed rechecks_failed cards reopen_requests"
)
KNOWN: Final[dict[str, str]] = {
    "cases": _CASE,
    "open_cases": _CASE,
    "log": "seq kind id happened_at received_at source area_id cause simulated exercise case_id unit_id sign_due_at"
    " due_at category priority parent_id rating channel category_group lon lat resume_at year batch stage stage_due_at"
    " relation level assisting suggested_unit_id order_id receipt wish until_at child_id draw_id seed to_unit_id"
    " reply_due_at card stages"
    " dispute_stage scale warning_level way"
    " warning_id severity urgency certainty expires_at onset_at headline_zh headline_en",
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
