"""Every door of v1 that is not one command or one view: what it takes and gives, in one table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

Shape = dict[str, Any]
JSON: Final = ("application/json",)
OBJECT: Final[Shape] = {"type": "object"}
ROWS: Final[Shape] = {"type": "array", "items": {"type": "object"}}
TEXT: Final[Shape] = {"type": "string"}
MEDIA: Final = (
    "image/jpeg", "image/png", "image/webp", "audio/webm", "audio/ogg", "audio/mp4", "audio/mpeg", "audio/wav",
)  # fmt: skip


def _is(name: str) -> Shape:
    return {"$ref": f"#/components/schemas/{name}"}


def _of(name: str, shape: Shape = TEXT, *, needed: bool = False) -> Shape:
    return {"name": name, "in": "query", "schema": shape, "required": needed}


def _in_path(name: str, shape: Shape | None = None) -> Shape:
    return {"name": name, "in": "path", "required": True, "schema": shape or {"type": "string", "minLength": 1}}


def _count(most: int, least: int = 1) -> Shape:
    return {"type": "integer", "minimum": least, "maximum": most}


@dataclass(frozen=True, slots=True)
class Door:
    """One door."""

    method: str
    path: str
    name: str
    summary: str
    answer: Shape | None
    parameters: tuple[Shape, ...] = ()
    statuses: tuple[int, ...] = ()
    body: Shape | None = None
    takes: tuple[str, ...] = JSON
    content: tuple[str, ...] = JSON


AREA: Final = _of("area", {"type": "string", "minLength": 1, "maxLength": 60}, needed=True)
CASE: Final = _in_path("case_id")
FILE: Final = _in_path("name")
TIMES: Final = (_of("from", {"type": "string", "format": "date-time"}), _of("to", TEXT | {"format": "date-time"}))
YEAR: Final[Shape] = {"type": "integer", "minimum": 2000, "maximum": 2100}
WORDS: Final[Shape] = {"type": "string", "maxLength": 80}
DRAW: Final[Shape] = {
    "type": "object",
    "required": ["area", "since", "until", "count", "seed"],
    "properties": {
        "area": TEXT,
        "since": TEXT | {"format": "date-time"},
        "until": TEXT | {"format": "date-time"},
        "count": {"type": "integer"},
        "seed": TEXT | {"minLength": 1, "maxLength": 120},
        "lang": TEXT,
    },
}
REPORT: Final = _is("Report")

DOORS: Final[tuple[Door, ...]] = (
    Door("GET", "/api/v1/openapi.json", "openapi", "this document", OBJECT),
    Door("GET", "/api/v1/commands", "commands", "every command: its coded reasons, roles, where it leads", OBJECT),
    Door(
        "POST", "/api/v1/commands", "command", "carry a command out, once however often it comes", _is("Receipt"),
        statuses=(404, 409, 413), body=_is("Command"),
    ),
    Door(
        "GET", "/api/v1/cases", "cases", "which open cases wait in an area? a page, the most urgent first", OBJECT,
        (
            AREA, _of("state", {"type": "string", "maxLength": 400}),
            _of("urgency", {"type": "string", "enum": ["overdue", "due_soon", "open"]}),
            _of("urged", {"type": "boolean"}), _of("words", WORDS), _of("offset", _count(1_000_000, 0)),
            _of("limit", _count(200)),
        ),
        (400, 404),
    ),
    Door(
        "GET", "/api/v1/search", "search", "which cases of an area, open or closed, hold these words?", ROWS,
        (AREA, _of("words", WORDS, needed=True), _of("limit", _count(200))), (400, 404),
    ),
    Door(
        "GET", "/api/v1/cases/{case_id}", "case",
        "one case: timeline, orders, family, and what the asker may do to it and why not the rest", OBJECT,
        (CASE,), (404,),
    ),
    Door(
        "GET", "/api/v1/cases/{case_id}/suggestions", "suggestions", "whom to give a case to, and why", OBJECT,
        (CASE,), (400, 404),
    ),
    Door(
        "GET", "/api/v1/cases/{case_id}/parties", "parties", "open the sealed parties of a dispute, for a reason",
        OBJECT, (CASE, _of("reason")), (400, 404, 409),
    ),
    Door(
        "PUT", "/api/v1/cases/{case_id}/parties", "register_parties", "keep the parties of a dispute, sealed", OBJECT,
        (CASE,), (400, 404, 409, 413), OBJECT,
    ),
    Door(
        "GET", "/api/v1/creation/{area_id}", "village",
        "one village in a year's safety creation: stage, steps, signatures, what the asker may do and why not", OBJECT,
        (_in_path("area_id"), _of("year", YEAR, needed=True)), (404,),
    ),
    Door(
        "POST", "/api/v1/creation", "create_safety", "move a village on, once however often it comes",
        _is("CreationReceipt"), statuses=(404, 409, 413), body=_is("CreationCommand"),
    ),
    Door("GET", "/api/v1/views", "views", "which views are there? question, key, columns with types", ROWS),
    Door("GET", "/api/v1/metrics", "metrics", "which metrics are there? each with its definition", ROWS),
    Door(
        "GET", "/api/v1/metrics/{name}", "metric", "a metric over an area, a row for each value of the dimensions",
        OBJECT, (_in_path("name"), AREA, _of("by", {"type": "string", "maxLength": 200}), *TIMES), (400, 404),
    ),
    Door("GET", "/api/v1/areas", "areas", "the areas of the city", ROWS),
    Door("GET", "/api/v1/categories", "categories", "what a case may be about, with limits in hours", OBJECT),
    Door("GET", "/api/v1/units", "units", "the units a case can be given to", ROWS),
    Door("GET", "/api/v1/reasons", "reasons", "the coded reasons of every command", OBJECT),
    Door("GET", "/api/v1/lifecycle", "lifecycle", "who may do this: states, steps, capabilities, roles, reach", OBJECT),
    Door(
        "POST", "/api/v1/reports", "report", "report a case, once however often it comes", OBJECT,
        statuses=(413, 415), body=REPORT,
    ),
    Door("GET", "/api/v1/reports/form", "report_form", "what a report may choose from", OBJECT, (), (400,)),
    Door(
        "GET", "/api/v1/reports/similar", "similar", "open cases of a category close to a point", ROWS,
        (
            _of("category", needed=True), _of("lon", {"type": "number"}, needed=True),
            _of("lat", {"type": "number"}, needed=True),
        ),
        (400,),
    ),
    Door(
        "POST", "/api/v1/attachments", "attach_file", "keep a photo or a sound; it is named by its content", OBJECT,
        (), (413, 415), {"type": "string"}, MEDIA,
    ),
    Door("GET", "/api/v1/attachments/{name}", "attachment", "a file of a case", None, (FILE,), (404,), content=MEDIA),
    Door(
        "GET", "/api/v1/attachments/{name}/thumbnail", "thumbnail", "a small picture of a file", None, (FILE,),
        (204, 404), content=MEDIA,
    ),
    Door(
        "POST", "/api/v1/rechecks", "rechecks", "draw cases for a second look, by a seed; drawing again draws the same",
        OBJECT, (), (400, 404, 409), DRAW,
    ),
    Door(
        "POST", "/api/v1/warnings", "warn", "take in a CAP 1.2 alert", OBJECT, (), (413, 415), {"type": "string"},
        ("application/cap+xml", "application/xml", "text/xml"),
    ),
    Door("GET", "/api/v1/reporter", "reporter", "the case a reporter's link is bound to", OBJECT, (), (400, 404, 409)),
    Door(
        "GET", "/api/v1/cases/{case_id}/reporter-link", "reporter_link", "the link for who reported a case", OBJECT,
        (CASE,), (404,),
    ),
    Door(
        "POST", "/api/v1/reporter-links/rotate", "rotate_links", "make every link of a reporter worthless", None,
        statuses=(204,),
    ),
)  # fmt: skip
ACCOUNTS: Final[tuple[Door, ...]] = ()
"""Doors that are there only where people sign in."""
