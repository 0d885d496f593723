"""Service requests as the standard tells them: nothing of who reported, places no finer than the city allows."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from pipelines.contract.lifecycle import STATES

from ... import catalogue
from .moments import told
from .services import Services

Row = dict[str, Any]


class Requests:
    """Tell of cases in one language."""

    def __init__(self, services: Services, language: catalogue.Language, zone: ZoneInfo) -> None:
        """Speak a language, by the city's clock."""
        self._language = language
        self._zone = zone
        self._notices = {code: services.notice(code) for code in services.all}

    def tell(self, row: Row, extended: bool) -> Row:
        """Return one case as a service request."""
        language, zone = self._language, self._zone
        found = {
            "service_request_id": row["case_id"],
            "status": STATES[row["state"]].open311,
            "status_notes": getattr(STATES[row["state"]], language),
            "service_name": row[f"category_{language}"],
            "service_code": row["category"],
            "description": row["title"],
            "agency_responsible": row[f"unit_{language}"],
            "service_notice": self._notices.get(row["category"]),
            "requested_datetime": told(row["reported_at"], zone),
            "updated_datetime": told(row["changed_at"], zone),
            "expected_datetime": told(row["due_at"], zone),
            "address": row["address"],
            "address_id": None,
            "zipcode": None,
            "lat": row["lat"],
            "long": row["lon"],
            "media_url": None,
        }
        return found | {"extended_attributes": self._more(row)} if extended else found

    def _more(self, row: Row) -> Row:
        return {
            "state": row["state"],
            "phase": STATES[row["state"]].phase,
            "area_id": row["area_id"],
            "area_name": row[f"area_{self._language}"],
            "priority": row["priority"],
            "channel": row["channel"],
            "closed_datetime": told(row["closed_at"], self._zone),
            "first_expected_datetime": told(row["original_due_at"], self._zone),
        }
