"""Names for the strings that identify things."""

from __future__ import annotations

from typing import NewType

AreaId = NewType("AreaId", str)
CaseId = NewType("CaseId", str)
EventId = NewType("EventId", str)
SourceName = NewType("SourceName", str)
UnitId = NewType("UnitId", str)
ViewName = NewType("ViewName", str)
