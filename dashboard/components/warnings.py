"""The strip of warnings in force; without one it is not there."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.components.context import ScreenContext
from dashboard.components.frame import aria, panel


def warnings(context: ScreenContext) -> Component:
    """Keep a place for the warnings that hold in the area shown."""
    return html.Div(
        className="warnings", hidden=True, role="region", **aria(label=context.say("warning.title")),
        **panel("warnings", "warnings"),
    )  # fmt: skip
