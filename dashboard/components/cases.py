"""One case with its timeline."""

from __future__ import annotations

from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.components.context import ScreenContext
from dashboard.components.frame import aria, data, data_time, panel

FACTS: Final = ("category", "area", "unit", "channel", "priority")


def one_case(context: ScreenContext, *extra: Component) -> html.Section:
    """Show one case: clock, facts, timeline; ``extra`` goes between."""
    return html.Section(
        [_case_head(context), _case_clock(), *extra, _case_facts(context), _case_failed(context), _timeline(context)],
        className="card case",
        hidden=True,
        **panel("case"),
    )


def _case_head(context: ScreenContext) -> html.Header:
    back = html.Button(
        "←", type="button", className="case-back", **aria(label=context.say("action.back")), **data(close="true")
    )
    close = html.Button(
        "×", type="button", className="case-close", **aria(label=context.say("action.close")), **data(close="true")
    )
    line = html.P(
        [html.Span(className="case-state"), html.Span(className="case-id"), data_time()], className="case-line"
    )
    return html.Header([back, html.H2(className="case-title"), close, line], className="case-head")


def _case_clock() -> html.Div:
    return html.Div(
        [
            html.P(className="case-due"),
            html.P([html.Span(className="case-side"), html.Span(className="case-clock")], className="sla case-sla"),
            html.Div(html.Span(className="sla-used"), className="sla-bar"),
        ],
        className="case-time",
    )


def _case_facts(context: ScreenContext) -> html.Dl:
    pairs = [(html.Dt(context.say(f"case.{name}")), html.Dd(**data(fact=name))) for name in FACTS]
    return html.Dl([part for pair in pairs for part in pair], className="case-facts")


def _case_failed(context: ScreenContext) -> html.Div:
    return html.Div(
        [
            html.P(className="case-failed-text"),
            html.Button(context.say("action.retry"), type="button", className="case-retry button-quiet"),
        ],
        className="case-failed",
        hidden=True,
        role="alert",
    )


def _timeline(context: ScreenContext) -> html.Section:
    return html.Section(
        [html.H3(context.say("case.timeline")), html.Ol(className="timeline")], className="case-timeline"
    )
