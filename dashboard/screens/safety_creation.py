"""The safety-creation theme: how far each village is, which red lines were touched."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.components.context import ScreenContext
from dashboard.components.frame import screen
from dashboard.components.navigation import navigation
from dashboard.components.theme_frame import none_here, switch, theme_head
from dashboard.components.theme_safety import needs, progress, red_lines, village, village_map


def layout(context: ScreenContext) -> Component:
    """Lay the screen out: progress and needs, map and red lines, one village."""
    head = theme_head(context, "safety-head", "safety_villages", switch(context, "safety.years", "years"))
    columns = html.Div(
        [
            html.Div([progress(context), needs(context)], className="theme-left"),
            html.Div([village_map(context), red_lines(context)], className="theme-middle"),
            village(context),
        ],
        className="theme-columns",
    )
    return screen(context, "safety-creation", navigation(context, "safety-creation"), head, columns, none_here())
