"""The page a phone opens to come into a room as guest."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.components.context import ScreenContext
from dashboard.components.frame import brand
from dashboard.components.plain import plain


def layout(context: ScreenContext) -> Component:
    """Ask for a name, say what a guest sees."""
    form = html.Form(
        [
            html.Label(
                [
                    html.Span(context.say("join.name")),
                    dcc.Input(name="name", type="text", maxLength=20, required=True, autoComplete="name"),
                ],
                className="field",
            ),
            html.P(className="form-error", role="alert", hidden=True),
            html.Button(context.say("join.enter"), type="submit", className="enter button-main"),
        ],
        className="join-form",
    )  # fmt: skip
    return plain(
        context,
        "join",
        html.Section(
            [
                brand(context),
                html.H2(context.say("join.title")),
                html.P(className="join-room", role="status"),
                html.P(context.say("join.rights"), className="form-purpose"),
                form,
            ],
            className="entrance-form",
        ),
    )
