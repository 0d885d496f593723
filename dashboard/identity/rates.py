"""How often a door may be knocked at: a token bucket for each knocker."""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

MOST_KNOCKERS: Final = 10_000


@dataclass(frozen=True)
class Rule:
    """Requests of a method under a path: so many at once, so many a minute after that."""

    method: str
    path: str
    burst: int
    a_minute: float

    def meets(self, method: str, path: str) -> bool:
        """Tell whether it is about a request."""
        return method == self.method and (path == self.path or path.startswith(self.path + "/"))


RULES: Final = (
    Rule("POST", "/api/sign-in", 20, 20),
    Rule("POST", "/api/pairing", 120, 480),
    Rule("POST", "/api/reports", 60, 60),
    Rule("POST", "/api/v1/reports", 60, 60),
    Rule("POST", "/api/v1/attachments", 60, 60),
    Rule("GET", "/r", 30, 30),
    Rule("GET", "/api/v1/reporter", 60, 60),
    Rule("GET", "/api/analysis/export", 10, 20),
    Rule("POST", "/api/analysis/export", 10, 20),
)


class Rates:
    """Count knocks; those longest silent are forgotten first."""

    def __init__(self, rules: tuple[Rule, ...] = RULES) -> None:
        """Hold to rules."""
        self._rules = rules
        self._levels: OrderedDict[tuple[int, str], tuple[float, float]] = OrderedDict()

    def wait(self, who: str, method: str, path: str, now: float) -> int:
        """Count a request at a moment in seconds; return how many seconds to wait instead, 0 to pass."""
        for number, rule in enumerate(self._rules):
            if rule.meets(method, path):
                return self._count((number, who), rule, now)
        return 0

    def _count(self, key: tuple[int, str], rule: Rule, now: float) -> int:
        level, last = self._levels.pop(key, (float(rule.burst), now))
        level = min(rule.burst, level + max(0.0, now - last) * rule.a_minute / 60)
        passed = level >= 1
        self._levels[key] = (level - passed, now)
        while len(self._levels) > MOST_KNOCKERS:
            self._levels.popitem(last=False)
        return 0 if passed else max(1, math.ceil((1 - level) * 60 / rule.a_minute))
