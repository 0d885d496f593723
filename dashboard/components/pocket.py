"""The frame of the phone: its head, its pages, its tabs, and the marks on its buttons."""

from __future__ import annotations

from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.components.area_map import area_map, legend, map_head
from dashboard.components.context import ScreenContext
from dashboard.components.frame import aria, badges, data, freshness, panel, wall_clock
from dashboard.components.room import follow_switch, presence, wall_now
from dashboard.components.warnings import warnings

TABS: Final = {"tasks": "tasks", "map": "map", "report": "camera", "me": "person"}


def icon(name: str) -> html.I:
    """Draw one of the stylesheet's marks; the words beside it say the same."""
    return html.I(className="icon", **data(icon=name), **aria(hidden="true"))


def head(context: ScreenContext) -> html.Header:
    """Show the time, how fresh all is, whose tasks these are, and a way to choose another area."""
    status = html.Div([*wall_clock(), *badges(context), freshness(context)], className="status")
    area = html.Button(
        [html.Span(context.say("pocket.change-area")), icon("down")],
        type="button",
        className="area-button",
        **panel("area-button"),
    )
    words = html.Div(
        [html.H1(context.say("pocket.title")), html.P(className="area-here", **panel("area-here"))],
        className="head-words",
    )
    title = html.Div([words, area], className="pocket-title")
    room = html.Div([presence(context), follow_switch(context), wall_now()], className="pocket-room")
    return html.Header([status, title, room, warnings(context)], className="pocket-head")


def map_page(context: ScreenContext) -> html.Section:
    """Show the area's cases on the map; while a place is being picked, the cross in its middle is the place."""
    pick = html.Div(
        [
            html.Span(className="pick-cross", **aria(hidden="true")),
            html.Div(
                [
                    html.P(className="pick-where"),
                    html.Button(context.say("report.cancel"), type="button", className="pick-cancel button-plain"),
                    html.Button(context.say("report.here"), type="button", className="pick-here button-main"),
                ],
                className="pick-bar",
            ),
        ],
        className="pick",
        hidden=True,
        **panel("pick"),
    )
    shown = [area_map(context, mode="choose"), map_head(context), legend(context), pick]
    return html.Section(shown, className="page page-map", **aria(label=context.say("pocket.map")))


def tabs(context: ScreenContext) -> html.Nav:
    """Lead to the pages, under the thumb."""
    return html.Nav(
        [_tab(context, name, mark) for name, mark in TABS.items()],
        className="tabs",
        **aria(label=context.say("pocket.tabs")),
        **panel("tabs"),
    )


def _tab(context: ScreenContext, name: str, mark: str) -> html.Button:
    inside: list[Component] = [icon(mark), html.Span(context.say(f"pocket.{name}"))]
    if name == "me":
        inside.append(html.Span(className="tab-count value", hidden=True))
    return html.Button(inside, type="button", className="tab", **data(tab=name))
