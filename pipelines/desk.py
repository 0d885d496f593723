"""What a duty officer asks beside the live views: pages of the queue, any case by words, who is near."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from .contract.filter import Filter, plain
from .contract.scope import CLEAR, Lens
from .errors import QueryError
from .warehouse import Warehouse, statement

MOST_ROWS: Final = 200


class Desk:
    """Answer a duty officer's questions over the marts as they are now."""

    def __init__(self, warehouse: Warehouse, now: Callable[[], datetime], *, simulated: bool) -> None:
        self._warehouse = warehouse
        self._now = now
        self._simulated = simulated

    def page(self, area: str, wanted: Filter, skip: int, count: int, lens: Lens = CLEAR) -> dict[str, Any]:
        """Return a page of the queue, and how many there are of each urgency."""
        if skip < 0 or not 0 <= count <= MOST_ROWS:
            raise QueryError(f"rows {skip} to {skip + count}: ask for at most {MOST_ROWS} from 0 on")
        asked = wanted.parameters() | {"area": area}
        rows = self._ask("queue_page", lens, **asked, skip=skip, count=count) if count else []
        totals = {row["urgency"]: row["cases"] for row in self._ask("queue_totals", lens, **asked)}
        last = self._ask("last_closed", lens, area=area) if not totals else []
        return {"rows": rows, "totals": totals, "last_closed": last[0] if last else None}

    def search(self, area: str, words: str, count: int, lens: Lens = CLEAR) -> list[dict[str, Any]]:
        """Return the cases, open or closed, that hold these words."""
        if not 0 < count <= MOST_ROWS:
            raise QueryError(f"{count} rows are not between 1 and {MOST_ROWS}")
        text = plain(words)
        return self._ask("search", lens, area=area, words=text, count=count) if text else []

    def usual(self, area: str, case_id: str, lens: Lens = CLEAR) -> dict[str, Any]:
        """Return how long cases of the same category took in an area: seconds, and of how many cases."""
        return self._ask("usual_time", lens, area=area, case_id=case_id)[0]

    def hands(self, area: str, lon: float, lat: float, count: int, lens: Lens = CLEAR) -> list[dict[str, Any]]:
        """Return the people of the grids around a point, the nearest first."""
        if not 0 < count <= MOST_ROWS:
            raise QueryError(f"{count} rows are not between 1 and {MOST_ROWS}")
        return self._ask("hands", lens, area=area, lon=lon, lat=lat, count=count)

    def _ask(self, name: str, lens: Lens, **parameters: object) -> list[dict[str, Any]]:
        sql = statement(f"desk/{name}")
        always = {"now": self._now(), "simulated": self._simulated}
        asked = {key: value for key, value in (parameters | always).items() if f"${key}" in sql}
        return list(self._warehouse.through(lens).rows(sql, **asked).to_pylist())
