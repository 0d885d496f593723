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

    ``shade`` names a way registered in `assets/js/map/shades.mjs`; ``frame`` holds the codes of areas to look at instead
    of the chosen one.
    """
    return html.Section(
        [
            html.Div(className="map-canvas", role="application", **aria(label=context.say("map.label"))),
            html.Div(className="map-hatch"),
            html.Div(className="map-card", hidden=True),
        ],
        className="map",
        **panel("map", reads),
        **data(map=mode, shade=shade, frame=frame),
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
