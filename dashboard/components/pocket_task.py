"""One task on the phone: its clocks, place and facts, what was done; the next step and the way under the thumb."""

from __future__ import annotations

from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.components.context import ScreenContext
from dashboard.components.frame import aria, data, data_time, panel
from dashboard.components.pocket import icon

FACTS: Final = ("state", "category", "area", "unit", "channel", "priority", "reported", "id")


def one_task(context: ScreenContext) -> html.Section:
    """Lay one task out over the list."""
    dispute = html.Section(className="dispute", hidden=True, **aria(label=context.say("dispute.label")))
    hand = [html.Ol(className="one-waiting"), dispute, html.Div(className="one-orders")]
    body: list[Component] = [_clocks(), *hand, _place(context), _failed(context), _facts(context), _done(context)]
    return html.Section(
        [_head(context), html.Div(body, className="one-body"), _bar(context)],
        className="one-task",
        hidden=True,
        **panel("one-task"),
        **aria(label=context.say("pocket.one")),
    )


def _head(context: ScreenContext) -> html.Header:
    back = html.Button(icon("back"), type="button", className="one-back icon-button",
                       **aria(label=context.say("action.back")))  # fmt: skip
    return html.Header([back, html.H2(className="one-title")], className="one-head")


def _clocks() -> html.Div:
    sign = html.Div([html.P(className="one-sign-due"), _clock("sign")], className="clock-of clock-of-sign", hidden=True)
    return html.Div(
        [
            html.Div([html.P(className="one-due"), _clock("case")], className="clock-of clock-of-case"),
            sign,
            html.Div(html.Span(className="used"), className="used-bar"),
        ],
        className="clocks",
    )  # fmt: skip


def _clock(name: str) -> html.P:
    return html.P([html.Span(className="one-side"), html.Span(className="one-clock")], className=f"big big-{name}")


def _place(context: ScreenContext) -> html.Div:
    words = html.Div(
        [
            html.P(className="place-name"),
            html.P(className="place-more"),
            html.Button([icon("copy"), context.say("task.copy")], type="button", className="place-copy button-link"),
        ],
        className="place-words",
    )
    return html.Div([html.Div(className="mini"), words], className="task-place")


def _failed(context: ScreenContext) -> html.Div:
    return html.Div(
        [
            html.P(className="one-failed-text"),
            html.Button(context.say("action.retry"), type="button", className="one-retry button-plain"),
        ],
        className="one-failed",
        hidden=True,
        role="alert",
    )


def _facts(context: ScreenContext) -> html.Dl:
    pairs = [(html.Dt(context.say(f"task.{name}")), html.Dd(**data(fact=name))) for name in FACTS]
    return html.Dl([part for pair in pairs for part in pair], className="one-facts")


def _done(context: ScreenContext) -> html.Section:
    title = html.H3([context.say("case.timeline"), data_time()])
    return html.Section([title, html.Ol(className="done")], className="one-done")


def _bar(context: ScreenContext) -> html.Footer:
    return html.Footer(
        [
            html.P(className="one-why", role="status"),
            html.Div(className="one-acts"),
            html.Button(context.say("task.more"), type="button", className="one-more button-plain", hidden=True),
            html.Button([icon("map"), context.say("task.on-map")], type="button", className="one-map button-plain"),
            html.Button([icon("way"), context.say("task.go")], type="button", className="one-go button-plain"),
        ],
        className="one-bar",
    )
