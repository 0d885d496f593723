"""The analyst: question after question."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.components.analyst import finder, headline, multiples, passport
from dashboard.components.analyst_board import board, detail
from dashboard.components.analyst_tools import tools
from dashboard.components.context import ScreenContext
from dashboard.components.frame import panel, screen
from dashboard.components.navigation import navigation


def layout(context: ScreenContext) -> Component:
    """Lay the screen out: what can be asked on the left, what is asked on top, the answers below."""
    side = html.Aside([finder(context), passport(context)], className="analyst-side")
    answers = html.Div(
        [html.Div([headline(context), multiples(context)], className="analyst-top"), board(context), detail(context)],
        className="analyst-answers",
    )
    main = html.Div([tools(context), answers], className="analyst-main")
    return screen(
        context,
        "analyst",
        navigation(context, "analyst"),
        html.Div([side, main], className="analyst", **panel("analyst")),
    )
