"""CAP 1.2 alerts (OASIS Common Alerting Protocol): what one document says, read strictly."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from ..errors import SourceError

NAMESPACE: Final = "{urn:oasis:names:tc:emergency:cap:1.2}"
LARGEST: Final = 2 << 20
STATUSES: Final = ("Actual", "Exercise", "System", "Test", "Draft")
TYPES: Final = ("Alert", "Update", "Cancel", "Ack", "Error")
SCOPES: Final = ("Public", "Restricted", "Private")
URGENCIES: Final = ("Immediate", "Expected", "Future", "Past", "Unknown")
SEVERITIES: Final = ("Extreme", "Severe", "Moderate", "Minor", "Unknown")
CERTAINTIES: Final = ("Observed", "Likely", "Possible", "Unlikely", "Unknown")
USUAL_LIFE: Final = timedelta(hours=24)
"""How long a warning lasts that does not say until when."""
Point = tuple[float, float]
"""Longitude and latitude; CAP writes them the other way round."""


@dataclass(frozen=True, slots=True)
class Place:
    """An area of an alert: its name, and what it covers."""

    name: str
    polygons: tuple[tuple[Point, ...], ...] = ()
    circles: tuple[tuple[Point, float], ...] = ()
    """centre, and radius in kilometres"""
    geocodes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Info:
    """One block of an alert: one language, one urgency, severity and certainty, its areas."""

    language: str
    event: str
    urgency: str
    severity: str
    certainty: str
    onset: datetime | None
    expires: datetime
    headline: str
    all_clear: bool
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Alert:
    """One CAP message."""

    sender: str
    identifier: str
    sent: datetime
    status: str
    kind: str
    scope: str
    references: tuple[str, ...]
    """names of the messages it replaces or takes back"""
    infos: tuple[Info, ...]

    @property
    def name(self) -> str:
        """Return what later messages refer to it by."""
        return f"{self.sender},{self.identifier}"


def read(document: bytes) -> Alert:
    """Read one alert; raise `SourceError` naming the element that is missing or wrong."""
    if len(document) > LARGEST:
        raise SourceError(f"the alert has {len(document)} bytes: at most {LARGEST} are read")
    try:
        root = ElementTree.fromstring(document, forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise SourceError(f"the alert is no readable XML: {error!r}") from error
    if root.tag != f"{NAMESPACE}alert":
        raise SourceError(f"the root is {str(root.tag)[:120]!r}: expected `alert` of CAP 1.2 ({NAMESPACE[1:-1]})")
    sent = _moment(root, "sent")
    kind = _word(root, "msgType", TYPES)
    references = _references(_text(root, "references"))
    if kind in ("Update", "Cancel") and not references:
        raise SourceError(f"references: {kind} names no message that it is about")
    infos = tuple(_info(block, sent) for block in root.findall(f"{NAMESPACE}info"))
    if kind in ("Alert", "Update") and not infos:
        raise SourceError(f"info: {kind} has no block that says what is warned of")
    return Alert(
        _code(root, "sender"), _code(root, "identifier"), sent, _word(root, "status", STATUSES), kind,
        _word(root, "scope", SCOPES), references, infos,
    )  # fmt: skip


def _info(block: Any, sent: datetime) -> Info:  # noqa: ANN401
    event = _text(block, "event")
    expires = _moment(block, "expires") if _text(block, "expires") else sent + USUAL_LIFE
    onset = next((_moment(block, name) for name in ("onset", "effective") if _text(block, name)), None)
    answers = [(part.text or "").strip() for part in block.findall(f"{NAMESPACE}responseType")]
    return Info(
        language=_text(block, "language") or "en-US",
        event=event,
        urgency=_word(block, "urgency", URGENCIES),
        severity=_word(block, "severity", SEVERITIES),
        certainty=_word(block, "certainty", CERTAINTIES, {"Very Likely": "Likely"}),
        onset=onset,
        expires=expires,
        headline=_text(block, "headline") or event,
        all_clear="AllClear" in answers,
        places=tuple(_place(area) for area in block.findall(f"{NAMESPACE}area")),
    )


def _place(area: Any) -> Place:  # noqa: ANN401
    texts = {name: [(part.text or "") for part in area.findall(NAMESPACE + name)] for name in ("polygon", "circle")}
    codes = [_text(part, "value") for part in area.findall(f"{NAMESPACE}geocode")]
    return Place(
        _text(area, "areaDesc"),
        tuple(_polygon(text) for text in texts["polygon"]),
        tuple(_circle(text) for text in texts["circle"]),
        tuple(code for code in codes if code),
    )


def _polygon(text: str) -> tuple[Point, ...]:
    points = tuple(_point(pair) for pair in text.split())
    if len(points) < 4 or points[0] != points[-1]:
        raise SourceError(f"polygon {text[:80]!r}: expected four points or more, the last one the first")
    return points


def _circle(text: str) -> tuple[Point, float]:
    parts = text.split()
    try:
        centre, radius = parts
        kilometres = float(radius)
    except ValueError:
        raise SourceError(f"circle {text[:80]!r}: expected `latitude,longitude radius`") from None
    if not (math.isfinite(kilometres) and 0 <= kilometres <= 20_040):
        raise SourceError(f"circle {text[:80]!r}: no such radius on earth")
    return _point(centre), kilometres


def _point(pair: str) -> Point:
    try:
        lat, lon = (float(part) for part in pair.split(","))
    except ValueError:
        raise SourceError(f"point {pair[:40]!r}: expected `latitude,longitude`") from None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise SourceError(f"point {pair[:40]!r}: no such place on earth")
    return lon, lat


def _references(text: str) -> tuple[str, ...]:
    found = []
    for triple in text.split():
        parts = triple.split(",")
        if len(parts) != 3 or not all(parts):
            raise SourceError(f"references {triple[:120]!r}: expected `sender,identifier,sent`")
        found.append(f"{parts[0]},{parts[1]}")
    return tuple(dict.fromkeys(found))


def _text(parent: Any, name: str) -> str:  # noqa: ANN401
    return (parent.findtext(NAMESPACE + name) or "").strip()


def _code(parent: Any, name: str) -> str:  # noqa: ANN401
    text = _text(parent, name)
    if not text or len(text) > 300 or any(sign in text for sign in " ,<&\t\n"):
        raise SourceError(f"{name} is {text[:80]!r}: expected a name without spaces, commas, < or &")
    return text


def _word(parent: Any, name: str, words: tuple[str, ...], old: dict[str, str] | None = None) -> str:  # noqa: ANN401
    text = _text(parent, name)
    text = (old or {}).get(text, text)
    if text not in words:
        raise SourceError(f"{name} is {text[:80]!r}: expected one of {', '.join(words)}")
    return text


def _moment(parent: Any, name: str) -> datetime:  # noqa: ANN401
    text = _text(parent, name)
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None or "T" not in text:
            raise ValueError
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise SourceError(
            f"{name} is {text[:40]!r}: expected a time with its offset: 2026-11-20T14:00:00+08:00"
        ) from None
