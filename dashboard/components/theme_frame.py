"""What the theme screens share: the bar under the navigation, switches, lists, the cases in hand of one place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.components.context import ScreenContext
from dashboard.components.frame import aria, data, data_time, panel


def theme_head(context: ScreenContext, kind: str, view: str, *switches: Component) -> html.Header:
    """Name the theme, how much there is of it, the way down to an area; offer its switches."""
    path = html.Nav(className="path", **aria(label=context.say("desk.path")), **panel("path"))
    title: list[Component] = [html.H2(className="theme-title"), html.Span(className="theme-inside"), path]
    return html.Header(
        [*title, html.Span(className="theme-space"), *switches], className="theme-head", **panel(kind, view)
    )


def none_here() -> html.Section:
    """Say that an area has nothing of the theme, and offer the ways out."""
    ways = [html.Button(type="button", className="button-quiet", **data(way=way)) for way in ("up", "root")]
    return html.Section([html.P(), *ways], className="theme-none", hidden=True, role="status")


def switch(context: ScreenContext, label: str, name: str, choices: Sequence[tuple[str, str]] = ()) -> html.Div:
    """Offer choices of which one holds: (value, key of its words) each."""
    buttons = [
        html.Button(context.say(key), type="button", className="choice", **data(choice=value)) for value, key in choices
    ]
    return html.Div(buttons, className=f"switch {name}", role="group", **aria(label=context.say(label)))


def theme_card(title: str, kind: str, view: str, *children: Component, note: str = "", **more: Any) -> html.Section:  # noqa: ANN401
    """Frame a panel: its title, a note, its data time, then what it shows."""
    parts: list[Component] = [html.H2(title), html.Span(note, className="card-note"), data_time()]
    return html.Section(
        [html.Header(parts, className="panel-head"), *children],
        className=f"theme-card theme-{kind}",
        **panel(kind, view),
        **more,
    )


def cases_in_hand(context: ScreenContext) -> html.Section:
    """List the open cases of the chosen place."""
    count = html.Span(className="hand-count card-note")
    return html.Section(
        [
            html.Header([html.H3(context.say("themes.in-hand")), count], className="sub-head"),
            html.Ol(className="hand-rows"),
            html.P(className="hand-empty", hidden=True),
        ],
        className="in-hand",
    )


def sub_head(title: str, *notes: str) -> html.Header:
    """Head a part of a card; ``notes`` are the classes of what is told beside it."""
    return html.Header(
        [html.H3(title), *(html.Span(className=f"card-note {note}") for note in notes)], className="sub-head"
    )
