"""A posted request as a report of ours, and what its sender said of themselves beside it."""

from __future__ import annotations

import math
import uuid
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from pipelines.config.open311 import Attribute
from pipelines.contract.areas import AreaTree
from pipelines.contract.civic import LONGEST_DESCRIPTION, CivicReport, Contact
from pipelines.contract.scope import Viewer

from . import moments
from .body import Body
from .refusal import RequestRefused
from .services import Services

CONTACT: Final = tuple(Contact.__struct_fields__)
LONGEST: Final = {"description": LONGEST_DESCRIPTION, "media_url": 2000, "address_string": 300}
USUAL_LONGEST: Final = 200


def submission(
    body: Body, again: str, viewer: Viewer, services: Services, tree: AreaTree, now: datetime
) -> tuple[CivicReport, Contact]:
    """Return the report a body makes; raise `RequestRefused` naming what is wrong or missing.

    ``again`` is what a sender names a report by, so that sending it again changes nothing.
    """
    fields = {name: value.strip() for name, value in body.fields.items() if value.strip()}
    for name, value in fields.items():
        if len(value) > (most := LONGEST.get(name, USUAL_LONGEST)):
            raise RequestRefused(400, f"{name[:60]} has {len(value)} characters, {most} at most")
    service = services.find(fields.get("service_code", ""))
    contact = Contact(**{name: fields[name] for name in CONTACT if name in fields})
    lon, lat = _point(fields)
    area = _area(fields.get("address_id"), tree)
    address = fields.get("address_string")
    if lon is None and area is None and address is None:
        raise RequestRefused(400, "a place is needed: lat and long, address_string or address_id")
    report = CivicReport(
        id=_identity(again, viewer), category=service.code, happened_at=now, sent_at=now,
        description=contact.taken_out(fields.get("description", "")), lon=lon, lat=lat,
        area=area or (tree.unknown.id if lon is None else None),
        address=contact.taken_out(address) if address else None,
        attributes=tuple((code, contact.taken_out(value)) for code, value in _answers(body, service.asked)),
        media_url=_web(fields.get("media_url", "")),
    )  # fmt: skip
    return report, contact


def _identity(again: str, viewer: Viewer) -> str:
    """Return the report's id: the same for the same name from the same key."""
    if not again:
        return str(uuid.uuid4())
    if len(again) > USUAL_LONGEST:
        raise RequestRefused(400, f"Idempotency-Key has {len(again)} characters, {USUAL_LONGEST} at most")
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"open311 {viewer.user} {viewer.session} {again}"))


def _point(fields: dict[str, str]) -> tuple[float, float] | tuple[None, None]:
    given = [name for name in ("long", "lat") if name in fields]
    if not given:
        return None, None
    if len(given) == 1:
        raise RequestRefused(400, "lat and long belong together")
    try:
        lon, lat = float(fields["long"]), float(fields["lat"])
    except ValueError:
        lon = lat = math.nan
    if not (abs(lon) <= 180 and abs(lat) <= 90):
        raise RequestRefused(400, f"lat {fields['lat'][:20]!r}, long {fields['long'][:20]!r} is no place on earth")
    return lon, lat


def _area(address_id: str | None, tree: AreaTree) -> str | None:
    if address_id is not None and address_id not in tree.areas:
        raise RequestRefused(400, f"address_id {address_id[:60]!r} is no area of this city")
    return address_id


def _web(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = None
    if address and (parts is None or parts.scheme not in ("http", "https") or not parts.hostname):
        raise RequestRefused(400, "media_url is no http address")
    return address


def _answers(body: Body, asked: tuple[Attribute, ...]) -> list[tuple[str, str]]:
    known = {attribute.code: attribute for attribute in asked}
    given = [(code, value.strip()) for code, value in body.answers if value.strip()]
    for code, value in given:
        if code not in known:
            raise RequestRefused(400, f"attribute[{code[:60]}] is not asked by this service")
        _check(known[code], value, [one for other, one in given if other == code])
    for attribute in asked:
        if attribute.required and attribute.code not in dict(given):
            raise RequestRefused(400, f"attribute[{attribute.code}] is required by this service")
    return given


def _check(attribute: Attribute, value: str, every: list[str]) -> None:
    name, kind = f"attribute[{attribute.code}]", attribute.datatype
    if len(value) > (LONGEST_DESCRIPTION if kind == "text" else USUAL_LONGEST):
        raise RequestRefused(400, f"{name} is too long")
    if len(every) > 1 and kind != "multivaluelist":
        raise RequestRefused(400, f"{name} is answered more than once")
    if kind == "number" and not _is_number(value):
        raise RequestRefused(400, f"{name} {value[:40]!r} is no number")
    if kind == "datetime":
        moments.heard(name, value)
    if kind in ("singlevaluelist", "multivaluelist") and value not in (keys := [v.key for v in attribute.values]):
        raise RequestRefused(400, f"{name} {value[:40]!r} is not one of {', '.join(keys)}")


def _is_number(words: str) -> bool:
    try:
        return math.isfinite(float(words))
    except ValueError:
        return False
