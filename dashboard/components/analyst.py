"""The analyst's metric finder, passport, main value with its trend, and small multiples."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.components.context import ScreenContext
from dashboard.components.frame import aria, data


def sign(name: str) -> html.Span:
    """Leave room for an icon."""
    return html.Span(className="tool-icon", **data(icon=name))


def note() -> html.P:
    """Leave room for what a part says instead of an answer."""
    return html.P(className="plate-note", hidden=True, role="status")


def finder(context: ScreenContext) -> html.Section:
    """Offer every metric by group, with its present value; found by name, pinyin or English."""
    box = html.Label([sign("search"), html.Kbd(context.say("key.find"))], className="finder-box")
    head = html.Header(
        [html.H2(context.say("analyst.metrics"), className="finder-title"), html.Span(className="finder-where")],
        className="finder-head",
    )
    return html.Section(
        [box, head, html.Div(className="finder-list", role="group", **aria(label=context.say("analyst.metrics")))],
        className="finder",
    )


def passport(context: ScreenContext) -> html.Section:
    """Show how the value came about: formula, parts that lead to their rows, facts, SQL."""
    return html.Section(
        [
            html.Header(
                [
                    html.H2(context.say("analyst.passport"), className="paper-title"),
                    html.Span(className="paper-version"),
                ],
                className="paper-head",
            ),
            html.Div(className="paper-formula"),
            html.Div(className="paper-parts"),
            html.Dl(className="paper-facts"),
            html.Div(
                [
                    html.Button(
                        [sign("table"), context.say("analyst.sql")],
                        type="button",
                        className="button-line",
                        **data(do="sql"),
                    ),
                    html.Button(
                        [sign("link"), context.say("analyst.copy")],
                        type="button",
                        className="button-line",
                        **data(do="copy"),
                    ),
                ],
                className="paper-acts",
            ),
            note(),
        ],
        className="paper",
        **aria(label=context.say("analyst.passport")),
    )


def headline(context: ScreenContext) -> html.Section:
    """Show the value with its interval, what it is compared with, and its trend."""
    value = html.Div(
        [
            html.P(className="lead-where"),
            html.P([html.Span(className="lead-value"), html.Span(className="lead-unit")], className="lead-number"),
            html.P(className="lead-interval"),
            html.Dl(className="lead-compare"),
        ],
        className="lead",
    )
    moves: list[Component] = [
        html.Button(
            context.say(key),
            type="button",
            className="key-cap",
            title=context.say(words),
            **data(do=act),
            **aria(label=context.say(words)),
        )
        for key, act, words in (("key.left", "earlier", "analyst.earlier"), ("key.right", "later", "analyst.later"))
    ]
    head = html.Header(
        [html.H2(className="trend-title"), html.Span(context.say("analyst.drag"), className="trend-hint"), *moves],
        className="trend-head",
    )
    return html.Section(
        [value, html.Div([head, html.Div(className="trend-picture", **data(trend="true"))], className="trend"), note()],
        className="plate plate-lead",
    )


def multiples(context: ScreenContext) -> html.Section:
    """Show the metric for each value of a dimension, all on one axis."""
    head = html.Header(
        [html.H2(className="head-choice", **data(choice="split")), html.Span(className="head-words")],
        className="plate-head",
    )
    return html.Section(
        [head, html.Div(className="facets"), note()],
        className="plate plate-tiles",
        **aria(label=context.say("analyst.tiles")),
    )
