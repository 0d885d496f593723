"""The tablet: thirty seconds of a leader."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.components.briefing import area_cases, decisions, overdue_map, ranking, ten_numbers
from dashboard.components.cases import one_case
from dashboard.components.context import ScreenContext
from dashboard.components.frame import aria, badges, brand, freshness, panel, screen
from dashboard.components.manner import manners
from dashboard.components.room import follow_switch, moment, presence, presenter, push, wall_now
from dashboard.components.warnings import warnings


def layout(context: ScreenContext) -> Component:
    """Lay the screen out: the briefing of an area; a case slides over it."""
    body = html.Div(
        [
            _bar(context),
            warnings(context),
            html.Div(
                [ten_numbers(context), ranking(context), area_cases(context), overdue_map(context), decisions(context)],
                className="tablet-body",
            ),
        ],
        className="tablet-page",
    )
    scrim = html.Button(
        type="button", className="scrim", hidden=True, **aria(label=context.say("action.close")), **panel("drill")
    )
    hand = html.Div(className="lead-room", hidden=True, **panel("leading"))
    return screen(context, "tablet", body, scrim, one_case(context, hand))


def _bar(context: ScreenContext) -> html.Header:
    path = html.Nav(className="path", **aria(label=context.say("desk.path")), **panel("path"))
    return html.Header(
        [
            html.Button(
                "←", type="button", className="tablet-up", hidden=True, **aria(label=context.say("tablet.up")),
                **panel("up"),
            ),
            brand(context),
            path,
            html.Span(className="date", **panel("date")),
            *badges(context),
            freshness(context),
            moment(context),
            presence(context),
            presenter(context),
            follow_switch(context),
            wall_now(),
            push(),
            html.Div(className="tablet-wait", hidden=True, **panel("walls-waiting")),
            *manners(context),
        ],
        className="tablet-bar",
    )  # fmt: skip
