"""Recorded cases from Open311 GeoReport v2 answers, JSON or XML."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from ..config.mapping import Fields, Open311Mapping
from ..errors import SourceError
from . import archive
from .decode import Utf8, buffered, encoding_of
from .documents import flat, parse
from .raw import Raw, from_rows
from .refine import Records, Refinery, left_out

STANDARD = (
    "service_request_id", "status", "status_notes", "service_name", "service_code", "description", "agency_responsible",
    "service_notice", "requested_datetime", "updated_datetime", "expected_datetime", "address", "address_id", "zipcode",
    "lat", "long", "media_url",
)  # fmt: skip
CLOSED_DATETIME = "closed_datetime"
EXTENDED = "extended_attributes."
"""Where a served instance of ours tells more than the standard; of that, only the closing time is taken."""
FIELDS = Fields.model_validate(
    {
        "id": "service_request_id", "reported": "requested_datetime", "due": "expected_datetime",
        "closed": CLOSED_DATETIME, "status": "status", "category": {"first_of": ["service_code", "service_name"]},
        "unit": "agency_responsible", "channel": {"constant": "open311"}, "area": "zipcode",
        "point": {"lon": "long", "lat": "lat"}, "title": {"first_of": ["description", "service_name"]},
        "address": "address",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """One answer: ``kind`` is requests, services, definition, discovery or error; ``rows`` its entries."""

    kind: str
    rows: tuple[dict[str, Any], ...]


def read(
    paths: Sequence[Path], mapping: Open311Mapping, *, time_zone: str, progress: archive.Progress | None = None
) -> Iterator[Records]:
    """Yield the service requests of some documents; another kind of answer is refused by name."""
    gauge = archive.Gauge(paths, progress)
    with Refinery(FIELDS.given(), mapping, time_zone) as refinery:
        for path in paths:
            with gauge.watch(path), archive.sound(path.name):
                for member in archive.members(path, "*", gauge.done):
                    yield from _member(member, mapping, refinery)


def _member(
    member: archive.Member | archive.Leftover, mapping: Open311Mapping, refinery: Refinery
) -> Iterator[Records]:
    if isinstance(member, archive.Leftover):
        yield left_out(member.label)
        return
    found = document(member)
    if found.kind == "error":
        raise SourceError(f"{member.label}: the service answered with an error: {found.rows[0]['description']}")
    if found.kind != "requests":
        raise SourceError(f"{member.label}: holds {found.kind}, expected service requests")
    yield from refinery.refine(_raw(member.label, found.rows, mapping))


def _raw(label: str, rows: Sequence[dict[str, Any]], mapping: Open311Mapping) -> Iterator[Raw]:
    """Lay requests out as text; a closed request was closed when it says so, else at its last update."""
    closed = {state.casefold() for state in mapping.closed_states}
    names = list(dict.fromkeys([*STANDARD, *(key for row in rows for key in row), CLOSED_DATETIME]))
    for row in rows:
        if mapping.closed_from_updated and str(row.get("status")).casefold() in closed:
            told = row.get(CLOSED_DATETIME) or row.get(EXTENDED + CLOSED_DATETIME)
            row[CLOSED_DATETIME] = told or row.get("updated_datetime")
    return from_rows(label, names, ([row.get(name) for name in names] for row in rows), count(1))


def document(member: archive.Member) -> Document:
    """Parse one answer, and tell what it is."""
    with member.open() as stream:
        data = stream.read()
    status, data = _without_head(data)
    text = buffered(Utf8(io.BytesIO(data), encoding_of(data, "auto", "cp1252"))).read()
    start = text.lstrip()[:1]
    if not start:
        raise SourceError(f"{member.label}: the document is empty")
    found = _xml(text, member.label) if start == b"<" else _json(parse(text, member.label))
    if status and not status.startswith("2") and found.kind != "error":
        return Document("error", ({"code": status, "description": status},))
    return found


def _without_head(data: bytes) -> tuple[str, bytes]:
    """Cut off the HTTP head that saved answers sometimes carry; return its status."""
    if not data.startswith(b"HTTP/"):
        return "", data
    head, _, body = data.replace(b"\r\n", b"\n").partition(b"\n\n")
    return head.split(b"\n")[0].partition(b" ")[2].decode("ascii", "replace").strip(), body


def _json(found: Any) -> Document:  # noqa: ANN401
    if isinstance(found, dict):
        for key, kind in (("service_requests", "requests"), ("requests", "requests"), ("services", "services")):
            if isinstance(found.get(key), list):
                return Document(kind, tuple(flat(row) for row in found[key]))
        if "endpoints" in found:
            return Document("discovery", tuple(found["endpoints"]))
        if "attributes" in found:
            return Document("definition", tuple(found["attributes"]))
        return Document("error", ({"code": found.get("code"), "description": str(found)[:300]},))
    rows = tuple(flat(row) for row in found) if isinstance(found, list) else ()
    first = set(rows[0]) if rows else set()
    if {"code", "description"} <= first and not first & {"service_request_id", "service_code"}:
        return Document("error", rows)
    asked = not rows or first & {"service_request_id", "requested_datetime", "token"}
    return Document("requests" if asked else "services" if "service_code" in first else "something else", rows)


def _xml(text: bytes, label: str) -> Document:
    try:
        root = ElementTree.fromstring(text)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise SourceError(f"{label}: not readable as XML: {error}") from error
    name = _local(root)
    kinds = {"service_requests": "requests", "services": "services", "service_definition": "definition"}
    kind = kinds.get(name) or ("discovery" if name == "discovery" else "error")
    if kind == "error":
        words = " ".join("".join(root.itertext()).split())
        return Document("error", ({"code": None, "description": words or f"<{name}>"},))
    if kind == "definition":
        root = next((child for child in root if _local(child) == "attributes"), root)
    return Document(kind, tuple(_cells(row) for row in root))


def _cells(row: Element) -> dict[str, str | None]:
    """Return an entry's cells by name; those of an extension as JSON would have them, behind a dot."""
    found: dict[str, str | None] = {}
    for cell in row:
        if _local(cell) + "." == EXTENDED:
            found |= {EXTENDED + _local(inner): _text(inner) for inner in cell}
        else:
            found[_local(cell)] = _text(cell)
    return found


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _text(element: Element) -> str | None:
    words = "".join(element.itertext()).strip()
    return words or None
