"""The page of the three administrators: each sees the sections of their own office."""

from __future__ import annotations

from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.components.context import ScreenContext
from dashboard.components.frame import aria, brand, data
from dashboard.components.plain import plain

SECTIONS: Final = ("waiting", "devices", "rooms", "accounts", "sessions", "keys", "audit", "pairings")


def layout(context: ScreenContext) -> Component:
    """Lay every section out, unseen; the script shows those this person may see, and fills them."""
    return plain(
        context,
        "admin",
        html.Header(
            [
                brand(context),
                html.Span(context.say("admin.title"), className="admin-title"),
                html.Nav(className="admin-nav", **aria(label=context.say("admin.sections"))),
                html.Span(className="admin-who"),
                html.Button(context.say("me.sign-out"), type="button", className="sign-out button-plain"),
            ],
            className="admin-head",
        ),
        html.P(className="form-error admin-error", role="alert", hidden=True),
        html.Div([_section(context, name) for name in SECTIONS], className="admin-sections"),
    )


def _section(context: ScreenContext, name: str) -> html.Section:
    title = context.say(f"admin.{name}")
    return html.Section(
        [
            html.Header([html.H2([title, html.Span(className="value section-count")]),
                         html.Div(className="section-tools")]),
            html.Div(className="section-rows", role="region", tabIndex="0", **aria(label=title)),
        ],
        id=f"section-{name}",
        hidden=True,
        className="admin-section",
        **data(section=name),
    )  # fmt: skip
