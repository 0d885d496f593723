"""Parties of disputes: never in the log, so that they can be forgotten."""

from __future__ import annotations

from typing import Final

import msgspec

from ..contract.parties import Parties
from .base import Registry

KIND: Final = "parties"


class SealedParties:
    """Parties by the case of their dispute."""

    def __init__(self, registry: Registry) -> None:
        """Keep them in a site's registry."""
        self._registry = registry

    def keep(self, case_id: str, parties: Parties) -> None:
        """Keep the parties of a case, in place of those before."""
        self._registry.put(KIND, case_id, msgspec.json.encode(parties))

    def find(self, case_id: str) -> Parties | None:
        """Return the parties of a case, None if nobody registered them."""
        document = self._registry.get(KIND, case_id)
        return msgspec.json.decode(document, type=Parties) if document else None

    def forget(self, case_id: str) -> bool:
        """Forget the parties of a case; tell whether there were some."""
        return self._registry.drop(KIND, case_id)
