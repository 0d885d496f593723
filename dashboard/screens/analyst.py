"""The analyst: question after question."""

from __future__ import annotations

from dash.development.base_component import Component

from dashboard.components.context import ScreenContext
from dashboard.components.frame import screen
from dashboard.components.navigation import navigation


def layout(context: ScreenContext) -> Component:
    """Lay the screen out."""
    return screen(context, "analyst", navigation(context, "analyst"))
