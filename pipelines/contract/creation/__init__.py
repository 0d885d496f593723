"""The safety creation 平安创建 of a village in a year: candidate, checked on three levels, made public, named, watched.

DOMAIN: year plan → batch → candidate → self-check → township review → county check → publicity → named → monitored →
kept, or warned → rectifying → kept, or removed. Naming and removing take the signatures of two people.
"""

from __future__ import annotations

from .commands import COMMANDS, CreationCommand, read
from .deciding import Plan, abilities, decide
from .hands import BY_COMMAND, CAPABILITIES
from .stages import CHECKED, LEGAL, NONE, PUBLICITY_DAYS, STAGES, STANDING, WAY
from .village import Signature, Step, Village, folded

__all__ = [
    "BY_COMMAND", "CAPABILITIES", "CHECKED", "COMMANDS", "LEGAL", "NONE", "PUBLICITY_DAYS", "STAGES", "STANDING", "WAY",
    "CreationCommand", "Plan", "Signature", "Step", "Village", "abilities", "decide", "folded", "read",
]  # fmt: skip
