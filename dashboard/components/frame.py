"""The frame of every screen: what the scripts read, the clock, the freshness, the badges, the stale banner."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.components.context import ScreenContext


def screen(context: ScreenContext, name: str, *children: Component) -> html.Main:
    """Wrap a screen; its `data-` attributes are all the scripts know of the server."""
    return html.Main(
        [
            *children,
            *([] if name == "wall" else [html.Div(className="me", hidden=True, **panel("me-chip"))]),
            html.Div(className="banner", hidden=True, role="status", **panel("banner")),
            html.Div(className="announcer", **aria(live="polite"), **data(announcer="true")),
        ],
        id="screen",
        className=f"screen {name}",
        **_facts(context, name),
    )


def data(**values: str) -> dict[str, Any]:
    """Return ``data-`` attributes for the scripts and the stylesheet."""
    return {f"data-{name.replace('_', '-')}": value for name, value in values.items()}


def aria(**values: str) -> dict[str, Any]:
    """Return ``aria-`` attributes."""
    return {f"aria-{name}": value for name, value in values.items()}


def panel(kind: str, view: str | None = None) -> dict[str, Any]:
    """Return the attributes that bind an element to its renderer and its view."""
    return data(panel=kind, view=view) if view else data(panel=kind)


def brand(context: ScreenContext) -> html.H1:
    """Show whose city brain this is."""
    return html.H1(context.say("brand", city=context.city_name), className="brand")


def badges(context: ScreenContext) -> list[Component]:
    """Show that data is simulated, and that a replay is running."""
    simulated = [html.Span(context.say("badge.simulated"), className="badge badge-simulated")]
    return [
        *(simulated if context.city.data == "simulated" else []),
        html.Span(className="badge badge-replay", hidden=True, **panel("replay-badge")),
    ]


def freshness(context: ScreenContext) -> html.Div:
    """Show whether the screen is live, its data time and how far behind it is."""
    return html.Div(
        [
            html.Span(className="fresh-dot"),
            html.Span(context.say("fresh.connecting"), className="fresh-state"),
            html.Span(className="fresh-data"),
            html.Span(className="fresh-lag"),
            html.Span(className="fresh-source"),
        ],
        className="freshness",
        **panel("freshness"),
    )


def wall_clock() -> list[Component]:
    """Show the city's date and time."""
    return [html.Span(className="date", **panel("date")), html.Time(className="clock", **panel("clock"))]


def heading(title: str, *extra: Component) -> html.Header:
    """Head a panel: its title, then its data time."""
    return html.Header([html.H2(title), *extra, data_time()], className="panel-head")


def data_time() -> html.Time:
    """Show the data time of the panel around it."""
    return html.Time(className="data-time", **data(asof="true"))


def _facts(context: ScreenContext, name: str) -> dict[str, Any]:
    return data(
        name=name,
        lang=context.language,
        root=context.root_area,
        city=context.city.id,
        city_name=context.city_name,
        time_zone=context.city.time_zone,
        simulated=str(context.city.data == "simulated").lower(),
        build=context.build,
        mode=context.mode,
    )
