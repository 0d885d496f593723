"""The analyst's leaderboard with its table of two dimensions, and the rows behind a number."""

from __future__ import annotations

from dash import html

from dashboard.components.analyst import note, sign
from dashboard.components.context import ScreenContext
from dashboard.components.frame import aria, data


def board(context: ScreenContext) -> html.Section:
    """Rank one dimension and cross it with another; as a pivot the table takes all the room."""
    drill = html.Button(
        [html.Kbd(context.say("key.enter")), html.Span(className="drill-words")],
        type="button",
        className="text-link drill",
        **data(do="drill"),
    )
    keys = html.Span(
        [html.Kbd(context.say("key.up")), html.Kbd(context.say("key.down")), drill], className="board-keys"
    )
    ranking = html.Header(
        [
            html.H2(className="head-choice", **data(choice="by")),
            html.Span(className="head-words"),
            html.Span(className="head-gap"),
            keys,
        ],
        className="plate-head board-ranking",
    )
    crossing = html.Header(
        [
            html.H2(className="head-choice", **data(choice="cross")),
            html.Span(className="head-words"),
            html.Span(className="head-gap"),
            html.Span(className="shades"),
            html.Span(className="cross-pages"),
            html.Button(
                context.say("analyst.pivot"),
                type="button",
                className="button-line",
                **data(do="pivot"),
                **aria(pressed="false"),
            ),
        ],
        className="plate-head board-crossing",
    )
    table = html.Div(className="board-table", role="grid", **aria(label=context.say("analyst.board")))
    return html.Section(
        [html.Div([ranking, crossing], className="board-heads"), table, note()], className="plate plate-board"
    )


def detail(context: ScreenContext) -> html.Section:
    """List the rows behind the chosen number."""
    head = html.Header(
        [
            html.H2(context.say("analyst.rows")),
            html.Span(className="head-words"),
            html.Button(
                [sign("close"), context.say("analyst.unpick")],
                type="button",
                className="chip-off",
                hidden=True,
                **data(do="unpick"),
            ),
            html.Span(className="head-gap"),
            html.Span(className="took"),
            html.Button(type="button", className="text-link", hidden=True, **data(do="all-rows")),
        ],
        className="plate-head",
    )
    return html.Section([head, html.Div(className="rows-few"), note()], className="plate plate-rows")
