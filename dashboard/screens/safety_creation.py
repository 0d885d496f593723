"""The safety-creation theme: how far each village is."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.components.context import ScreenContext
from dashboard.components.frame import badges, brand, freshness, screen, wall_clock
from dashboard.components.manner import manners


def layout(context: ScreenContext) -> Component:
    """Lay the screen out."""
    bar = html.Header(
        [brand(context), *badges(context), freshness(context), *manners(context), *wall_clock()], className="bar-top"
    )
    return screen(context, "safety-creation", bar)
