"""The effect theme: what came of what was closed, for the area itself and for each who had a hand in it."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.components.context import ScreenContext
from dashboard.components.frame import screen
from dashboard.components.navigation import navigation
from dashboard.components.theme_effect import KINDS, beside, draws, score, standing
from dashboard.components.theme_frame import switch, theme_head


def layout(context: ScreenContext) -> Component:
    """Lay the screen out: the score with its parts, what stands beside it and the draws; then who stands where."""
    head = theme_head(context, "effect-head", "effect", switch(context, "effect.kinds", "kinds", KINDS))
    left = html.Div([score(context), beside(context), draws(context)], className="theme-left")
    columns = html.Div([left, standing(context)], className="theme-columns")
    return screen(context, "effect", navigation(context, "effect"), head, columns)
