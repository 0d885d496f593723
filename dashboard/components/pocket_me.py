"""What one may set on the phone, and how the phone itself stands: reports to send, position, installation."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.components.context import ScreenContext
from dashboard.components.frame import aria, panel


def me_page(context: ScreenContext) -> html.Section:
    """List them, one a row."""
    language = html.A(context.say("desk.language"), href=_other(context), className="button-plain", **panel("language"))
    light = html.Button(context.say("desk.theme"), type="button", className="button-plain", **panel("theme"))
    rows = [
        _row(context, "area", _button(context, "pocket.change-area", "me-area-change")),
        _row(context, "sent", _button(context, "me.send-now", "me-send", hidden=True)),
        _row(context, "position", _button(context, "me.position-use", "me-position-use")),
        _row(context, "offline"),
        _row(context, "install", _button(context, "me.install-now", "me-install-now"), hidden=True),
        _manner(context, "language", language),
        _manner(context, "light", light),
    ]
    return html.Section(
        [html.H2(context.say("pocket.me")), html.Dl(rows, className="me-rows"), html.P(className="me-build")],
        className="page page-me",
        **panel("me"),
        **aria(label=context.say("pocket.me")),
    )


def _row(context: ScreenContext, name: str, *actions: Component, hidden: bool = False) -> html.Div:
    value = html.Dd([html.Span(className="me-state", role="status"), *actions])
    return html.Div([html.Dt(context.say(f"me.{name}")), value], className=f"me-row me-{name}", hidden=hidden)


def _manner(context: ScreenContext, name: str, action: Component) -> html.Div:
    return html.Div([html.Dt(context.say(f"me.{name}")), html.Dd(action)], className="me-row")


def _button(context: ScreenContext, words: str, name: str, *, hidden: bool = False) -> html.Button:
    return html.Button(context.say(words), type="button", className=f"{name} button-plain", hidden=hidden)


def _other(context: ScreenContext) -> str:
    return f"?lang={'en' if context.language == 'zh' else 'zh'}"
