"""YAML as it was written: every value remembers its file and line, every text its folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from ..errors import ConfigError

Where = tuple[str | int, ...]
REPLACED = {("demo",)}
"""Mappings that an override replaces whole, because their forms exclude each other."""


class Written(str):
    """A text that knows the folder of the file it was written in."""

    folder: Path
    __slots__ = ("folder",)


@dataclass(frozen=True)
class Mark:
    """A place in a file."""

    file: Path
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass
class Document:
    """The values of one or more YAML files, and the mark of each."""

    values: dict[str, Any] = field(default_factory=dict)
    marks: dict[Where, Mark] = field(default_factory=dict)

    def mark(self, where: Where) -> Mark | None:
        """Return where a value stands, or the nearest thing around it."""
        while where not in self.marks and where:
            where = where[:-1]
        return self.marks.get(where)

    def under(self, other: Document) -> Document:
        """Lay another document over this one: mappings merge, everything else is replaced."""
        merged = Document(dict(self.values), dict(self.marks))
        _merge(merged, other, (), merged.values, other.values)
        return merged


def read(path: Path) -> Document:
    """Read one YAML file; raise `ConfigError` naming the file, line and column of what cannot be read."""
    loader = yaml.SafeLoader(_text(path))
    try:
        root = loader.get_single_node()
        document = Document(marks={(): Mark(path, 1)})
        if root is not None:
            document.values = _Walk(path, loader, document.marks).mapping(root, ())
        return document
    except yaml.MarkedYAMLError as error:
        raise ConfigError(_broken(path, error)) from error
    finally:
        loader.dispose()


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(f"there is no configuration at {path}; name one with --config FILE") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read as UTF-8 text: {error}") from error


def _broken(path: Path, error: yaml.MarkedYAMLError) -> str:
    mark = error.problem_mark or error.context_mark
    where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "unknown place"
    context = f" {error.context}" if error.context else ""
    return f"{path}: broken YAML at {where}: {error.problem}{context}"


@dataclass
class _Walk:
    path: Path
    loader: yaml.SafeLoader
    marks: dict[Where, Mark]
    inside: list[yaml.Node] = field(default_factory=list)

    def value(self, node: yaml.Node, where: Where) -> Any:  # noqa: ANN401
        self.marks.setdefault(where, Mark(self.path, node.start_mark.line + 1))
        if node in self.inside:
            raise ConfigError(f"{self.marks[where]}: {dotted(where)} contains itself")
        self.inside.append(node)
        try:
            return self._plain(node, where)
        finally:
            self.inside.pop()

    def _plain(self, node: yaml.Node, where: Where) -> Any:  # noqa: ANN401
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, where)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*where, index)) for index, item in enumerate(node.value)]
        try:
            plain = self.loader.construct_object(node, deep=True)
        except ValueError as error:  # a date such as 2026-02-30
            raise ConfigError(f"{self.marks[where]}: {dotted(where)} is {node.value!r}: {error}") from error
        if not isinstance(plain, str):
            return plain
        text = Written(plain)
        text.folder = self.path.parent
        return text

    def mapping(self, node: yaml.Node, where: Where) -> dict[str, Any]:
        if not isinstance(node, yaml.MappingNode):
            got = "a list" if isinstance(node, yaml.SequenceNode) else f"{node.value[:60]!r}"
            raise ConfigError(f"{Mark(self.path, node.start_mark.line + 1)}: expected keys with values, got {got}")
        self.loader.flatten_mapping(node)
        values: dict[str, Any] = {}
        for key, item in node.value:
            name, mark = str(key.value), Mark(self.path, key.start_mark.line + 1)
            if name in values:
                raise ConfigError(f"{mark}: {dotted((*where, name))} is written twice; keep one of them")
            self.marks[(*where, name)] = mark
            values[name] = self.value(item, (*where, name))
        return values


def dotted(where: Where) -> str:
    """Write a place in the values as a path: ``sources.cases.columns[2]``."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in where)
    return text.lstrip(".") or "the file"


def _merge(into: Document, other: Document, where: Where, old: dict[str, Any], new: dict[str, Any]) -> None:
    for name, value in new.items():
        here = (*where, name)
        before = old.get(name)
        if isinstance(before, dict) and isinstance(value, dict) and here not in REPLACED and _same_kind(before, value):
            old[name] = dict(before)
            into.marks[here] = other.marks[here]
            _merge(into, other, here, old[name], value)
        else:
            old[name] = value
            _copy_marks(into, other, here)


def _same_kind(before: dict[str, Any], after: dict[str, Any]) -> bool:
    return "kind" not in after or "kind" not in before or before["kind"] == after["kind"]


def _copy_marks(into: Document, other: Document, where: Where) -> None:
    for place in [place for place in into.marks if place[: len(where)] == where]:
        del into.marks[place]
    into.marks.update({place: mark for place, mark in other.marks.items() if place[: len(where)] == where})
