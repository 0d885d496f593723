"""Numbers of an area: a metric with its comparison, the loop, the units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.components.context import ScreenContext
from dashboard.components.frame import data, data_time, heading, panel

COUNTS: Final = ("reported_today", "open_cases", "overdue_cases")
RATES: Final = ("on_time_closure_rate", "median_handling_time", "satisfaction_rate")
STAGES: Final = ("reported", "filed", "dispatched", "handled", "closed", "evaluated")


def metrics(context: ScreenContext, names: Sequence[str], kind: str, *, sparks: bool = False) -> html.Section:
    """Show metrics; each is a name, a value, a unit, and a comparison with its base, and its day where asked for."""
    return html.Section(
        [_metric(context, name, sparks) for name in names],
        className=f"metrics metrics-{kind}",
        **panel("metrics", "headline"),
    )


def funnel(context: ScreenContext) -> html.Section:
    """Show the loop: of each stage the cases that reached it today, and those overdue in it now."""
    rows = [_stage(context, stage) for stage in STAGES]
    return html.Section(
        [heading(context.say("funnel.title")), html.Ol(rows, className="stages")],
        className="panel funnel",
        **panel("funnel", "funnel"),
    )


def league(context: ScreenContext) -> html.Section:
    """Show the units with most overdue cases."""
    return html.Section(
        [
            heading(context.say("league.title"), html.Span(context.say("league.rate"), className="head-note")),
            html.Ol(className="units", **data(rows="true")),
        ],
        className="panel league",
        **panel("league", "unit_overdue"),
    )


def ticker(context: ScreenContext) -> html.Section:
    """Show the newest events of interest."""
    return html.Section(
        [
            html.Header([html.H2(context.say("ticker.title")), data_time()], className="panel-head"),
            html.Ol(className="events", **data(rows="true")),
        ],
        className="panel ticker",
        **panel("ticker", "ticker"),
    )


def _metric(context: ScreenContext, name: str, spark: bool) -> html.Div:
    number: list[Component] = [html.Span(className="value"), html.Span(className="unit")]
    return html.Div(
        [
            html.H2(context.say(f"metric.{name}"), className="metric-name"),
            html.P(number, className="metric-number"),
            html.P(className="metric-compare"),
            *([html.Div(className="metric-spark")] if spark else []),
        ],
        className="metric",
        **data(metric=name),
    )


def _stage(context: ScreenContext, name: str) -> html.Li:
    return html.Li(
        [
            html.Span(context.say(f"stage.{name}"), className="stage-name"),
            html.Span(html.Span(className="bar-fill"), className="bar"),
            html.Span(className="value"),
            html.Span(className="stage-time"),
            html.Span(className="stage-overdue"),
        ],
        className="stage",
        **data(stage=name),
    )
