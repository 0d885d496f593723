"""The pocket: my area, my cases."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.components.area_map import area_map, legend, map_head
from dashboard.components.cases import one_case, tasks
from dashboard.components.context import ScreenContext
from dashboard.components.frame import aria, badges, data, freshness, panel, screen, wall_clock
from dashboard.components.manner import manners


def layout(context: ScreenContext) -> Component:
    """Lay the phone out: cases, map, and one case on top of both."""
    map_page = html.Div(
        [area_map(context, mode="choose"), map_head(context), legend(context)], className="page page-map"
    )
    return screen(
        context,
        "pocket",
        _bar(context),
        html.Div([tasks(context), map_page], className="pages"),
        _tabs(context),
        one_case(context, area_map(context, mode="place")),
    )


def _bar(context: ScreenContext) -> html.Header:
    path = html.Nav(className="path", **aria(label=context.say("desk.path")), **panel("path"))
    return html.Header(
        [
            html.Div([*wall_clock(), freshness(context)], className="status"),
            html.Div(
                [html.H1(context.say("pocket.title")), *badges(context), *manners(context)], className="pocket-title"
            ),
            path,
        ],
        className="pocket-head",
    )


def _tabs(context: ScreenContext) -> html.Nav:
    tabs = [
        html.Button(context.say(f"pocket.{name}"), type="button", className="tab", **data(tab=name))
        for name in ("cases", "map")
    ]
    return html.Nav(tabs, className="tabs", **aria(label=context.say("pocket.tabs")), **panel("tabs"))
