"""What a wall shows until somebody lets it in: six digits and their square code."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.components.context import ScreenContext
from dashboard.components.frame import aria, brand
from dashboard.components.plain import plain


def layout(context: ScreenContext) -> Component:
    """Lay the wall out: digits on the left, the square on the right."""
    return plain(
        context,
        "pair",
        html.Header([brand(context), html.Time(className="pair-clock")], className="pair-head"),
        html.Section(
            [
                html.P(context.say("pair.waiting"), className="pair-what", role="status"),
                html.P(className="pair-code", **aria(live="polite")),
                html.P(
                    [
                        html.Span(context.say("pair.left")),
                        html.Span(className="pair-left value"),
                        html.Span(context.say("pair.renews"), className="pair-renews"),
                    ],
                    className="pair-time",
                ),
                html.Div(html.Div(className="pair-rest-left"), className="pair-rest", **aria(hidden="true")),
            ],
            className="pair-digits",
        ),
        html.Section(
            [html.Div(className="pair-square"), html.P(context.say("pair.how"), className="pair-how")],
            className="pair-scan",
        ),
        html.Footer(
            [html.Span(context.say("pair.read-only")), html.Span(className="pair-state")], className="pair-foot"
        ),
    )
