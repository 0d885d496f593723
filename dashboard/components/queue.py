"""The queue of open cases: numbers that are filters, rows by urgency, and the box of words."""

from __future__ import annotations

from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.components.context import ScreenContext
from dashboard.components.frame import aria, data, data_time, panel

# seven cells hold every state of an open case, so that they add up
STATES: Final = {
    "reported": "reported verifying",
    "filed": "filed",
    "dispatched": "dispatched",
    "handling": "handling",
    "suspended": "suspended waiting_reporter",
    "handled": "handled",
    "rework": "rework",
}
CHIPS: Final = {"all": "all", "overdue": "overdue", "due_soon": "due_soon", "open": "in_time"}
TOOLS: Final = {"mine": "key.mine", "ledger": "key.ledger", "recheck": None}


def queue(context: ScreenContext) -> html.Section:
    """Show the open cases of the area, the most urgent first, with filters that are counts too."""
    return html.Section(
        [_head(context), _chips(context), _states(context), _tools(context),
         html.Div(className="queue-active", hidden=True),
         html.Div(className="queue-list"), _empty(context)],
        className="card queue",
        **panel("queue", "queue"),
        **aria(label=context.say("desk.queue")),
        tabIndex=-1,
    )  # fmt: skip


def search_box() -> html.Div:
    """Offer the search over all cases; the script puts the input in, so that no keystroke visits the server."""
    return html.Div(html.Kbd("/"), className="filter-box", **panel("search"))


def _head(context: ScreenContext) -> html.Header:
    return html.Header(
        [
            html.H2(context.say("desk.queue")),
            html.Span(className="value queue-count"),
            html.Span(className="queue-where"),
            html.Button(className="queue-moved", type="button", hidden=True),
            data_time(),
        ],
        className="panel-head",
    )


def _chips(context: ScreenContext) -> html.Div:
    chips = [_chip(context.say(f"urgency.{words}"), name, urgency_filter=name) for name, words in CHIPS.items()]
    urged = _chip(context.say("event.case-urged"), "urged", urged_filter="true")
    return html.Div([*chips, urged], className="chips", role="group", **aria(label=context.say("desk.urgency-label")))


def _chip(words: str, name: str, **kind: str) -> html.Button:
    return html.Button(
        [html.Span(words), html.Span(className="value")],
        type="button",
        className=f"chip chip-of-{name.replace('_', '-')}",
        **data(**kind),
    )


def _states(context: ScreenContext) -> html.Div:
    cells = [
        html.Button(
            [html.Span(className="value"), html.Span(context.say(f"cell.{name}"), className="state-name")],
            type="button",
            className="state",
            **data(state_filter=states),
        )
        for name, states in STATES.items()
    ]
    return html.Div(cells, className="states", role="group", **aria(label=context.say("desk.state-label")))


def _tools(context: ScreenContext) -> html.Div:
    """Offer what waits for one's own hand, the ledger of orders, the draw for second looks."""
    tools = [
        html.Button(
            [context.say(f"queue.{name}"), html.Kbd(context.say(key))] if key else context.say(f"queue.{name}"),
            type="button",
            className="queue-tool",
            hidden=name != "ledger",
            **data(tool=name),
        )
        for name, key in TOOLS.items()
    ]
    return html.Div(
        tools, className="queue-tools", role="group", **panel("queue-tools"), **aria(label=context.say("queue.tools"))
    )


def _empty(context: ScreenContext) -> html.Div:
    clear: list[Component] = [html.Span(context.say("desk.clear")), html.Kbd(context.say("key.escape"))]
    return html.Div(
        [
            html.Span(className="empty-tray"),
            html.P(className="queue-empty-text"),
            html.P(className="queue-empty-last"),
            html.Div(
                [
                    html.Button(clear, type="button", className="queue-clear button-main"),
                    html.Button(type="button", className="queue-wider button-plain"),
                ],
                className="queue-ways",
            ),
        ],
        className="queue-empty",
        hidden=True,
    )
