"""The map of areas with their live cases, and its legend."""

from __future__ import annotations

from dash import html

from dashboard.components.context import ScreenContext
from dashboard.components.frame import aria, data, data_time, panel

URGENCIES = ("overdue", "due_soon", "open")


def area_map(
    context: ScreenContext,
    *,
    reads: str = "areas case_points",
    mode: str = "area",
    shade: str = "load",
    frame: str = "",
) -> html.Section:
    """Show areas with marks on top; an area can be chosen where ``mode`` is `choose`.

    ``shade`` names a way registered in `assets/js/map/shades.mjs`; ``frame`` holds the codes of areas to look at
    instead of the chosen one.
    """
    tools = [_tools(context), _drawn(context)] if mode == "choose" else []
    return html.Section(
        [
            html.Div(className="map-canvas", role="application", **aria(label=context.say("map.label"))),
            html.Div(className="map-hatch"),
            html.Div(className="map-card", hidden=True),
            *tools,
        ],
        className="map",
        **panel("map", reads),
        **data(map=mode, shade=shade, frame=frame),
    )


def inset(context: ScreenContext) -> html.Section:
    """Magnify the dense core of the city, as the map of the same screen shows it; absent where there is none."""
    return html.Section(
        [
            html.H2(className="inset-title"),
            html.Div(className="inset-canvas", role="img", **aria(label=context.say("map.core-label"))),
        ],
        className="map-inset",
        hidden=True,
        **panel("map-inset"),
    )


def _tools(context: ScreenContext) -> html.Div:
    """Offer the layers, the search for places and the pen."""
    label = context.say("map.draw")
    pen = html.Button(type="button", className="map-tool map-pen", title=label, **aria(label=label, pressed="false"))
    return html.Div(
        [
            html.Div(className="map-layers", role="group", **aria(label=context.say("map.layers"))),
            html.Div([_search(context), pen], className="map-hand"),
        ],
        className="map-tools",
    )


def _search(context: ScreenContext) -> html.Div:
    label = context.say("map.search")
    opener = html.Button(type="button", className="map-tool", title=label, **aria(label=label, expanded="false"))
    places = html.Ul(className="map-places", role="listbox", hidden=True, **aria(label=label))
    return html.Div([opener, places], className="map-search")


def _drawn(context: ScreenContext) -> html.Section:
    """List the cases inside what was drawn by hand."""
    counts = [
        html.Span(
            [html.Span(className=f"mark mark-{urgency.replace('_', '-')}"), html.Span(**data(drawn=urgency))],
            className="drawn-count",
        )
        for urgency in URGENCIES
    ]
    area = html.Button(context.say("map.draw-area"), type="button", className="drawn-area button-quiet")
    clear = html.Button(context.say("map.draw-clear"), type="button", className="drawn-clear button-quiet")
    return html.Section(
        [
            html.P(className="drawn-said"),
            html.Div([*counts, area, clear], className="drawn-head"),
            html.Ol(className="drawn-list"),
        ],
        className="map-drawn",
        hidden=True,
        **panel("map-drawn"),
        **aria(label=context.say("map.drawn-label")),
    )


def map_head(context: ScreenContext) -> html.Header:
    """Name the area on the map: what lies inside it, how many live there; and a way to see it whole again."""
    return html.Header(
        [
            html.H2(className="map-name"),
            html.Span(className="map-inside"),
            html.Span(className="map-stopped", hidden=True),
            html.Button(context.say("map.whole"), type="button", className="map-fit button-quiet"),
        ],
        className="map-head",
        **panel("map-head"),
    )


def legend(context: ScreenContext) -> html.Footer:
    """Explain marks and shades with their counts."""
    marks = [
        html.Span(
            [
                html.Span(className=f"mark mark-{urgency.replace('_', '-')}"),
                html.Span(context.say(f"urgency.{urgency}")),
                html.Span(className="value", **data(count=urgency)),
            ],
            className="legend-mark",
        )
        for urgency in URGENCIES
    ]
    scale = html.Span(
        [
            html.Span(context.say("map.per-thousand"), className="scale-name"),
            html.Span([html.I() for _ in range(6)], className="scale-steps"),
            html.Span(className="scale-range"),
        ],
        className="legend-scale",
    )
    return html.Footer(
        [html.Span(marks, className="legend-marks"), data_time(), scale],
        className="legend",
        **panel("legend", "areas"),
        **aria(label=context.say("map.legend")),
    )
