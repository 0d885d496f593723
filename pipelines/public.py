"""What programs outside ask: service requests as anyone may read them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from .config.open311 import Open311
from .contract.civic import Wanted
from .contract.scope import Lens
from .warehouse import Warehouse, statement


class Public:
    """Answer outsiders over the marts as they are now."""

    def __init__(self, warehouse: Warehouse, now: Callable[[], datetime], rules: Open311, *, simulated: bool) -> None:
        self._warehouse = warehouse
        self._now = now
        self._rules = rules
        self._simulated = simulated

    @cached_property
    def withheld(self) -> frozenset[str]:
        """Every category nobody outside reads or reports: those the city names, and all below them."""
        rows = self._warehouse.tuples("select category, parent from categories where parent is not null")
        found = set(self._rules.withheld)
        while more := {category for category, parent in rows if parent in found} - found:
            found |= more
        return frozenset(found)

    def requests(self, wanted: Wanted, areas: Sequence[str], lens: Lens) -> list[dict[str, Any]]:
        """Return the requests of some areas that a filter lets through, the newest first."""
        lon, lat, metres = wanted.near or (None, None, None)
        parameters = {
            "areas": list(areas), "withheld": sorted(self.withheld), "ids": list(wanted.ids) or None,
            "services": list(wanted.services) or None, "is_open": wanted.is_open, "since": wanted.start,
            "until": wanted.end, "updated_after": wanted.updated_after, "updated_before": wanted.updated_before,
            "as_of": wanted.as_of, "lon": lon, "lat": lat, "metres": metres, "precision": self._rules.precision,
            "skip": wanted.skip, "count": wanted.count, "now": self._now(), "simulated": self._simulated,
        }  # fmt: skip
        seen = self._warehouse.through(lens)
        ids = [case_id for (case_id,) in seen.tuples(statement("open311/picked"), **parameters)]
        precision = self._rules.precision
        return seen.records(statement("open311/requests"), ids=ids, precision=precision) if ids else []
