"""What a client posts: a form as the standard says, or the same fields as JSON or XML."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qsl
from xml.etree.ElementTree import Element, ParseError

import msgspec
from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from .refusal import RequestRefused

MOST_BYTES: Final = 65_536
MOST_FIELDS: Final = 200
FORM, JSON, XML = "application/x-www-form-urlencoded", "application/json", ("text/xml", "application/xml")
ATTRIBUTE: Final = re.compile(r"attribute\[([^\[\]]{1,60})\](?:\[\d*\])?")
UNREADABLE: Final = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]")


@dataclass
class Body:
    """Fields by name, each once, and the answers to what a service asks."""

    fields: dict[str, str] = field(default_factory=dict)
    answers: list[tuple[str, str]] = field(default_factory=list)

    def take(self, name: str, value: str) -> None:
        """Take one field; of the same one twice the last counts, as forms have it."""
        value = UNREADABLE.sub("", value)
        if answer := ATTRIBUTE.fullmatch(name):
            self.answers.append((answer.group(1), value))
        else:
            self.fields[name] = value


def read(content_type: str, data: bytes) -> Body:
    """Read a body; raise `RequestRefused` naming what is wrong with it."""
    kind = content_type.split(";")[0].strip().lower()
    if kind in ("", FORM):
        body = _form(data)
    elif kind == JSON:
        body = _json(data)
    elif kind in XML:
        body = _xml(data)
    else:
        raise RequestRefused(400, f"content type {kind[:60]!r} is not one of {FORM}, {JSON}, {XML[0]}")
    if len(body.fields) + len(body.answers) > MOST_FIELDS:
        raise RequestRefused(400, f"the body has more than {MOST_FIELDS} fields")
    return body


def _form(data: bytes) -> Body:
    body = Body()
    try:
        pairs = parse_qsl(data.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except (UnicodeDecodeError, ValueError) as error:
        raise RequestRefused(400, "the form cannot be read as UTF-8 fields") from error
    for name, value in pairs:
        body.take(name, value)
    return body


def _json(data: bytes) -> Body:
    try:
        found: Any = msgspec.json.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise RequestRefused(400, "the body cannot be read as JSON") from error
    found = found[0] if isinstance(found, list) and len(found) == 1 else found
    if not isinstance(found, dict):
        raise RequestRefused(400, "the body is no JSON object")
    body = Body()
    answers = found.pop("attributes", None) or {}
    for name, value in found.items():
        _take(body, str(name), value)
    for code, value in answers.items() if isinstance(answers, dict) else ():
        for one in value if isinstance(value, list) else [value]:
            _take(body, f"attribute[{code}]", one)
    return body


def _take(body: Body, name: str, value: Any) -> None:  # noqa: ANN401
    if isinstance(value, list | dict):
        raise RequestRefused(400, f"{name[:60]!r} holds more than one value")
    if value is not None:
        body.take(name, str(value))


def _xml(data: bytes) -> Body:
    try:
        root: Element = ElementTree.fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise RequestRefused(400, "the body cannot be read as XML without a document type") from error
    request = root if root.tag == "request" else root.find("request")
    if request is None:
        raise RequestRefused(400, "the body has no element <request>")
    body = Body()
    for cell in request:
        if cell.tag != "attributes":
            body.take(str(cell.tag), (cell.text or "").strip())
    for answer in request.findall("attributes/*"):
        body.take(f"attribute[{answer.tag}]", (answer.text or "").strip())
    return body
