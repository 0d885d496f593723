"""A report from the street: what a phone sends, when it may still be taken, and the event it becomes."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Annotated, ClassVar, Final, Literal

import msgspec

from ..errors import ReportRefused
from .commands import MOST_ATTACHMENTS, Hash
from .events import CaseReported

SOURCE: Final = "pocket"
CHANNEL: Final = "grid"
LONGEST_TEXT: Final = 200
AHEAD: Final = timedelta(minutes=5)
"""How much later than its sending a report may claim to have happened."""
OLDEST: Final = timedelta(days=7)
"""How long a report may wait in a phone without a network."""
IDENTITY: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9A-HJKMNP-TV-Z]{26}")

Priority = Literal["urgent", "high", "normal"]


class Report(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a phone sends; both times are by its own clock, so that only their difference counts."""

    source: ClassVar[str] = SOURCE
    channel: ClassVar[str] = CHANNEL
    id: str
    category: str
    happened_at: datetime
    sent_at: datetime
    priority: Priority = "normal"
    description: str = ""
    lon: float | None = None
    lat: float | None = None
    area: str | None = None
    attachments: Annotated[tuple[Hash, ...], msgspec.Meta(max_length=MOST_ATTACHMENTS)] = ()

    @property
    def case_id(self) -> str:
        """Return the case it opens: the same however often it is sent."""
        return f"{self.source}:{self.id}"

    @property
    def title(self) -> str | None:
        """Return what the case is called."""
        return " ".join(self.description.split()) or None

    @property
    def point(self) -> tuple[float, float] | None:
        """Return longitude and latitude where both are given."""
        return None if self.lon is None or self.lat is None else (self.lon, self.lat)


def read(body: bytes) -> Report:
    """Read a report from JSON; raise `ReportRefused` naming what is wrong."""
    try:
        report = msgspec.json.decode(body, type=Report)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise ReportRefused("unreadable", detail=str(error)) from error
    if not IDENTITY.fullmatch(report.id):
        raise ReportRefused("unreadable", detail=f"id {report.id[:60]!r} is neither a UUID nor a ULID")
    if len(report.description) > LONGEST_TEXT:
        raise ReportRefused("too-long", most=LONGEST_TEXT, length=len(report.description))
    if report.point and not (abs(report.point[0]) <= 180 and abs(report.point[1]) <= 90):
        raise ReportRefused("unreadable", detail=f"lon {report.lon!r}, lat {report.lat!r} is no place on earth")
    if report.happened_at.tzinfo is None or report.sent_at.tzinfo is None:
        raise ReportRefused("unreadable", detail="happened_at and sent_at need their offset: 2026-11-20T14:32:05+08:00")
    return report


def happened(report: Report, now: datetime, speed: float) -> datetime:
    """Return when it happened by the city's clock; raise `ReportRefused` if that is in the future or too long ago."""
    waited = report.sent_at - report.happened_at
    if waited < -AHEAD:
        raise ReportRefused("future", minutes=int(-waited / timedelta(minutes=1)))
    passed = max(waited, timedelta()) * speed
    if passed > OLDEST:
        raise ReportRefused("too-old", days=OLDEST.days)
    return now - passed


def opened(
    report: Report,
    *,
    area: str,
    group: str | None,
    moment: datetime,
    now: datetime,
    actor: str,
    simulated: bool,
    exercise: bool = False,
) -> CaseReported:
    """Return the event that opens its case."""
    lon, lat = report.point or (None, None)
    return CaseReported(
        id=f"{report.case_id}:case-reported",
        happened_at=moment,
        received_at=now,
        source=report.source,
        area_id=area,
        cause=report.id,
        actor=actor,
        simulated=simulated,
        exercise=exercise,
        case_id=report.case_id,
        category=report.category,
        category_group=group,
        channel=report.channel,
        priority=report.priority,
        title=report.title,
        address=getattr(report, "address", None),
        note=getattr(report, "note", None),
        lon=lon,
        lat=lat,
        attachments=" ".join(report.attachments) or None,
    )
