"""The stages of a village's safety creation: stage → command → next stage."""

from __future__ import annotations

from typing import Final

NONE: Final = "none"
"""Before a village is in a year's plan, as in the table; no event has it."""
WAY: Final = ("candidate", "self_check", "township_review", "county_check", "publicity", "named")
"""The stages up to the naming, in order."""
CHECKED: Final = WAY[1:]
"""What a feed tells of: every stage that was worked for."""
STANDING: Final = ("warned", "rectifying", "kept", "removed")
"""The stages of a village that was named."""
STAGES: Final = (*WAY, *STANDING, "withdrawn")
PUBLICITY_DAYS: Final = 7
"""How long a naming is made public where a feed does not say it."""

# stage(s) | command | next stage (< = the one before)
_TABLE = """
none withdrawn removed                                        | nominate     | candidate
candidate                                                     | self_check   | self_check
self_check                                                    | review       | township_review
township_review                                               | county_check | county_check
county_check                                                  | publicise    | publicity
publicity                                                     | sign_naming  | named
self_check township_review county_check publicity             | send_back    | <
candidate self_check township_review county_check publicity   | withdraw     | withdrawn
named kept                                                    | warn         | warned
warned                                                        | rectify      | rectifying
named rectifying                                              | keep         | kept
named warned rectifying kept                                  | sign_removal | removed
"""


def _before(stage: str) -> str:
    return WAY[WAY.index(stage) - 1]


LEGAL: Final[dict[tuple[str, str], str]] = {
    (stage, command.strip()): _before(stage) if after.strip() == "<" else after.strip()
    for stages, command, after in (line.split("|") for line in _TABLE.strip().splitlines())
    for stage in stages.split()
}
"""Stage and command → the stage it leads to."""
