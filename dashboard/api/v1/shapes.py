"""The shapes of what v1 takes and gives, as JSON schemas made from the structs and the views' columns."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, Final

import msgspec

from pipelines.contract import creation
from pipelines.contract.commands import COMMANDS
from pipelines.contract.reporting import Report
from pipelines.creations import CreationReceipt
from pipelines.decisions import Receipt

from ... import catalogue

Shape = dict[str, Any]
REFERENCE: Final = "#/components/schemas/{name}"
OUTSIDE: Final = ("id", "case_id", "command")
"""What a command's path and header say, so that its body does not."""
NUMBERS: Final = ("double", "float", "decimal", "halffloat")
ANY_OBJECT: Final[Shape] = {"type": "object"}


def schemas() -> Shape:
    """Return every shape by its name."""
    moves = creation.COMMANDS.values()
    every = [*COMMANDS.values(), *moves, Report, Receipt, CreationReceipt]
    _, made = msgspec.json.schema_components(every, ref_template=REFERENCE)
    for name, kind in COMMANDS.items():
        body = deepcopy(made[kind.__name__])
        for outside in OUTSIDE:
            body["properties"].pop(outside, None)
        body["required"] = [field for field in body.get("required", ()) if field not in OUTSIDE]
        made[f"{name}_body"] = body
    made["Command"] = _one_of([kind.__name__ for kind in COMMANDS.values()])
    made["CreationCommand"] = _one_of([kind.__name__ for kind in moves])
    made["Problem"] = problem()
    return made


def _one_of(names: list[str]) -> Shape:
    return {
        "oneOf": [{"$ref": REFERENCE.format(name=name)} for name in names],
        "discriminator": {"propertyName": "command"},
    }


def problem() -> Shape:
    """Return what every door answers instead of what was asked; the codes are all that there are."""
    text: Shape = {"type": "string"}
    codes = sorted({key.partition(".")[2] for key in catalogue.messages() if key.startswith(("why.", "refused."))})
    return {
        "type": "object",
        "required": ["refused", "values", "message", "detail"],
        "properties": {
            "refused": text | {"enum": codes},
            "values": {"type": "object"},
            "message": text,
            "detail": text,
        },
        "example": {"refused": "no_such_case", "values": {}, "message": "…", "detail": "no_such_case"},
    }


def view_answer(columns: list[dict[str, str]]) -> Shape:
    """Return the shape of a view's rows."""
    properties = {column["name"]: column_shape(column["type"]) for column in columns}
    row = {"type": "object", "required": sorted(properties), "properties": properties, "additionalProperties": False}
    head: Shape = {
        "view": {"type": "string"},
        "area": {"type": "string"},
        "as_of": {"type": "string", "format": "date-time"},
        "position": {"type": "integer"},
        "total": {"type": "integer"},
        "rows": {"type": "array", "items": row},
    }
    return {"type": "object", "required": sorted(head), "properties": head}


def column_shape(kind: str) -> Shape:
    """Return what a column's values are in JSON; any may be null."""
    if kind.startswith(("list", "large_list", "struct", "map")):
        return {"description": kind}
    if kind == "bool":
        return {"type": ["boolean", "null"]}
    if kind.startswith(("int", "uint")):
        return {"type": ["integer", "null"]}
    if kind.startswith("decimal"):
        return {"type": ["number", "string", "null"]}
    if kind.startswith(NUMBERS):
        return {"type": ["number", "null"]}
    if kind.startswith("timestamp"):
        return {"type": ["string", "null"], "format": "date-time"}
    return {"type": ["string", "null"]}
