"""JSON documents and JSON lines: records at a path, columns side by side, or rows beside their column names."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

import msgspec

from ..config.mapping import TabularMapping
from ..errors import MappingError, SourceError
from . import headers
from .archive import Member
from .decode import SAMPLE, Utf8, buffered, encoding_of
from .raw import ROWS, Raw, Spoiled, from_rows

Row = Mapping[str, Any]


def read(member: Member, mapping: TabularMapping) -> Iterator[Raw]:
    """Yield the records of a document as text; nested values are reached by dotted names."""
    found, replaced = document(member, mapping.encoding, mapping.fallback_encoding)
    rows = records(found, mapping.records, member.label)
    for raw in _laid_out(member.label, list(enumerate((flat(row) for row in rows), 1)), (), mapping):
        yield replace(raw, mended=replaced)
        replaced = ()


def read_lines(member: Member, mapping: TabularMapping) -> Iterator[Raw]:
    """Yield the records of a file with one JSON object a line."""
    with member.open() as stream:
        encoding = encoding_of(stream.read(SAMPLE), mapping.encoding, mapping.fallback_encoding)
    with Utf8(member.open(), encoding) as stream:
        numbered = enumerate(buffered(stream), 1)
        while block := list(islice(numbered, ROWS)):
            good, bad = _parsed(block)
            for raw in _laid_out(member.label, good, bad, mapping):
                yield replace(raw, mended=tuple(stream.replaced))
                stream.replaced.clear()


def document(member: Member, encoding: str, fallback: str) -> tuple[Any, tuple[int, ...]]:
    """Return a parsed JSON document, and the lines in which bytes were replaced."""
    with member.open() as stream:
        sample = stream.read(SAMPLE)
    if not sample.strip():
        raise SourceError(f"{member.label}: the file is empty")
    with Utf8(member.open(), encoding_of(sample, encoding, fallback)) as stream:
        return parse(buffered(stream).read(), member.label), tuple(stream.replaced)


def parse(data: bytes, label: str) -> Any:  # noqa: ANN401
    """Parse JSON; `NaN` and `Infinity`, which pandas writes, are taken too."""
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError):
        pass
    try:
        return json.loads(data.decode("utf-8", "replace"), parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        raise SourceError(
            f"{label}: not readable as JSON: {error}; for one object a line set `format: jsonl`"
        ) from error


def records(found: Any, path: str, label: str) -> list[Any]:  # noqa: ANN401
    """Return the rows at a path; without one, those of the forms pandas, GeoJSON and databases write."""
    if path:
        for step in path.split("."):
            found = _step(found, step, path, label)
    return _rows(found, label)


def _step(found: Any, step: str, path: str, label: str) -> Any:  # noqa: ANN401
    if step == "*":
        parts = list(found.values()) if isinstance(found, dict) else found
        return [row for part in parts for row in (part if isinstance(part, list) else [part])]
    if isinstance(found, list) and not step.isdigit():
        inner = [part[step] for part in found if isinstance(part, dict) and step in part]
        return [row for part in inner for row in (part if isinstance(part, list) else [part])]
    try:
        return found[int(step)] if isinstance(found, list) else found[step]
    except (KeyError, IndexError, TypeError):
        keys = ", ".join(map(repr, list(found)[:20])) if isinstance(found, dict) else f"a {type(found).__name__}"
        raise MappingError(f"{label}: no {step!r} on the path records: {path!r}; there is {keys}") from None


def _rows(found: Any, label: str) -> list[Any]:  # noqa: ANN401
    if isinstance(found, list):
        return found
    if not isinstance(found, dict):
        raise MappingError(
            f"{label}: the records are a {type(found).__name__}, expected a list; set `records` to their path"
        )
    if isinstance(found.get("features"), list):
        return list(found["features"])
    if isinstance(found.get("data"), list) and isinstance(found.get("columns"), list):
        return [dict(zip(map(str, found["columns"]), row, strict=False)) for row in found["data"]]
    if isinstance(found.get("data"), list) and "schema" in found:
        return list(found["data"])
    if found and all(isinstance(column, list) for column in found.values()):
        return _side_by_side({name: dict(enumerate(column)) for name, column in found.items()})
    if found and all(isinstance(column, dict) for column in found.values()):
        return _side_by_side(found)
    lists = [key for key, value in found.items() if isinstance(value, list)]
    if len(lists) == 1:
        return list(found[lists[0]])
    raise MappingError(
        f"{label}: no list of records; set `records` to the path of one, from {', '.join(map(repr, found))}"
    )


def _side_by_side(columns: Mapping[str, Mapping[Any, Any]]) -> list[Row]:
    """Turn columns of values by row number into rows; a mapping of whole records is one already."""
    first = next(iter(columns.values()))
    if not all(str(key).isdigit() for key in first):
        return list(columns.values())
    numbers = list(dict.fromkeys(key for column in columns.values() for key in column))
    return [{name: column.get(number) for name, column in columns.items()} for number in numbers]


def flat(row: Any, prefix: str = "") -> dict[str, Any]:  # noqa: ANN401
    """Return a record with dotted names for what is nested; an object also stays whole under its own name."""
    if isinstance(row, list):
        return {str(place): value for place, value in enumerate(row, 1)}
    if not isinstance(row, dict):
        return {prefix or "1": row}
    found: dict[str, Any] = {}
    for key, value in row.items():
        name = f"{prefix}{key}"
        found[name] = value
        if isinstance(value, dict):
            found.update(flat(value, name + "."))
    return found


def _parsed(block: Sequence[tuple[int, bytes]]) -> tuple[list[tuple[int, Row]], list[Spoiled]]:
    good: list[tuple[int, Row]] = []
    bad: list[Spoiled] = []
    for line, text in block:
        if not text.strip():
            continue
        try:
            good.append((line, flat(msgspec.json.decode(text))))
        except (msgspec.DecodeError, UnicodeDecodeError):
            bad.append(Spoiled(line, "unreadable-json", text.decode("utf-8", "replace").rstrip()))
    return good, bad


def _laid_out(
    label: str, rows: Sequence[tuple[int, Row]], bad: Iterable[Spoiled], mapping: TabularMapping
) -> Iterator[Raw]:
    """Lay records out in columns: every key that any of them has, and the mapped ones."""
    names = list(dict.fromkeys(name for _, row in rows for name in row))
    absent = headers.check(label, names, mapping, sparse=True) if rows else list(headers.sought(mapping))
    names += absent
    body = ([row.get(name) for name in names] for _, row in rows)
    for place, raw in enumerate(from_rows(label, names, body, [line for line, _ in rows], tuple(bad))):
        yield replace(raw, absent=tuple(absent) if rows and not place else ())
