"""Words for a configuration that does not fit: the place, the value, what is expected, the nearest valid key."""

from __future__ import annotations

import difflib
import types
from collections.abc import Iterable
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, Tag, ValidationError
from pydantic_core import ErrorDetails

from .written import Document, Where, dotted

MOST = 10


def explain(error: ValidationError, model: type[BaseModel], document: Document) -> str:
    """Say everything that is wrong, one line each, with file and line."""
    lines: dict[str, list[str]] = {}
    for detail in error.errors(include_url=False):
        where, kind = _follow(model, detail["loc"])
        lines.setdefault(_place(document, where), []).append(_complaint(detail, where, kind))
    said = [f"{place} {' or '.join(dict.fromkeys(words))}" for place, words in lines.items()]
    more = [f"… and {len(said) - MOST} more"] if len(said) > MOST else []
    return "\n".join(said[:MOST] + more)


def _place(document: Document, where: Where) -> str:
    mark = document.mark(where)
    return f"{mark}: {dotted(where)}" if where else f"{mark.file if mark else 'configuration'}:"


def _complaint(detail: ErrorDetails, where: Where, parent: Any) -> str:  # noqa: ANN401
    kind, value = detail["type"], detail["input"]
    if kind == "extra_forbidden":
        return f"is no key; {_did_you_mean(str(where[-1]), _keys(parent))}"
    if kind in ("missing", "union_tag_not_found"):
        return "is missing" if kind == "missing" else f"has no `kind`; expected one of {', '.join(_tags(parent))}"
    if kind == "union_tag_invalid":
        tag = str(detail.get("ctx", {}).get("tag"))
        return f"kind is {tag!r}; {_did_you_mean(tag, _tags(parent))}"
    if kind == "value_error":
        reason = detail["msg"].removeprefix("Value error, ")
        return reason if isinstance(value, dict | BaseModel) else f"is {_shown(where, value)}: {reason}"
    return f"is {_shown(where, value)}: {_expected(detail)}"


def _expected(detail: ErrorDetails) -> str:
    if detail["type"] == "string_type" and isinstance(detail["input"], int | float):
        return "expected text: put it in quotes"
    return detail["msg"].replace("Input should be", "expected").replace("None", "null")


def _shown(where: Where, value: Any) -> str:  # noqa: ANN401
    if where and str(where[-1]).endswith("_secret"):
        return "not shown here"
    text = repr(str(value) if isinstance(value, str) else value)
    return text if len(text) <= 80 else f"{text[:77]}…"


def _did_you_mean(name: str, names: Iterable[str]) -> str:
    valid = sorted(names)
    near = difflib.get_close_matches(name.lower(), valid, 1, cutoff=0.5)
    return f"did you mean {near[0]!r}?" if near else f"expected one of {', '.join(valid)}"


def _keys(model: Any) -> list[str]:  # noqa: ANN401
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return []
    return [field.alias or name for name, field in model.model_fields.items()]


def _follow(model: type[BaseModel], loc: tuple[str | int, ...]) -> tuple[Where, Any]:
    """Walk a pydantic location through the types; drop the union tags that are not in the file."""
    where: list[str | int] = []
    here: Any = model
    parent: Any = model
    for step in loc:
        here = _bare(here)
        if _is_union(here):
            here = _member(here, step)
            parent = here
            continue
        where.append(step)
        parent, here = here, _inside(here, step)
    here = _bare(here)
    return tuple(where), here if _is_union(here) else parent


def _inside(kind: Any, step: str | int) -> Any:  # noqa: ANN401
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        fields = {field.alias or name: field for name, field in kind.model_fields.items()}
        found = fields.get(str(step))
        return found.rebuild_annotation() if found else None
    arguments = get_args(kind)
    if get_origin(kind) is dict:
        return arguments[1]
    if get_origin(kind) is tuple and isinstance(step, int) and Ellipsis not in arguments:
        return arguments[step] if step < len(arguments) else None
    return arguments[0] if arguments else None


def _bare(kind: Any) -> Any:  # noqa: ANN401
    """Take off `Annotated` and `| None`."""
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if _is_union(kind):
        rest = [member for member in get_args(kind) if member is not type(None)]
        if len(rest) == 1:
            return _bare(rest[0])
        models = [member for member in rest if _tagged(member)]
        return Union[tuple(rest)] if len(models) != 1 or len(rest) > 1 else _bare(models[0])  # noqa: UP007
    return kind


def _is_union(kind: Any) -> bool:  # noqa: ANN401
    return get_origin(kind) in (Union, types.UnionType)


def _tagged(member: Any) -> list[str]:  # noqa: ANN401
    tags = [note.tag for note in getattr(member, "__metadata__", ()) if isinstance(note, Tag)]
    bare = _bare(member)
    kind = getattr(bare, "model_fields", {}).get("kind")
    if kind is not None and get_origin(kind.annotation) is Literal:
        tags += get_args(kind.annotation)
    return tags or [getattr(bare, "__name__", str(bare))]


def _member(union: Any, tag: str | int) -> Any:  # noqa: ANN401
    return next((_bare(member) for member in get_args(union) if tag in _tagged(member)), None)


def _tags(union: Any) -> list[str]:  # noqa: ANN401
    return [tag for member in get_args(union) for tag in _tagged(member)] if _is_union(union) else []
