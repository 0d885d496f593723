"""Cases: the queue with its filters, and one case with its timeline."""

from __future__ import annotations

from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.components.context import ScreenContext
from dashboard.components.frame import aria, data, data_time, panel

OPEN_STATES: Final = (
    "reported",
    "verifying",
    "filed",
    "dispatched",
    "handling",
    "suspended",
    "waiting_reporter",
    "handled",
    "rework",
)
URGENCY_FILTERS: Final = {"all": "all", "overdue": "overdue", "due_soon": "due_soon", "open": "in_time"}
FACTS: Final = ("category", "area", "unit", "channel", "priority")


def queue(context: ScreenContext) -> html.Section:
    """Show the most urgent open cases of the area, with filters that are counts too."""
    return html.Section(
        [
            html.Header(
                [
                    html.H2(context.say("desk.queue")),
                    html.Span(className="value queue-count"),
                    html.Span(className="queue-where"),
                    data_time(),
                ],
                className="panel-head",
            ),
            urgency_filters(context),
            html.Div([_state(context, state) for state in OPEN_STATES], className="states", role="group",
                     **aria(label=context.say("desk.state-label"))),
            html.Div(className="queue-list"),
            _empty(context),
            html.P(context.say("desk.keys"), className="queue-keys"),
        ],
        className="card queue",
        **panel("queue", "queue"),
    )  # fmt: skip


def filter_box(context: ScreenContext) -> html.Label:
    """Offer words to filter the queue by; the script puts the input in, so that no keystroke visits the server."""
    return html.Label(
        html.Kbd("/"), className="filter-box", **aria(label=context.say("desk.filter-label")), **panel("filter-box")
    )


def one_case(context: ScreenContext, *extra: Component) -> html.Section:
    """Show one case: clock, facts, timeline; ``extra`` goes between."""
    return html.Section(
        [_case_head(context), _case_clock(), *extra, _case_facts(context), _case_failed(context), _timeline(context)],
        className="card case",
        hidden=True,
        **panel("case"),
    )


def urgency_filters(context: ScreenContext) -> html.Div:
    """Offer all, overdue, due soon and in time, each with its count."""
    chips = [
        html.Button([html.Span(context.say(f"urgency.{words}")), html.Span(className="value")], type="button",
                    className=f"chip chip-of-{name.replace('_', '-')}", **data(urgency_filter=name))
        for name, words in URGENCY_FILTERS.items()
    ]  # fmt: skip
    return html.Div(chips, className="chips", role="group", **aria(label=context.say("desk.urgency-label")))


def _state(context: ScreenContext, state: str) -> html.Button:
    return html.Button(
        [html.Span(className="value"), html.Span(context.say(f"status.{state}"))],
        type="button",
        className="state",
        **data(state_filter=state),
    )


def _empty(context: ScreenContext) -> html.Div:
    return html.Div(
        [
            html.P(className="queue-empty-text"),
            html.Button(context.say("desk.clear"), type="button", className="queue-clear button-quiet"),
            html.Button(type="button", className="queue-wider button-quiet"),
        ],
        className="queue-empty",
        hidden=True,
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
