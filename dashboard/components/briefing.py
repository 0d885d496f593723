"""The briefing of a leader: ten numbers, who closes on time, where it is overdue, what waits for a decision."""

from __future__ import annotations

from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.components.area_map import area_map, legend
from dashboard.components.context import ScreenContext
from dashboard.components.frame import aria, data, data_time, panel
from dashboard.components.room import tools

TEN: Final = (
    "reported_today", "open_cases", "overdue_cases", "urged_cases", "suspended_cases",
    "on_time_closure_rate", "median_handling_time", "satisfaction_rate", "open_disputes", "active_grids",
)  # fmt: skip
PERIODS: Final = ("month", "today")


def ten_numbers(context: ScreenContext) -> html.Section:
    """Show ten numbers; each is a button that opens its trend and its parts."""
    return html.Section(
        [_number(context, name) for name in TEN],
        className="ten",
        **panel("briefing", "headline briefing"),
        **aria(label=context.say("tablet.ten")),
    )


def ranking(context: ScreenContext) -> html.Section:
    """Rank areas and units by on-time closure, each with its interval and a range of places."""
    switch = html.Div(
        [
            html.Button(context.say(f"span.{period}"), type="button", className="period", **data(period=period))
            for period in PERIODS
        ],
        className="periods",
        role="group",
        **aria(label=context.say("tablet.periods")),
    )
    return html.Section(
        [
            html.Header([html.H2(context.say("metric.on_time_closure_rate")), switch], className="tablet-head"),
            html.Div([_ranked(context, "area"), _ranked(context, "unit")], className="ranked-lists"),
            html.P([context.say("tablet.interval"), html.Span(context.say("tablet.below"), className="below")],
                   className="ranking-note"),
            html.Div([data_time(), html.Button(type="button", className="button-quiet ranking-all", hidden=True)],
                     className="tablet-foot"),
        ],
        className="card ranking",
        **panel("ranking", "on_time_ranking"),
    )  # fmt: skip


def overdue_map(context: ScreenContext) -> html.Section:
    """Show where cases are overdue, and the three places that have most of them."""
    head = html.Header(
        [html.H2(context.say("tablet.map")), html.Span(className="overdue-total")], className="tablet-head"
    )
    return html.Section(
        [
            head,
            legend(context),
            html.Div([area_map(context, mode="choose"), tools(context)], className="map-room"),
            html.Div(className="room-pad", hidden=True, **panel("room-pad")),
            html.Div(
                [
                    html.Div(className="place-chips", role="group", **aria(label=context.say("tablet.worst"))),
                    html.P([html.Span(className="place-name"), html.Span(className="place-counts")],
                           className="place-line"),
                    html.P(className="place-kinds"),
                    html.Div(
                        [data_time(), html.Button(type="button", className="button-quiet place-enter", hidden=True)],
                        className="tablet-foot",
                    ),
                ],
                className="places",
                **panel("places", "overdue_kinds"),
            ),
        ],
        className="card spread",
    )  # fmt: skip


def decisions(context: ScreenContext) -> html.Section:
    """List what waits for a leader's word, the dearest to leave first."""
    title = html.H2([context.say("tablet.decisions"), html.Span(className="value matters-count")])
    return html.Section(
        [
            html.Header(
                [title, html.Span(context.say("tablet.by-cost"), className="head-note"), _my_orders(), data_time()],
                className="tablet-head",
            ),
            html.Ol(className="matters"),
            html.P(className="matters-none", hidden=True),
        ],
        className="card decisions",
        **panel("decisions", "decisions"),
    )  # fmt: skip


def _my_orders() -> html.Button:
    return html.Button(
        type="button",
        className="my-orders button-quiet",
        hidden=True,
        **panel("my-orders", "orders_ledger"),
        **aria(haspopup="dialog"),
    )


def area_cases(context: ScreenContext) -> html.Section:
    """List the open cases of an area that has no areas inside."""
    title = html.H2([context.say("tablet.cases"), html.Span(className="value cases-count")])
    return html.Section(
        [
            html.Header([title, data_time()], className="tablet-head"),
            html.Ol(className="area-cases-list"),
            html.P(className="area-cases-none", hidden=True),
        ],
        className="card area-cases",
        hidden=True,
        **panel("area-cases", "queue"),
    )


def _number(context: ScreenContext, name: str) -> html.Button:
    parts: list[Component] = [
        html.Span(context.say(f"metric.{name}"), className="metric-name"),
        html.Span([html.Span(className="value"), html.Span(className="unit")], className="metric-number"),
        html.Span(className="tile-spark"),
        html.Span(className="metric-compare"),
    ]
    return html.Button(parts, type="button", className="metric tile", **data(metric=name), **aria(haspopup="dialog"))


def _ranked(context: ScreenContext, kind: str) -> html.Section:
    head = [
        html.H3(className="ranked-kind"),
        html.Span(className="ranked-target"),
        html.Span(context.say("unit.percent"), className="ranked-percent"),
        html.Span(context.say("tablet.place"), className="ranked-place"),
    ]
    return html.Section(
        [html.Header(head, className="ranked-head"), html.Ol(className="ranked-list")],
        className="ranked",
        **data(kind=kind),
    )
