"""A row of the log as a CloudEvent 1.0."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import quote

import msgspec

SPECVERSION: Final = "1.0"
ENVELOPE: Final = frozenset({"seq", "id", "kind", "source", "happened_at"})


def cloud_event(row: dict[str, Any], city: str) -> bytes:
    """Write what happened; columns without a value are left out."""
    data = {name: _plain(value) for name, value in row.items() if value is not None and name not in ENVELOPE}
    return msgspec.json.encode(
        {
            "specversion": SPECVERSION,
            "id": row["id"],
            "source": f"urn:citybrain:{quote(city)}:{quote(row['source'], safe='')}",
            "type": f"citybrain.{row['kind']}",
            "subject": row.get("case_id") or row["area_id"],
            "time": _plain(row["happened_at"]),
            "datacontenttype": "application/json",
            "sequence": f"{row['seq']:020d}",
            "data": data,
        }
    )


def _plain(value: Any) -> Any:  # noqa: ANN401
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else value
