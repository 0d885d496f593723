"""The panels of the effect: the score and its parts, what stands beside it, draws to look again, who stands where."""

from __future__ import annotations

from typing import Final

from dash import html

from dashboard.components.context import ScreenContext
from dashboard.components.frame import aria, data, data_time, panel
from dashboard.components.theme_frame import theme_card

PARTS: Final = ("fixed", "rechecked", "satisfied", "kept", "on_time")
BESIDE: Final = ("ping_pong", "rework", "sign", "appeals")
KINDS: Final = tuple((name, f"effectkind.{name}") for name in ("unit", "area", "handler", "collector"))


def score(context: ScreenContext) -> html.Section:
    """Show the score of the area itself, and always the parts it is made of."""
    number = html.P(
        [
            html.Span(context.say("unknown"), className="value"),
            html.Span(context.say("effect.of"), className="score-of"),
            html.Span(className="score-range"),
        ],
        className="score-number",
    )
    return theme_card(
        context.say("effect.score"),
        "score",
        "effect",
        number,
        html.P(className="score-note card-note", role="status"),
        html.Div([_measure(context, name) for name in PARTS], className="measures"),
        html.Footer(context.say("effect.score-rule"), className="card-foot"),
        note=context.say("effect.period"),
    )


def beside(context: ScreenContext) -> html.Section:
    """Show what is no part of the score and tells of the same work."""
    measures = html.Div([_measure(context, name) for name in BESIDE], className="measures")
    return theme_card(context.say("effect.beside"), "beside", "effect", measures, note=context.say("effect.period"))


def _measure(context: ScreenContext, name: str) -> html.Div:
    """Lay one measure out: its name, its weight, its share, what it was counted from."""
    return html.Div(
        [
            html.H3(context.say(f"effectmeasure.{name}")),
            html.Span(className="measure-weight"),
            html.Span(context.say("unknown"), className="value"),
            html.Span(className="measure-count"),
            html.Span(context.say(f"effectmeasure.{name}-what"), className="measure-what"),
        ],
        className="measure",
        **data(measure=name),
    )


def draws(context: ScreenContext) -> html.Section:
    """List the last draws of closed cases for a second look."""
    rows = html.Ol(className="draw-rows", tabIndex=0, **data(rows="true"), **aria(label=context.say("effect.draws")))
    foot = html.Footer(context.say("effect.draws-rule"), className="card-foot")
    return theme_card(
        context.say("effect.draws"), "draws", "effect_draws", rows, foot, note=context.say("effect.period")
    )


def standing(context: ScreenContext) -> html.Section:
    """Rank those of one kind by ranges of places; list apart who has too few cases for it."""
    head = html.Header(
        [
            html.H2(className="standing-title"),
            html.Span(className="standing-rule card-note"),
            data_time(),
        ],
        className="panel-head",
    )
    heads = html.Div(className="standing-heads standing-row", **aria(hidden="true"))
    rows = html.Ol(className="standing-rows theme-list", **aria(label=context.say("effect.standing")))
    few = html.Div(
        [html.H3(className="few-head"), html.Ol(className="few-rows", **aria(label=context.say("effect.few-label")))],
        className="few",
        hidden=True,
    )
    return html.Section(
        [
            head,
            heads,
            html.Div(
                [rows, few],
                className="standing-body",
                tabIndex=0,
                role="region",
                **aria(label=context.say("effect.standing")),
            ),
            html.P(className="standing-none", hidden=True, role="status"),
            html.Footer(context.say("effect.standing-foot"), className="card-foot"),
        ],
        className="theme-card theme-standing",
        **panel("effect-standing", "effect"),
    )
