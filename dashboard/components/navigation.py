"""The top bar of the screens at a desk: whose city, which screens there are, how fresh it all is."""

from __future__ import annotations

from typing import Final

from dash import html

from dashboard.components.context import ScreenContext
from dashboard.components.frame import aria, badges, brand, data, freshness, panel
from dashboard.components.manner import manners

PLACES: Final = {
    "desk": "desk",
    "analyst": "analyst",
    "safety-creation": "themes/safety-creation",
    "grids": "themes/grids",
    "effect": "themes/effect",
}


def navigation(context: ScreenContext, here: str) -> html.Header:
    """Lead to the other screens, with the area and the language kept; ``here`` is one of `PLACES`."""
    links = html.Nav(
        [_link(context, name, here) for name in PLACES],
        className="nav-places",
        **aria(label=context.say("nav.label")),
        **panel("navigation"),
    )
    return html.Header(
        [brand(context), links, *badges(context), freshness(context), *manners(context)], className="nav-bar"
    )


def _link(context: ScreenContext, name: str, here: str) -> html.A:
    return html.A(
        [html.Span(className="nav-icon", **data(icon=name)), context.say(f"nav.{name}")],
        href=f"/{PLACES[name]}?lang={context.language}",
        className="nav-place",
        **data(place=name),
        **(aria(current="page") if name == here else {}),
    )
