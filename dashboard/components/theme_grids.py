"""The panels of the urban grids: figures, clusters on maps, load by street, silent grids, one grid."""

from __future__ import annotations

from typing import Final

from dash import html

from dashboard.components.context import ScreenContext
from dashboard.components.frame import aria, data, data_time, panel
from dashboard.components.theme_frame import cases_in_hand, sub_head

FIGURES: Final = ("patrolled", "reports", "silent", "posts", "load")
FACTS: Final = ("households", "population", "area", "load", "gaps")
MEASURES: Final = tuple((name, f"gridmeasure.{name}") for name in ("patrol", "force", "load", "density"))
PERIODS: Final = tuple((name, f"gridperiod.{name}") for name in ("today", "7", "30"))
CLUSTERS: Final = 3


def figures(context: ScreenContext) -> html.Section:
    """Show the figures of all urban grids of the area, each with what it is compared with."""
    parts = [
        html.Div(
            [
                html.H2(context.say(f"gridfigure.{name}"), className="figure-name"),
                html.P([html.Span(className="value"), html.Span(className="figure-of")], className="figure-number"),
                html.P(className="figure-note"),
            ],
            className="figure",
            **data(figure=name),
        )
        for name in FIGURES
    ]
    return html.Section(
        parts, className="strip", **panel("strip", "grid_force"), **aria(label=context.say("grids.strip"))
    )


def cluster_maps(context: ScreenContext) -> html.Section:
    """Show the clusters in which urban grids lie, the largest first, and what the shades mean."""
    rooms = [
        html.Div(
            [html.H2(className="cluster-name"), html.Div(className="picture-room")],
            className=f"cluster cluster-{number}",
            hidden=True,
        )
        for number in range(CLUSTERS)
    ]
    silent = html.Span(
        [
            html.Span(className="mark mark-due-soon"),
            html.Span(context.say("grids.silent")),
            html.Span(className="value"),
        ],
        className="scale-silent",
    )
    key = html.Div(
        [html.P(className="scale-title"), html.Div(className="scale-cells"), silent, data_time()],
        className="cluster-key",
    )
    return html.Section([*rooms, key], className="clusters", **panel("cluster-maps", "grid_force"))


def load(context: ScreenContext) -> html.Section:
    """Show how evenly households lie on full-time workers, street by street."""
    heads = [html.Span(context.say(f"gridhead.{name}")) for name in ("median", "grids", "silent")]
    head = html.Div([html.Span(), html.Div(className="load-scale"), *heads], className="load-row load-heads")
    return html.Section(
        [
            html.Header(
                [
                    html.H2(context.say("grids.load")),
                    html.Span(context.say("grids.load-rule"), className="card-note"),
                    html.Span(className="card-note load-gini"),
                    data_time(),
                ],
                className="panel-head",
            ),
            head,
            html.Ol(className="load-rows"),
        ],
        className="theme-card theme-load",
        **panel("load-plot", "grid_force"),
    )


def silent(context: ScreenContext) -> html.Section:
    """List the grids that are silent against their own habit."""
    rows = html.Ol(className="silent-list theme-list", **data(rows="true"), **aria(label=context.say("grids.silent")))
    foot = html.Footer(context.say("grids.silent-rule"), className="card-foot")
    count = html.Span(className="card-note silent-count")
    head = html.Header([html.H2(context.say("grids.silent")), count, data_time()], className="panel-head")
    return html.Section([head, rows, foot], className="theme-card theme-silent", **panel("silent", "grid_force"))


def grid(context: ScreenContext) -> html.Aside:
    """Show the chosen grid."""
    facts = [
        html.Div(
            [html.Span(className="value"), html.Span(context.say(f"gridfact.{name}"))],
            className="grid-fact",
            **data(fact=name),
        )
        for name in FACTS
    ]
    return html.Aside(
        [
            html.Header([html.H2(), html.Span(className="card-state", hidden=True)], className="card-head"),
            html.P([html.Span(className="card-under"), data_time()], className="card-line"),
            html.Div(facts, className="grid-facts"),
            html.Section(
                [sub_head(context.say("grids.people-head"), "people-note"), html.Ol(className="people-rows")],
                className="people",
            ),
            html.Section(
                [sub_head(context.say("grids.acts"), "act-most"), html.Ol(className="act-bars")], className="act-days"
            ),
            cases_in_hand(context),
        ],
        className="theme-card theme-side",
        **panel("grid-card", "grid_force"),
        **aria(label=context.say("grids.card")),
    )
