"""What this service is, and where: the standard's discovery document."""

from __future__ import annotations

from typing import Any, Final

from pipelines.config import Config

SPECIFICATION: Final = "http://wiki.open311.org/GeoReport_v2"


def discovery(config: Config, base: str) -> dict[str, Any]:
    """Return the discovery document of a service at an address."""
    rules = config.open311
    changeset = rules.changeset or None
    endpoint = {
        "specification": SPECIFICATION,
        "url": f"{base.rstrip('/')}/open311/v2",
        "changeset": changeset,
        "type": "production" if config.city.data == "real" else "test",
        "formats": ["text/xml", "application/json"],
    }
    return {
        "changeset": changeset,
        "contact": rules.contact or None,
        "key_service": rules.key_service or None,
        "endpoints": [endpoint],
    }
