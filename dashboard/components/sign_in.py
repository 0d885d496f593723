"""The page where a person says who they are, and lets a wall in."""

from __future__ import annotations

from typing import Literal

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.components.context import ScreenContext
from dashboard.components.frame import aria, brand
from dashboard.components.plain import plain


def layout(context: ScreenContext) -> Component:
    """Lay the page out: the city on one side, the form on the other."""
    return plain(context, "sign-in", _city(context), _form(context))


def _city(context: ScreenContext) -> html.Section:
    return html.Section(
        [
            brand(context),
            html.P(className="city-levels"),
            html.Div(className="city-outline", **aria(hidden="true")),
            html.Dl(className="city-counts"),
        ],
        className="entrance-city",
        **aria(label=context.city_name),
    )


def _form(context: ScreenContext) -> html.Section:
    fields = [
        _field("user", context.say("sign-in.user"), "text", "username"),
        _field("password", context.say("sign-in.password"), "password", "current-password"),
        html.P(className="form-error", role="alert", hidden=True),
        html.Div(
            [
                html.Button(context.say("sign-in.enter"), type="submit", className="enter button-main"),
                html.Button(context.say("sign-in.only"), type="button", className="only button-plain", hidden=True),
                html.Button(context.say("pairing.refuse"), type="button", className="refuse button-plain", hidden=True),
            ],
            className="form-buttons",
        ),
    ]
    return html.Section(
        [
            html.H2(context.say("sign-in.title"), id="sign-in-title"),
            html.P(className="form-purpose"),
            html.Div(className="wall-cards"),
            html.Form(fields, className="sign-in-form", **aria(labelledby="sign-in-title")),
            html.P(className="sign-in-me", hidden=True),
            html.A(className="oidc button-plain", hidden=True),
            html.Section(className="demo-accounts", hidden=True, **aria(label=context.say("demo.title"))),
            html.Footer([html.Span(context.say("sign-in.kept")), _other(context)], className="entrance-foot"),
        ],
        className="entrance-form",
    )


def _field(name: str, words: str, kind: Literal["text", "password"], fills: str) -> html.Label:
    return html.Label(
        [
            html.Span(words),
            dcc.Input(name=name, type=kind, autoComplete=fills, required=True, maxLength=200),
        ],
        className="field",
    )


def _other(context: ScreenContext) -> html.A:
    other = "en" if context.language == "zh" else "zh"
    return html.A(context.say("desk.language"), href=f"?lang={other}", className="other-language")
