"""The phone's form for a report: what, where, how urgent; kept as a draft, sent once."""

from __future__ import annotations

from typing import Final

from dash import html

from dashboard.components.context import ScreenContext
from dashboard.components.frame import aria, data, panel
from dashboard.components.pocket import icon

PRIORITIES: Final = ("normal", "high", "urgent")


def report(context: ScreenContext) -> html.Section:
    """Lay the form out over the pages; the script puts the writing field in, so that no keystroke visits the server."""
    return html.Section(
        [
            _head(context),
            html.Div(
                [_what(context), _where(context), _words(context), _urgency(context), _similar(context)],
                className="report-body",
            ),
            html.Footer(
                [
                    html.P(className="report-lacks", role="status"),
                    html.Button([icon("send"), html.Span(context.say("report.send"))], type="button",
                                className="report-send button-main"),
                ],
                className="report-bar",
            ),
        ],
        className="report",
        hidden=True,
        **panel("report"),
        **aria(label=context.say("pocket.report")),
    )  # fmt: skip


def _head(context: ScreenContext) -> html.Header:
    close = html.Button(icon("close"), type="button", className="report-close icon-button",
                        **aria(label=context.say("action.close")))  # fmt: skip
    empty = html.Button(context.say("report.empty"), type="button", className="report-empty button-link", hidden=True)
    kept = html.Span(context.say("report.kept"), className="report-kept", hidden=True)
    return html.Header([close, html.H2(context.say("pocket.report")), kept, empty], className="report-head")


def _what(context: ScreenContext) -> html.Section:
    more = html.Button([context.say("report.more"), icon("down")], type="button", className="kind-more chip-plain")
    return html.Section(
        [
            html.H3([context.say("case.category"), html.Span(context.say("report.recent"), className="aside")]),
            html.Div([html.Div(className="kinds"), more], className="kind-row"),
        ],
        className="report-what",
    )


def _where(context: ScreenContext) -> html.Section:
    words = html.Span(
        [html.Span(className="where-how"), html.Span(className="where-name"), html.Span(className="where-area")],
        className="where-words",
    )
    card = html.Button(
        [html.Span(className="mini"), words, icon("right")],
        type="button",
        className="where-card",
    )
    return html.Section([html.H3(context.say("report.where")), card], className="report-where")


def _words(context: ScreenContext) -> html.Section:
    title = html.H3([context.say("report.words"), html.Span(className="aside words-left")])
    fields = [html.Div(className="words-field"), html.Div(className="files-field")]
    return html.Section([title, *fields], className="report-words")


def _urgency(context: ScreenContext) -> html.Section:
    choices = [
        html.Button(context.say(f"priority.{name}"), type="button", className="segment", **data(priority=name))
        for name in PRIORITIES
    ]
    title = html.H3([context.say("report.urgency"), html.Span(className="aside limit")])
    group = html.Div(choices, className="segments", role="group", **aria(label=context.say("report.urgency")))
    return html.Section([title, group], className="report-urgency")


def _similar(context: ScreenContext) -> html.Div:
    words = html.Div([html.P(className="similar-count"), html.P(className="similar-what")], className="similar-words")
    look = html.Button(context.say("report.look"), type="button", className="similar-look button-plain")
    return html.Div([icon("alert"), words, look], className="similar", hidden=True, role="status")
