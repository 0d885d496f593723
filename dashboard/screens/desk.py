"""The desk: the queue, the map, one case with its timeline."""

from __future__ import annotations

from dash.development.base_component import Component

from dashboard.components.context import ScreenContext
from dashboard.components.frame import screen


def layout(context: ScreenContext) -> Component:
    """Lay the desk out."""
    return screen(context, "desk")
