"""A screen's layout as plain HTML: frame and labels are there with the page, before any script has run."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from html import escape
from typing import Any

from dash.development.base_component import Component

NAMES = {"className": "class", "htmlFor": "for", "tabIndex": "tabindex"}
EMPTY = {"input", "img", "br", "hr", "link"}
LEFT_OUT = {"children", "style"}


def skeleton(layout: Component) -> str:
    """Write a layout as HTML that nobody can reach or hear: the living screen takes its place."""
    # a renderer looks for `data-panel`, and must find the living screen only
    return f'<div id="skeleton" inert aria-hidden="true">{"".join(_html(layout, LEFT_OUT | {"data-panel"}))}</div>'


def living(layout: Component) -> str:
    """Write a layout as HTML that is the screen itself, for a page that opens where no server answers."""
    return "".join(_html(layout, LEFT_OUT))


def _html(part: Any, left_out: AbstractSet[str]) -> Iterator[str]:  # noqa: ANN401
    if part is None:
        return
    if isinstance(part, (list, tuple)):
        for one in part:
            yield from _html(one, left_out)
    elif isinstance(part, Component):
        yield from _element(part, left_out)
    else:
        yield escape(str(part))


def _element(component: Component, left_out: AbstractSet[str]) -> Iterator[str]:
    told: dict[str, Any] = component.to_plotly_json()  # type: ignore[no-untyped-call]
    tag, given = str(told["type"]).lower(), told["props"]
    yield f"<{tag}{''.join(_attributes(given, left_out))}>"
    if tag not in EMPTY:
        yield from _html(given.get("children"), left_out)
        yield f"</{tag}>"


def _attributes(given: dict[str, Any], left_out: AbstractSet[str]) -> Iterator[str]:
    for name, value in given.items():
        if name in left_out or value is None or value is False:
            continue
        name = NAMES.get(name, name)
        yield f" {name}" if value is True or value == "" else f' {name}="{escape(str(value))}"'
