"""The analyst's tools: where, when, compared with what, narrowed to what, and what to do with the answer."""

from __future__ import annotations

from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.components.analyst import sign
from dashboard.components.context import ScreenContext
from dashboard.components.frame import aria, data

COMPARED: Final = ("previous", "year", "target")
FILES: Final = ("csv", "xlsx", "parquet", "png")


def tools(context: ScreenContext) -> html.Div:
    """Lay the tools out in one line."""
    return html.Div(
        [
            html.Nav(className="crumbs", **aria(label=context.say("desk.path"))),
            html.Span(className="tools-gap"),
            _opener(context, "period", "calendar"),
            _compare(context),
            _opener(context, "filters", "filter"),
            _export(context),
            html.Button(
                [sign("link"), context.say("analyst.share")], type="button", className="share-main", **data(do="share")
            ),
            html.Div(
                [
                    html.Span(className="asking-bar"),
                    html.Span(className="asking-words"),
                    html.Button(
                        [context.say("analyst.cancel"), html.Kbd(context.say("key.cancel"))],
                        type="button",
                        className="text-link",
                        **data(do="cancel"),
                    ),
                ],
                className="asking",
                hidden=True,
                role="status",
            ),
        ],
        className="tools",
    )


def _opener(context: ScreenContext, name: str, icon: str) -> html.Button:
    return html.Button(
        [sign(icon), html.Span(className="tool-words")],
        type="button",
        className="tool",
        **data(menu=name),
        title=context.say(f"analyst.{name}"),
        **aria(haspopup="dialog", expanded="false"),
    )


def _compare(context: ScreenContext) -> html.Div:
    buttons: list[Component] = [
        html.Button(
            context.say(f"compared.{name}"),
            type="button",
            className="tool",
            **data(compare=name),
            **aria(pressed="false"),
        )
        for name in COMPARED
    ]
    return html.Div(buttons, className="tool-group", role="group", **aria(label=context.say("analyst.compare")))


def _export(context: ScreenContext) -> html.Div:
    first: list[Component] = [html.Span(sign("download"), className="tool-sign")]
    buttons: list[Component] = [
        html.Button(context.say(f"file.{name}"), type="button", className="tool", **data(file=name)) for name in FILES
    ]
    return html.Div(
        [*first, *buttons], className="tool-group tool-files", role="group", **aria(label=context.say("analyst.export"))
    )
