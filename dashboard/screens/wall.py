"""The wall: the city at a glance, read only."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.components.area_map import area_map, legend
from dashboard.components.context import ScreenContext
from dashboard.components.frame import badges, brand, freshness, screen, wall_clock
from dashboard.components.numbers import COUNTS, RATES, funnel, league, metrics, ticker


def layout(context: ScreenContext) -> Component:
    """Lay the wall out; its shape (16:9, 32:9) is the stylesheet's work."""
    return screen(context, "wall", html.Div([_header(context), *_panels(context)], className="wall-frame"))


def _header(context: ScreenContext) -> html.Header:
    scene = html.Span(context.say("scene.overview"), className="scene")
    return html.Header(
        [brand(context), scene, *badges(context), freshness(context), *wall_clock()], className="wall-head"
    )


def _panels(context: ScreenContext) -> list[Component]:
    return [
        html.Div(metrics(context, COUNTS, "headline"), className="wall-left"),
        html.Div(metrics(context, RATES, "stat"), className="wall-stats"),
        html.Div(area_map(context), className="wall-map"),
        html.Div([funnel(context), league(context), ticker(context)], className="wall-right"),
        html.Div(legend(context), className="wall-legend"),
    ]
