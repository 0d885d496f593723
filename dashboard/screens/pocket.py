"""The pocket: my area, my cases."""

from __future__ import annotations

from dash.development.base_component import Component

from dashboard.components.context import ScreenContext
from dashboard.components.frame import screen


def layout(context: ScreenContext) -> Component:
    """Lay the pocket out."""
    return screen(context, "pocket")
