"""A random choice of cases that anybody can make again: by its seed alone."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Final

MOST_DRAWN: Final = 200
DRAWS: Final = uuid.UUID("6d1a3e0c-6c7b-5f2e-9a54-1d3a2a9f7c11")


@dataclass(frozen=True, slots=True)
class Draw:
    """What is drawn: so many of the cases closed in an area in a period, in the order of their hashes."""

    area: str
    since: datetime
    until: datetime
    count: int
    seed: str

    @property
    def id(self) -> str:
        """Return what the draw is called: the same for the same question."""
        asked = (self.area, self.since.isoformat(), self.until.isoformat(), str(self.count), self.seed)
        return hashlib.sha256("\n".join(asked).encode()).hexdigest()[:16]

    def chosen(self, population: list[str]) -> list[str]:
        """Return the cases whose hash with the seed comes first."""
        return sorted(population, key=lambda case: hashlib.sha256(f"{self.seed}\n{case}".encode()).hexdigest())[
            : self.count
        ]

    @staticmethod
    def fingerprint(population: list[str]) -> str:
        """Return a hash of what was drawn from."""
        return hashlib.sha256("\n".join(sorted(population)).encode()).hexdigest()

    def command_id(self, case_id: str) -> str:
        """Return the id of the command that notes a case as drawn: drawing again changes nothing."""
        return str(uuid.uuid5(DRAWS, f"{self.id} {case_id}"))
