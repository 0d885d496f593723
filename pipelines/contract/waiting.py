"""What a case waits for, and whose hand may do it: for lists that show a person only what this person may do now."""

from __future__ import annotations

import json
from typing import Final

from .hands import BY_COMMAND
from .scope import Hand

AWAITED: Final[dict[str, str]] = {
    "reported": "accept", "verifying": "verify", "filed": "dispatch", "dispatched": "sign", "handling": "finish",
    "rework": "finish", "handled": "check_pass", "checked": "close", "reopen_requested": "reopen",
    "asked": "refuse_request", "drawn": "recheck_pass", "ordered": "reply", "registered": "triage", "triaged": "route",
    "leaderless": "lead", "routed": "begin_mediation", "mediating": "agree", "agreed": "perform", "failed": "guide_out",
    "visit": "follow_up",
}  # fmt: skip
"""What a case waits for → the command that ends the wait; `sql/views/waiting.sql` tells which case waits for what."""


def by_reach(roles: frozenset[str]) -> dict[str, list[str]]:
    """Return for each reach of a hand what it ends the waiting of."""
    found: dict[str, list[str]] = {}
    for wait, command in AWAITED.items():
        capability = BY_COMMAND[command]
        if roles & capability.roles:
            found.setdefault(capability.reach, []).append(wait)
    return found


def written(hand: Hand) -> str:
    """Return a hand as the view reads it."""
    reaches = {f"by_{reach}": waits for reach, waits in by_reach(hand.roles).items()}
    own = {"user": hand.user, "unit": hand.unit, "areas": sorted(hand.areas), "desk": "duty_officer" in hand.roles}
    return json.dumps(own | reaches)
