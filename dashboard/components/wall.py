"""Panels that only a wall has: the day, the selected area, one case in focus."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.components.context import ScreenContext
from dashboard.components.frame import aria, data, heading, panel


def slot(name: str, *children: Component) -> html.Div:
    """Give a panel its place; the stage says where that is, and stows what has none."""
    return html.Div(list(children), className="wall-slot", hidden=True, **data(slot=name))


def day(context: ScreenContext) -> html.Section:
    """Show what was reported and closed in every quarter of an hour of today, beside the same weekday before."""
    # which weekday it is compared with is known only where the city's clock is
    named = {"reported": context.say("day.reported"), "closed": context.say("day.closed"), "week": None}
    lines = [
        html.Span(
            [html.I(className=f"key key-{key}"), html.Span(words, className="key-name")],
            className="day-key",
            **data(key=key),
        )
        for key, words in named.items()
    ]
    return html.Section(
        [
            html.Header(
                [html.H2(context.say("day.title")), html.Div(lines, className="day-keys")], className="panel-head"
            ),
            html.Div(className="day-chart", **data(rows="true")),
        ],
        className="panel day",
        **panel("day", "day_curve"),
    )


def callout(context: ScreenContext) -> html.Section:
    """Name the selected area, else the township with most overdue cases, with its numbers."""
    return html.Section(
        [
            html.P(context.say("callout.worst"), className="callout-why", hidden=True),
            html.H2(className="callout-name"),
            html.P(
                [
                    html.Span(context.say("urgency.open")),
                    html.Span(className="value callout-open"),
                    html.Span(className="chip-overdue callout-overdue", hidden=True),
                ],
                className="callout-numbers",
            ),
            html.P(className="callout-compare"),
        ],
        className="callout",
        hidden=True,
        **panel("callout", "headline"),
    )


def focus_case() -> html.Section:
    """Show the one case in focus: what, where, and its clock."""
    return html.Section(
        [
            html.P([html.Span(className="level-chip"), html.Span(className="focus-id")], className="focus-level"),
            html.H2(className="focus-title"),
            html.P(className="focus-path"),
            html.Div(
                [
                    html.Span(className="focus-clock value"),
                    html.Div(
                        [html.P(className="focus-side"), html.P(className="focus-limit")], className="focus-words"
                    ),
                ],
                className="focus-count",
            ),
            html.Div(html.Span(className="bar-fill"), className="focus-bar"),
        ],
        className="panel focus-case",
        **panel("focus-case"),
    )


def focus_steps(context: ScreenContext) -> html.Section:
    """Show what happened to the case, what is going on, and what is still to come."""
    return html.Section(
        html.Ol(className="focus-list", **aria(label=context.say("case.timeline"))),
        className="panel focus-steps",
        **panel("focus-steps"),
    )


def near_map(context: ScreenContext) -> html.Section:
    """Show the case's surroundings with rings of 300 and 500 metres."""
    return html.Section(
        [
            html.Div(className="near-canvas", role="img", **aria(label=context.say("near.map"))),
            html.P(className="near-people"),
        ],
        className="near-map",
        **panel("near-map"),
    )


def near(context: ScreenContext) -> html.Section:
    """List what stands near the case, nearest first."""
    return html.Section(
        [
            heading(context.say("near.title")),
            html.Ol(className="near-list", **data(rows="true")),
        ],
        className="panel near",
        **panel("near"),
    )
