"""One case at the desk: its clock, its way, its log; and who is near."""

from __future__ import annotations

from typing import Final

from dash import html

from dashboard.components.context import ScreenContext
from dashboard.components.frame import aria, data, data_time, panel

STEPS: Final = ("reported", "filed", "dispatched", "handled", "checked", "closed")
FACTS: Final = ("category", "unit", "channel", "priority", "rating")


def drawer(context: ScreenContext) -> html.Section:
    """Show one case to the second: what is due, how far it came, what happened."""
    body = html.Div(
        [_clock(), _clocks(context), _track(context), *_orders(context), _log(context), _facts(context)],
        className="drawer-body",
        tabIndex=0,
        role="group",
        **aria(label=context.say("case.timeline")),
    )
    return html.Section(
        [_head(context), _failed(context), body, _act(context)],
        className="card case drawer",
        hidden=True,
        **panel("drawer"),
        **aria(label=context.say("desk.case")),
    )


def hands(context: ScreenContext) -> html.Section:
    """Show who and what stands near the chosen case: a small map and a list."""
    return html.Section(
        [
            html.Div(className="hands-map", role="img", **aria(label=context.say("hands.map"))),
            html.Div(
                [
                    html.Header(
                        [
                            html.H2(context.say("hands.title")),
                            html.Span(className="hands-note"),
                            html.Div(className="hands-tabs", role="tablist", **aria(label=context.say("hands.title"))),
                        ],
                        className="hands-head",
                    ),
                    html.Ol(className="hands-list", tabIndex=0, **aria(label=context.say("hands.title"))),
                    html.P(
                        [html.Span(className="hands-failed-text"),
                         html.Button(context.say("action.retry"), type="button", className="hands-retry button-plain")],
                        className="hands-failed",
                        hidden=True,
                        role="alert",
                    ),
                ],
                className="hands-side",
            ),
        ],
        className="card hands",
        hidden=True,
        **panel("hands"),
    )  # fmt: skip


def _head(context: ScreenContext) -> html.Header:
    back = html.Button(
        "×", type="button", className="case-close", **aria(label=context.say("action.close")), **data(close="true")
    )
    title = html.Div([html.H2(className="case-title"), html.Span(className="case-chips")], className="drawer-title")
    number = html.P(
        [html.Span(className="case-id"), html.Span(className="case-source"), data_time()], className="case-line"
    )
    return html.Header([title, back, html.P(className="case-place"), number], className="drawer-head")


def _clock() -> html.Div:
    return html.Div(
        [
            html.P(className="case-due"),
            html.P([html.Span(className="case-side"), html.Span(className="case-clock")], className="sla case-sla"),
            html.Div([html.Span(className="sla-used"), html.Span(className="sla-over")], className="sla-bar"),
            html.P([html.Span(className="case-began"), html.Span(className="case-usual")], className="case-ends"),
        ],
        className="drawer-time",
    )


def _clocks(context: ScreenContext) -> html.Ul:
    """Keep room for the clocks beside the case's own: stage, signature, pause, milestones."""
    return html.Ul(className="case-clocks", hidden=True, **aria(label=context.say("clocks.label")))


def _orders(context: ScreenContext) -> tuple[html.Section, html.Section, html.Section]:
    """Keep room for the way of a dispute, for what was ordered, and for the cases above, below and merged."""
    return (
        html.Section(className="dispute", hidden=True, **aria(label=context.say("dispute.label"))),
        html.Section(className="family", hidden=True, **aria(label=context.say("family.label"))),
        html.Section(className="orders", hidden=True, **aria(label=context.say("orders.label"))),
    )


def _act(context: ScreenContext) -> html.Footer:
    """Keep room for what a hand may do here, always in sight."""
    return html.Footer(
        [
            html.P(className="act-said", hidden=True, role="status"),
            html.P(className="act-asked", hidden=True),
            html.P(className="act-same", hidden=True),
            html.Div(className="act-form"),
            html.Div(className="act-buttons"),
        ],
        className="drawer-act",
        hidden=True,
        **aria(label=context.say("command.label")),
    )


def _track(context: ScreenContext) -> html.Ol:
    steps = [
        html.Li(
            [
                html.Span(className="track-dot"),
                html.Span(context.say(f"track.{step}"), className="track-name"),
                html.Span(className="track-time"),
            ],
            className="track-step",
            **data(track=step),
        )
        for step in STEPS
    ]
    return html.Ol(steps, className="track", **aria(label=context.say("desk.track")))


def _log(context: ScreenContext) -> html.Section:
    more = html.Button(type="button", className="log-more", hidden=True)
    return html.Section(
        [html.Ol(className="timeline"), more], className="drawer-log", **aria(label=context.say("case.timeline"))
    )


def _facts(context: ScreenContext) -> html.Dl:
    pairs = [(html.Dt(context.say(f"case.{name}")), html.Dd(**data(fact=name))) for name in FACTS]
    return html.Dl([part for pair in pairs for part in pair], className="drawer-facts")


def _failed(context: ScreenContext) -> html.Div:
    return html.Div(
        [
            html.P(className="case-failed-text"),
            html.Button(context.say("action.retry"), type="button", className="case-retry button-plain"),
        ],
        className="case-failed",
        hidden=True,
        role="alert",
    )
