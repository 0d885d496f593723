"""How to reach who reported a case: personal, so never in the log, and forgotten when its time is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import msgspec

from ..contract.civic import Contact
from .base import Registry

REPORTER: Final = "reporter"


class Contacts:
    """Reporters by the case they reported."""

    def __init__(self, registry: Registry, clock: Callable[[], datetime], days: int) -> None:
        """Keep each for so many days."""
        self._registry = registry
        self._clock = clock
        self._life = timedelta(days=days)

    def keep(self, case_id: str, contact: Contact) -> None:
        """Keep how to reach a case's reporter, unless they said nothing or it is known already."""
        if contact != Contact():
            self._registry.add(REPORTER, case_id, msgspec.json.encode(contact), self._clock() + self._life)

    def find(self, case_id: str) -> Contact | None:
        """Return how to reach a case's reporter, None if they never said or it was forgotten."""
        document = self._registry.get(REPORTER, case_id)
        return msgspec.json.decode(document, type=Contact) if document else None

    def forget(self, case_id: str) -> bool:
        """Forget a case's reporter at once; tell whether there was one."""
        return self._registry.drop(REPORTER, case_id)
