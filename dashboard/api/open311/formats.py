"""The two forms of an answer: XML with the standard's element names, and JSON of the same shape."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from fastapi.responses import Response

FORMATS: Final = {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}
HEAD: Final = '<?xml version="1.0" encoding="utf-8"?>\n'
ITEMS: Final = {
    "endpoints": "endpoint", "formats": "format", "services": "service", "attributes": "attribute", "values": "value",
    "service_requests": "request", "errors": "error",
}  # fmt: skip
"""What each entry of a list is called in XML."""
UNWRITABLE: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold."""
ESCAPED: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})


def written(root: str, found: Any, form: str, status: int = 200) -> Response:  # noqa: ANN401
    """Write what was found; ``root`` is how XML calls the whole."""
    if form == "json":
        return Response(msgspec.json.encode(found), status, media_type=FORMATS["json"])
    return Response(HEAD + element(root, found) + "\n", status, media_type=FORMATS["xml"])


def element(name: str, value: Any) -> str:  # noqa: ANN401
    """Return a value as an XML element: a mapping's keys and a list's entries are its children."""
    return f"<{name}>{_inside(name, value)}</{name}>"


def _inside(name: str, value: Any) -> str:  # noqa: ANN401
    if value is None:
        return ""
    if isinstance(value, str):
        return text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "".join([element(key, inner) for key, inner in value.items()])
    if isinstance(value, Sequence):
        return "".join([element(ITEMS[name], entry) for entry in value])
    return repr(value)


def text(words: str) -> str:
    """Return words as XML holds them."""
    return UNWRITABLE.sub("", words).translate(ESCAPED)
