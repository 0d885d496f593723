"""The page of a screen that somebody may not open: whose it is, and the way on."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.components.context import ScreenContext
from dashboard.components.frame import brand
from dashboard.components.plain import plain
from pipelines.contract.roles import ROLES


def layout(screen: str, context: ScreenContext) -> Component:
    """Name the roles that may open a screen."""
    holders = " · ".join(context.say(f"me.role.{role.name}") for role in ROLES.values() if screen in role.screens)
    lang = f"lang={context.language}"
    ways = [
        html.A(context.say("denied.own"), href="/", className="button-main"),
        html.A(context.say("denied.other"), href=f"/sign-in?again=1&{lang}", className="button-plain"),
    ]
    return plain(
        context,
        "join",
        html.Section(
            [
                brand(context),
                html.H2(context.say("denied.title", screen=context.say(f"screen.{screen}"))),
                html.P(context.say("denied.roles"), className="form-purpose"),
                html.P(holders),
                html.Div(ways, className="form-buttons"),
            ],
            className="entrance-form",
        ),
    )
