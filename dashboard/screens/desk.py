"""The desk: the queue, the map, one case with its timeline."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.components.area_map import area_map, legend, map_head
from dashboard.components.cases import filter_box, one_case, queue
from dashboard.components.context import ScreenContext
from dashboard.components.frame import aria, badges, brand, freshness, panel, screen, wall_clock
from dashboard.components.manner import manners
from dashboard.components.numbers import COUNTS, RATES, funnel, league, metrics, ticker


def layout(context: ScreenContext) -> Component:
    """Lay the desk out: queue, map, and the area's numbers until a case is chosen."""
    return screen(
        context, "desk", _bar(context), html.Div([queue(context), _map(context), _side(context)], className="columns")
    )


def _bar(context: ScreenContext) -> html.Header:
    path = html.Nav(className="path", **aria(label=context.say("desk.path")), **panel("path"))
    return html.Header(
        [
            brand(context),
            path,
            filter_box(context),
            *badges(context),
            freshness(context),
            *manners(context),
            *wall_clock(),
            html.Span(hidden=True, **panel("keys")),
        ],
        className="bar-top",
    )


def _map(context: ScreenContext) -> html.Div:
    return html.Div(
        [area_map(context, mode="choose"), map_head(context), legend(context)], className="card map-card-frame"
    )


def _side(context: ScreenContext) -> html.Aside:
    summary = html.Div(
        [metrics(context, (*COUNTS, *RATES), "grid"), funnel(context), league(context), ticker(context)],
        className="card summary",
        **aria(label=context.say("desk.summary")),
    )
    return html.Aside([summary, one_case(context)], className="side")
