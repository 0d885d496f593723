"""The phone's lists: what waits for its hand, the area's cases by time left, what was reported from this phone."""

from __future__ import annotations

from typing import Final

from dash import html

from dashboard.components.context import ScreenContext
from dashboard.components.frame import aria, data, data_time, panel

CHIPS: Final = {"all": "pocket.to-do", "overdue": "urgency.overdue", "due_soon": "urgency.due_soon"}


def tasks_page(context: ScreenContext) -> html.Div:
    """Show tasks or, by the last chip, one's own reports."""
    return html.Div([_tasks(context), _mine(context)], className="page page-tasks")


def _tasks(context: ScreenContext) -> html.Section:
    return html.Section(
        [
            _chips(context),
            _asked(),
            html.Ol(className="task-list"),
            html.Div(
                [
                    html.P(className="task-empty-text"),
                    html.Button(context.say("desk.clear"), type="button", className="task-clear button-plain"),
                    html.Button(type="button", className="task-wider button-plain"),
                ],
                className="task-empty",
                hidden=True,
            ),
            html.Button(type="button", className="task-more button-plain", hidden=True),
            html.P([html.Span(context.say("pocket.list")), data_time()], className="task-foot"),
        ],
        className="tasks",
        **panel("tasks", "queue"),
        **aria(label=context.say("pocket.tasks")),
    )


def _asked() -> html.Div:
    return html.Div(
        [html.H2(className="asked-head"), html.Ol(className="asked-list")],
        className="asked",
        hidden=True,
        **panel("asked", "orders_ledger"),
    )


def _chips(context: ScreenContext) -> html.Div:
    chips = [
        html.Button([html.Span(context.say(words)), html.Span(className="value")], type="button", className="chip",
                    **data(urgency_filter=name))
        for name, words in CHIPS.items()
    ]  # fmt: skip
    mine = html.Button(
        [html.Span(context.say("pocket.mine")), html.Span(className="value")],
        type="button",
        className="chip chip-mine",
        **panel("mine-chip"),
    )
    return html.Div([*chips, mine], className="chips", role="group", **aria(label=context.say("desk.urgency-label")))


def _mine(context: ScreenContext) -> html.Section:
    return html.Section(
        [
            html.P(context.say("mine.empty"), className="mine-empty", hidden=True),
            html.Ol(className="mine-list"),
        ],
        className="mine",
        **panel("mine"),
        **aria(label=context.say("pocket.mine")),
    )
