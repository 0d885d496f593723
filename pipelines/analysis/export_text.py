"""What a file to take away says: its columns under titles in one language, and its passport line by line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa

from .answers import MEASURES
from .inquiry import Inquiry
from .members import Members, described

Cell = str | int | float | bool | None
TYPES = {"rankable": pa.bool_(), "n": pa.int64()}
TITLES = {
    "area": ("区域", "Area"), "numerator": ("分子", "Numerator"), "denominator": ("分母", "Denominator"),
    "value": ("值", "Value"), "n": ("n", "n"), "low": ("区间下限", "Low"), "high": ("区间上限", "High"),
    "rankable": ("可排名", "Rankable"), "contribution": ("贡献", "Contribution"), "previous": ("上期", "Period before"),
    "year": ("去年同期", "A year before"), "target": ("目标", "Target"), "name": ("名称", "name"),
    "metric": ("指标", "Metric"), "version": ("版本", "Version"), "what": ("含义", "Meaning"),
    "formula": ("公式", "Formula"), "period": ("期间", "Period"), "placed": ("归期", "Placed"),
    "kept": ("筛选", "Kept to"), "as_of": ("数据截至", "As of"), "excluded": ("不计入", "Left out"),
    "owner": ("负责", "Owner"), "source": ("出处", "Source"), "unit": ("单位", "Unit"), "data": ("数据", "Data"),
    "simulated": ("模拟", "simulated"), "real": ("真实", "real"), "rows": ("行", "rows"), "all": ("全部", "all"),
    "truncated": ("只含前", "Only the largest"), "exercise": ("演练", "EXERCISE"),
    "drill": ("只含演练案件，不是实战数据", "drill cases only, no real data"),
}  # fmt: skip
"""Words of a file, Chinese and English; a file is read far from any screen."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file: what programs and what people call it."""

    name: str
    title: str
    type: pa.DataType
    cells: list[Cell]


Sheet = list[Column]


def word(name: str, language: str) -> str:
    """Return one word of a file."""
    return TITLES[name][language == "en"]


def sheet(inquiry: Inquiry, answer: dict[str, Any], members: Members, language: str) -> Sheet:
    """Return an answer's rows column by column; of a question that cuts nothing, its total."""
    rows = answer["rows"] if inquiry.by else [{"key": {}, **answer["total"], "contribution": None}]
    columns = [column for name in inquiry.by for column in _dimension(name, rows, members, language)]
    if not inquiry.by:
        columns.append(
            Column("area", word("area", language), pa.string(), [members.area(inquiry.area)[language == "en"]])
        )
    for name in (*MEASURES, "contribution"):
        columns.append(_measure(name, word(name, language), [row[name] for row in rows]))
    for compared in ("previous", "year"):
        if then := answer["compare"].get(compared):
            columns += _compared(compared, then, rows, inquiry, language)
    if "target" in inquiry.compare:
        columns.append(_measure("target", word("target", language), [inquiry.metric.target] * len(rows)))
    return columns


def told(
    inquiry: Inquiry, answer: dict[str, Any], passport: dict[str, Any], members: Members, language: str
) -> list[tuple[str, str]]:
    """Return the passport as names and values."""
    metric, total = inquiry.metric, answer["total"]
    english = language == "en"
    said = {
        "metric": metric.name_en if english else metric.name_zh,
        "version": f"{metric.name} {metric.version}",
        "what": metric.what_en if english else metric.what_zh,
        "formula": metric.formula if english else metric.formula_zh,
        "area": f"{members.area(inquiry.area)[english]} {inquiry.area}",
        "period": _span(inquiry.span, inquiry),
        "placed": passport["period_en" if english else "period_zh"],
        "kept": _kept(inquiry, members, language),
        "value": _value(total),
        "unit": metric.unit,
        "target": "–" if metric.target is None else f"{metric.target:g}",
        "excluded": _excluded(passport, language),
        "as_of": answer["as_of"].isoformat(timespec="seconds"),
        "data": word("simulated" if inquiry.simulated else "real", language),
        "owner": metric.owner,
        "source": metric.source,
    }
    if answer["truncated"]:
        said["truncated"] = f"{len(answer['rows'])} {word('rows', language)}"
    return [(word(name, language), value) for name, value in said.items()] + [("SQL", passport["sql"])]


def _dimension(name: str, rows: list[dict[str, Any]], members: Members, language: str) -> list[Column]:
    title = described()[name]["name_en" if language == "en" else "name_zh"]
    values = [row["key"][name] for row in rows]
    ids: list[Cell] = [None if value is None else str(value) for value in values]
    names: list[Cell] = [members.words(name, value)[language == "en"] for value in values]
    return [
        Column(name, f"{title} id", pa.string(), ids),
        Column(f"{name}_name", title, pa.string(), names),
    ]


def _measure(name: str, title: str, cells: list[Cell]) -> Column:
    return Column(name, title, TYPES.get(name, pa.float64()), cells)


def _compared(name: str, then: dict[str, Any], rows: list[dict[str, Any]], inquiry: Inquiry, language: str) -> Sheet:
    known = {tuple(row["key"].values()): row for row in then["rows"]} if inquiry.by else {(): then["total"]}
    title = f"{word(name, language)} {_span(then['span'], inquiry)}"
    found = [known.get(tuple(row["key"].values()), {}) for row in rows]
    return [
        _measure(f"{name}_value", title, [row.get("value") for row in found]),
        Column(f"{name}_n", f"{word(name, language)} n", pa.int64(), [row.get("n") for row in found]),
    ]


def _span(span: tuple[datetime, datetime] | None, inquiry: Inquiry) -> str:
    moments = span or (inquiry.now,)
    return " – ".join(moment.astimezone(inquiry.zone).isoformat(timespec="seconds") for moment in moments)


def _kept(inquiry: Inquiry, members: Members, language: str) -> str:
    kept = [
        f"{described()[each.dimension]['name_en' if language == 'en' else 'name_zh']} = "
        + " | ".join(members.words(each.dimension, value or None)[language == "en"] for value in each.values)
        for each in inquiry.where
    ]
    return "; ".join(kept) or word("all", language)


def _value(total: dict[str, Any]) -> str:
    if total["value"] is None:
        return "–"
    shown = f"{total['value']:g}"
    if total["denominator"]:
        shown += f" = {total['numerator']} ÷ {total['denominator']}" if total["numerator"] is not None else ""
    return shown if total["low"] is None else f"{shown} ({total['low']:.1f}–{total['high']:.1f})"


def _excluded(passport: dict[str, Any], language: str) -> str:
    return "; ".join(f"{part[f'name_{language}']} {part['rows']}" for part in passport["exclusions"])
