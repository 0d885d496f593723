"""Warnings from outside become events: one an area they touch, at the finest useful level."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final

import pyarrow as pa
import shapely
from shapely import Geometry

from .contract.events import Event, WarningCancelled, WarningIssued
from .errors import SourceError
from .geography import Geography
from .live import TOLERANCE
from .places import AreaIndex
from .sources import cap
from .sources.cap import Alert, Info, Place
from .sources.issues import REJECTED, REPAIRED, Issues, Reason

USEFUL: Final = ("township", "county")
"""Levels a warning is told of; the first that is drawn."""
SLIVER: Final = 0.001
"""A border that is crossed by less, of the area or of the shape, is not touched."""
KILOMETRES_A_DEGREE: Final = 111.32
ROW: Final = "warning"


@dataclass(frozen=True)
class Heard:
    """What became of a document: events, and what was odd (`ISSUE_SCHEMA`)."""

    events: list[Event]
    issues: pa.Table


class Alerts:
    """Turn alerts into the events of one city."""

    def __init__(self, geography: Geography, *, simulated: bool) -> None:
        """Take the city's areas; in a simulated city warnings belong to its simulation."""
        self._geography = geography
        self._tree = geography.tree
        self._index = AreaIndex(geography.tree, {}, geography.aliases)
        self._simulated = simulated
        drawn = {self._tree.areas[area].level for area in geography.shapes}
        level = next((level for level in USEFUL if level in drawn), None)
        self._useful = [area for area in geography.shapes if self._tree.areas[area].level == level]
        self._shapes = [geography.shapes[area] for area in self._useful]
        self._sizes = [float(shapely.area(shape)) for shape in self._shapes]
        self._boxes = shapely.STRtree(self._shapes)

    def hear(self, document: bytes, source: str, now: datetime) -> Heard:
        """Read one document; what cannot be read, or is not meant for us, is kept aside with why."""
        issues = Issues()
        raw = document.decode("utf-8", "replace")
        try:
            alert = cap.read(document)
        except SourceError as error:
            issues.note(ROW, REJECTED, Reason.UNREADABLE_WARNING, str(error), raw)
            return Heard([], issues.table())
        if refused := _refused(alert, now):
            issues.note(alert.name, REJECTED, *refused, raw)
            return Heard([], issues.table())
        events = list(self._events(alert, source, now, issues))
        if not events and not _has_ended(alert):
            issues.note(alert.name, REJECTED, Reason.WARNING_ELSEWHERE, None, raw)
        return Heard(events, issues.table())

    def _events(self, alert: Alert, source: str, now: datetime, issues: Issues) -> Iterator[Event]:
        facts: dict[str, Any] = {
            "happened_at": alert.sent, "received_at": now, "source": source, "cause": alert.name,
            "simulated": self._simulated, "exercise": alert.status == "Exercise",
        }  # fmt: skip
        realm = "cap-exercise" if alert.status == "Exercise" else "cap"
        if alert.kind in ("Update", "Cancel"):
            for named in alert.references:
                yield WarningCancelled(
                    id=f"{realm}:{alert.name}:ends:{named}", area_id=self._tree.root.id, warning_id=named, **facts
                )
        if alert.kind == "Cancel":
            return
        for part, (first, headlines) in enumerate(_parts(alert.infos), 1):
            warning_id = alert.name if part == 1 else f"{alert.name} {part}"
            for area in self._touched(first.places, alert.name, issues):
                yield WarningIssued(
                    id=f"{realm}:{warning_id}:{area}", area_id=area, warning_id=warning_id, severity=first.severity,
                    urgency=first.urgency, certainty=first.certainty, onset_at=first.onset, expires_at=first.expires,
                    headline_zh=headlines.get("zh"), headline_en=headlines.get("en"), **facts,
                )  # fmt: skip

    def _touched(self, places: Iterable[Place], name: str, issues: Issues) -> list[str]:
        """Return the areas some places cover; the city alone where they cover all of it."""
        found: set[str] = set()
        for place in places:
            here = set(self._by_shape(place)) | {area for code in place.geocodes if (area := self._index.find(code))}
            is_bare = not (place.polygons or place.circles or place.geocodes)
            if is_bare and (area := self._index.find(place.name)):
                here.add(area)
            if is_bare and not here:
                issues.note(name, REPAIRED, Reason.UNKNOWN_AREA, place.name)
            found |= here
        root = self._tree.root.id
        if root in found or (self._useful and found.issuperset(self._useful)):
            return [root]
        # what lies in another area that is named as well is told once
        return sorted(area for area in found if not any(above.id in found for above in self._tree.path(area)[:-1]))

    def _by_shape(self, place: Place) -> Iterator[str]:
        polygons = [shapely.make_valid(shapely.Polygon(points)) for points in place.polygons]
        for shape in [*polygons, *(_disc(*circle) for circle in place.circles)]:
            if not self._useful:
                yield self._tree.root.id
                continue
            for at in self._boxes.query(shape, predicate="intersects").tolist():
                area = self._shapes[at]
                if not shapely.area(shape) or shapely.area(shapely.intersection(area, shape)) > SLIVER * min(
                    self._sizes[at], shapely.area(shape)
                ):
                    yield self._useful[at]


def _refused(alert: Alert, now: datetime) -> tuple[Reason, str] | None:
    if alert.status not in ("Actual", "Exercise"):
        return Reason.NOT_A_WARNING, f"status {alert.status}"
    if alert.kind not in ("Alert", "Update", "Cancel"):
        return Reason.NOT_A_WARNING, f"msgType {alert.kind}"
    if alert.scope != "Public":
        return Reason.NOT_A_WARNING, f"scope {alert.scope}"
    return (Reason.FUTURE_DATE, alert.sent.isoformat()) if alert.sent > now + TOLERANCE else None


def _has_ended(alert: Alert) -> bool:
    return all(info.all_clear or info.urgency == "Past" for info in alert.infos)


def _parts(infos: Iterable[Info]) -> Iterator[tuple[Info, dict[str, str]]]:
    """Yield what is warned of: blocks that say the same in several languages are one."""

    def same(info: Info) -> tuple[str, ...]:
        return info.severity, info.urgency, info.certainty, str(info.onset), str(info.expires), _covered(info)

    living = [info for info in infos if not info.all_clear and info.urgency != "Past"]
    order = {said: at for at, said in reversed(list(enumerate(map(same, living))))}
    for _, group in groupby(sorted(living, key=lambda info: order[same(info)]), key=same):
        blocks = list(group)
        headlines: dict[str, str] = {}
        for info in blocks:
            headlines.setdefault("zh" if info.language.lower().startswith("zh") else "en", info.headline)
        yield blocks[0], headlines


def _covered(info: Info) -> str:
    """Return what an info's areas cover; their names count only where they say nothing else."""
    return repr(
        [(p.polygons, p.circles, p.geocodes) if p.polygons or p.circles or p.geocodes else p for p in info.places]
    )


def _disc(centre: cap.Point, kilometres: float) -> Geometry:
    lon, lat = centre
    north = kilometres / KILOMETRES_A_DEGREE
    east = north / max(math.cos(math.radians(lat)), 0.01)
    turns = [2 * math.pi * step / 64 for step in range(64)]
    if not kilometres:
        return shapely.Point(lon, lat)
    return shapely.Polygon([(lon + east * math.cos(turn), lat + north * math.sin(turn)) for turn in turns])
