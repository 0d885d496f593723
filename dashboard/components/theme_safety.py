"""The panels of safety creation: progress, what needs attention, the map, red lines, one village."""

from __future__ import annotations

from typing import Final

from dash import html

from dashboard.components.context import ScreenContext
from dashboard.components.frame import aria, data, data_time, panel
from dashboard.components.theme_frame import cases_in_hand, sub_head, theme_card

TABS: Final = {"all": "", "named": "", "breached": "mark mark-overdue", "still": "mark mark-due-soon"}


def progress(context: ScreenContext) -> html.Section:
    """Show how many villages of each batch stand at each stage."""
    cells = html.Div(className="progress-cells", role="table", **aria(label=context.say("safety.progress")))
    return theme_card(
        context.say("safety.progress"), "progress", "safety_villages", cells, note=context.say("safety.progress-note")
    )


def needs(context: ScreenContext) -> html.Section:
    """List the villages that need something."""
    head = html.Header(
        [
            html.H2(context.say("safety.needs")),
            html.Span(className="need-counts card-note"),
            html.Button(context.say("safety.clear"), type="button", className="need-clear", hidden=True),
            data_time(),
        ],
        className="panel-head",
    )
    rows = html.Ol(className="need-list theme-list", **data(rows="true"), **aria(label=context.say("safety.needs")))
    foot = html.Footer([html.Span(className="need-rule"), html.Span(className="need-more")], className="card-foot")
    return html.Section([head, rows, foot], className="theme-card theme-needs", **panel("needs", "safety_villages"))


def village_map(context: ScreenContext) -> html.Section:
    """Show the villages by batch, with marks on those that need something."""
    tabs = [
        html.Button(
            [html.Span(className=sign), context.say(f"safety.tab-{name}"), html.Span(className="value")],
            type="button",
            className="choice",
            **data(choice=name),
        )
        for name, sign in TABS.items()
    ]
    return html.Section(
        [
            html.Div(tabs, className="switch show-tabs", role="group", **aria(label=context.say("safety.tabs"))),
            html.Div(className="picture-room"),
            html.Div(className="picture-key"),
            html.Ol(className="named-areas", **panel("named", "safety_villages")),
        ],
        className="theme-map",
        **panel("village-map", "safety_villages"),
    )


def red_lines(context: ScreenContext) -> html.Section:
    """Show which red lines were touched in which of the last 12 months."""
    cells = html.Div(className="line-cells", role="table", **aria(label=context.say("safety.lines")))
    return theme_card(
        context.say("safety.lines"), "red-lines", "safety_breaches", cells, note=context.say("safety.lines-note")
    )


def village(context: ScreenContext) -> html.Aside:
    """Show the passport of the chosen village."""
    return html.Aside(
        [
            html.Header([html.H2(), html.Span(className="card-state", hidden=True)], className="card-head"),
            html.P(
                [html.Span(className="card-under"), html.Span(className="card-homes"), data_time()],
                className="card-line",
            ),
            html.Ol(className="village-years", **aria(label=context.say("safety.years"))),
            html.P(className="village-stands"),
            html.Ol(className="village-way", hidden=True, **aria(label=context.say("creation.way"))),
            html.Div(className="village-hands", hidden=True, role="group", **aria(label=context.say("creation.title"))),
            sub_head(context.say("safety.red-lines"), "lines-note"),
            html.Ol(className="village-lines"),
            sub_head(context.say("safety.life"), "life-base"),
            html.Div([_life(context, name) for name in ("reports", "visits")], className="village-life"),
            cases_in_hand(context),
            sub_head(context.say("safety.story"), "story-since"),
            html.Ol(className="village-story"),
        ],
        className="theme-card theme-side",
        **panel("village-card", "safety_villages"),
        **aria(label=context.say("safety.passport")),
    )


def _life(context: ScreenContext, measure: str) -> html.Div:
    rate = html.Span(
        [
            html.Span(className="life-rate"),
            html.Span(context.say("safety.per-thousand")),
            html.Span(context.say("safety.usual")),
            html.Span(className="life-usual"),
        ],
        className="life-note",
    )
    bar = html.Span([html.Span(className="bar-fill"), html.Span(className="bar-target")], className="bar")
    return html.Div(
        [html.Span(context.say(f"safety.{measure}"), className="life-name"), bar, html.B(className="value"), rate],
        className="life-row",
        **data(life=measure),
    )
