"""The grids theme: which urban grids are looked after, how evenly the load lies."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.components.context import ScreenContext
from dashboard.components.frame import screen
from dashboard.components.navigation import navigation
from dashboard.components.theme_frame import none_here, switch, theme_head
from dashboard.components.theme_grids import MEASURES, PERIODS, cluster_maps, figures, grid, load, silent


def layout(context: ScreenContext) -> Component:
    """Lay the screen out: figures, maps, load and silence; one grid beside them."""
    head = theme_head(
        context,
        "grids-head",
        "grid_force",
        switch(context, "grids.measures", "measures", MEASURES),
        switch(context, "grids.periods", "periods", PERIODS),
    )
    lower = html.Div([load(context), silent(context)], className="theme-lower")
    main = html.Div([head, figures(context), cluster_maps(context), lower], className="theme-main")
    columns = html.Div([main, grid(context)], className="theme-columns")
    return screen(context, "grids", navigation(context, "grids"), columns, none_here())
