"""The mapping as SQL: from columns of text to the fields of a case."""

from __future__ import annotations

from collections.abc import Sequence

from ..config.mapping import DateField, Mapping, PointField, TextField
from . import dates

TEXTS = ("id", "status", "category", "category_group", "unit", "channel", "priority", "area", "title", "address")
DATES = ("reported", "due", "closed")
DIGEST = "\x1fdigest"
PLACE = "\x1fplace"
"""The column that numbers the rows: the engine may hand them back in another order."""
_NUMBER = r"([-+]?[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?)"


def name(column: str) -> str:
    """Quote a column for SQL."""
    return '"' + column.replace('"', '""') + '"'


def word(text: str) -> str:
    """Quote a text for SQL."""
    return "'" + text.replace("'", "''") + "'"


class Projection:
    """Write the query that reads one mapping's fields from a relation of text columns."""

    def __init__(self, fields: dict[str, TextField | PointField], mapping: Mapping, decimal: str = ".") -> None:
        """Take the mapped fields and what the mapping says about values."""
        self.fields = fields
        self.mapping = mapping
        self.decimal = decimal

    def sql(self, relation: str, columns: Sequence[str], typed: frozenset[str], *, digest: bool) -> str:
        """Return the query; ``typed`` columns hold ISO dates already, ``digest`` asks for the hash of the whole row."""
        parts = [f"{self._text(key)} as {name(key)}" for key in TEXTS]
        for key in DATES:
            parts += self._date(key, typed)
        parts += self._point()
        whole = ", ".join(name(column) for column in columns)
        plain = [f"{self._clean(column)} as {name(column)}" for column in self.origins()]
        plain.append(f"{f'hash({whole})' if digest else 'null::ubigint'} as {name(DIGEST)}")
        cleaned = f"with cleaned as (select {', '.join([*plain, name(PLACE)])} from {relation})"
        return f"{cleaned} select {', '.join([*parts, name(DIGEST), name(PLACE)])} from cleaned"

    def origins(self) -> list[str]:
        """Return the columns the fields are read from."""
        return list(dict.fromkeys(column for field in self.fields.values() for column in field.origins))

    def _clean(self, column: str) -> str:
        """Take the words for “nothing” out."""
        text = name(column)
        nothing = ", ".join(word(null) for null in dict.fromkeys(("", *self.mapping.null_words)))
        return f"case when {text} in ({nothing}) then null else {text} end"

    def _text(self, key: str) -> str:
        field = self.fields.get(key)
        return self._value(field) if isinstance(field, TextField) else "null::varchar"

    def _value(self, field: TextField) -> str:
        if field.constant is not None:
            return word(field.constant)
        if field.columns:
            text = f"concat_ws({word(field.join)}, {', '.join(name(column) for column in field.columns)})"
            text = f"nullif({text}, '')"
        else:
            text = f"coalesce({', '.join(name(column) for column in field.origins)}, null)"
        if field.integer:
            text = f"regexp_replace({text}, '^([-+]?[0-9]+)\\.0*$', '\\1')"
        if field.pad:
            text = f"case when length({text}) < {field.pad} then lpad({text}, {field.pad}, '0') else {text} end"
        if field.words:
            branches = " ".join(f"when {word(old)} then {word(new)}" for old, new in field.words.items())
            text = f"case {text} {branches} else {text} end"
        return text

    def _date(self, key: str, typed: frozenset[str]) -> list[str]:
        field = self.fields.get(key)
        if not isinstance(field, DateField):
            return [f"null::varchar as {key}", f"null::bigint as {key}_local", f"null::bigint as {key}_utc"]
        formats = field.formats or self.mapping.dates.formats
        if typed & set(field.origins) and "iso" not in formats:
            formats = ("iso", *formats)
        stated = field.ignore_offset
        ignore = self.mapping.dates.ignore_offset if stated is None else stated
        text = self._value(field)
        local, utc = dates.expressions(text, formats, ignore_offset=ignore)
        return [f"{text} as {key}", f"{local} as {key}_local", f"{utc} as {key}_utc"]

    def _point(self) -> list[str]:
        field = self.fields.get("point")
        if not isinstance(field, PointField):
            return ["null::varchar as point", "null::double as x", "null::double as y"]
        if field.column is None:
            lon, lat = name(field.lon or ""), name(field.lat or "")
            text = f"nullif(concat_ws(' ', {lon}, {lat}), '')"
            return [f"{text} as point", f"{self._number(lon)} as x", f"{self._number(lat)} as y"]
        return _pair(name(field.column), field.order)

    def _number(self, text: str) -> str:
        return (
            f"try_cast({text} as double)" if self.decimal == "." else f"try_cast(replace({text}, ',', '.') as double)"
        )


def _pair(text: str, order: str) -> list[str]:
    """Read two numbers from one text: named ones, WKT or GeoJSON (longitude first), or a bare pair."""
    named = [
        _found(text, rf"[\"'](?:{keys})[\"']\s*:\s*[\"']?{_NUMBER}", 1)
        for keys in ("lon|lng|long|longitude|x", "lat|latitude|y")
    ]
    wkt = rf"(?i)(?:point\s*z?\s*\(|coordinates[\"']\s*:\s*\[)\s*{_NUMBER}\s*[, ]\s*{_NUMBER}"
    bare = rf"^[\s(\[]*{_NUMBER}\s*[,; \t]\s*{_NUMBER}[\s)\]]*$"
    groups = (2, 1) if order == "lat_lon" else (1, 2)
    parts = [
        f"coalesce({named[axis]}, {_found(text, wkt, axis + 1)}, {_found(text, bare, groups[axis])})" for axis in (0, 1)
    ]
    return [f"{text} as point", f"{parts[0]} as x", f"{parts[1]} as y"]


def _found(text: str, pattern: str, group: int) -> str:
    return f"try_cast(nullif(regexp_extract({text}, {word(pattern)}, {group}), '') as double)"
