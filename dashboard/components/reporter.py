"""The page of a reporter's link: what became of their case, what is asked of them, what they say to it."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.components.context import ScreenContext
from dashboard.components.frame import aria, brand
from dashboard.components.plain import plain


def layout(trouble: str | None, context: ScreenContext) -> Component:
    """Lay the page out; ``trouble`` says why a link opens nothing."""
    if trouble:
        return plain(context, "reporter", _head(context), _closed(context, trouble))
    return plain(
        context,
        "reporter",
        _head(context),
        html.Section(
            [
                html.P(context.say("reporter.simulated"), className="reporter-simulated", hidden=_is_real(context)),
                html.H1(className="reporter-what"),
                html.P(className="reporter-title"),
                html.P(className="reporter-state", role="status"),
            ],
            className="reporter-case",
        ),
        html.Section(className="reporter-hands", **aria(label=context.say("reporter.hands"))),
        html.P(className="reporter-thanks", role="status", hidden=True),
        html.P(className="form-error", role="alert", hidden=True),
        html.Section(
            [html.H2(context.say("reporter.steps")), html.Ol(className="reporter-steps")], className="reporter-course"
        ),
        html.Footer(
            [html.P(context.say("reporter.private")), html.P(className="reporter-id")], className="reporter-foot"
        ),
    )


def _head(context: ScreenContext) -> Component:
    return html.Header([brand(context), html.Div(className="reporter-language")], className="reporter-head")


def _closed(context: ScreenContext, trouble: str) -> Component:
    words = {"wrong": context.say("reporter.wrong"), "expired": context.say("reporter.expired")}
    return html.Section(
        [html.H1(words[trouble], className="reporter-what"), html.P(context.say("reporter.ask"))],
        className="reporter-case",
    )


def _is_real(context: ScreenContext) -> bool:
    return context.city.data != "simulated"
