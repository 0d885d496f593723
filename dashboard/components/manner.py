"""What a viewer may set: language and light."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.components.context import ScreenContext
from dashboard.components.frame import panel


def manners(context: ScreenContext) -> list[Component]:
    """Offer the other language and the other light."""
    other = "en" if context.language == "zh" else "zh"
    return [
        html.A(context.say("desk.language"), href=f"?lang={other}", className="manner", **panel("language")),
        html.Button(context.say("desk.theme"), type="button", className="manner", **panel("theme")),
    ]
