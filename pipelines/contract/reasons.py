"""Coded reasons: why a hand rejects, returns, suspends … a case; their words stand in the screens' catalogue."""

from __future__ import annotations

from typing import Final

REASONS: Final[dict[str, tuple[str, ...]]] = {
    "reject": ("out_of_scope", "duplicate", "not_found_on_site", "too_little_known", "not_a_public_matter"),
    "appeal": ("still_there", "is_in_scope", "more_evidence"),
    "dismiss_appeal": ("reviewed_and_stands", "no_new_evidence"),
    "return": ("not_our_duty", "wrong_place", "needs_several_units"),
    "recall": ("wrong_unit", "return_granted", "unit_overloaded"),
    "request_approval": (
        "site_not_ready",
        "material_on_order",
        "weather",
        "formal_procedure",
        "complex",
        "not_our_duty",
    ),
    "refuse_request": ("time_suffices", "reason_not_shown", "duty_is_yours"),
    "suspend": ("site_not_ready", "material_on_order", "weather", "formal_procedure"),
    "extend": ("complex", "several_parties", "person_away", "weather"),
    "check_fail": ("not_done", "remains_on_site", "evidence_missing", "done_elsewhere"),
    "escalate": ("beyond_our_powers", "several_areas", "no_lead_unit", "large_scale"),
    "send_down": ("local_matter", "first_look_needed"),
    "recategorise": ("described_wrongly", "changed_on_site"),
    "request_reopen": ("came_back", "not_fixed", "wrong_place_fixed"),
    "refuse_reopen": ("is_fixed", "another_matter"),
    "reopen": ("came_back", "not_fixed", "rejected_by_people"),
    "recheck_fail": ("came_back", "not_fixed"),
    "fail_mediation": ("party_absent", "demands_apart", "party_withdrew"),
    "relapse": ("broke_out_again", "not_kept"),
    "void": ("entered_by_mistake", "test_entry"),
}
"""The codes a command may give, by command; imported cases keep their source's own words."""
