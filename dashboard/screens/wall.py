"""The wall: the city at a glance, one case, or one theme; read only."""

from __future__ import annotations

import json
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.components.area_map import area_map, inset, legend
from dashboard.components.context import ScreenContext
from dashboard.components.frame import badges, brand, data, freshness, panel, screen, wall_clock
from dashboard.components.numbers import COUNTS, RATES, funnel, league, metrics, ticker
from dashboard.components.wall import callout, day, focus_case, focus_steps, near, near_map, slot
from dashboard.components.wall_themes import bars, grid_counts, rows, safety_counts, shades
from dashboard.components.warnings import warnings
from pipelines.config.wall import scenes


def layout(context: ScreenContext) -> Component:
    """Hand over every panel of every scene; the stage lays those out for which this wall has room."""
    panels = [*_overview(context), *_focus(context), *_themes(context)]
    site = data(site=json.dumps(_site(context), separators=(",", ":")))
    return screen(
        context, "wall", html.Div([_header(context), *panels], className="wall-frame", **panel("wall"), **site)
    )


def _site(context: ScreenContext) -> dict[str, Any]:
    wall = context.wall
    shapes = {name: shape.model_dump() for name, shape in wall.shapes.items()}
    return {
        "digest": wall.digest,
        "viewing": wall.viewing.model_dump(),
        "cabinet_px": wall.cabinet_px,
        "scenes": scenes(),
        "shapes": shapes,
    }


def _header(context: ScreenContext) -> html.Header:
    names = [html.Span(context.say(f"scene.{name}"), **data(scene_name=name), hidden=True) for name in scenes()]
    parts = [
        html.Div([brand(context), html.Span(names, className="scene"), *badges(context)], className="head-what"),
        html.Div([freshness(context), warnings(context), _told("wall-cast")], className="head-state"),
        html.Div([_told("wall-presence"), *wall_clock()], className="head-time"),
    ]
    return html.Header(parts, className="wall-head")


def _told(name: str) -> html.Span:
    """Keep a place for what the room tells; without a room it is not there."""
    return html.Span(className=name, hidden=True, **panel(name))


def _overview(context: ScreenContext) -> list[Component]:
    return [
        slot("counts", metrics(context, COUNTS, "headline", sparks=True)),
        slot("rates", metrics(context, RATES, "stat")),
        slot("day", day(context)),
        slot("map", area_map(context), slot("callout", callout(context)), slot("inset", inset(context))),
        slot("legend", legend(context)),
        slot("funnel", funnel(context)),
        slot("league", league(context)),
        slot("ticker", ticker(context)),
    ]


def _focus(context: ScreenContext) -> list[Component]:
    return [
        slot("case", focus_case()),
        slot("steps", focus_steps(context)),
        slot("near-map", near_map(context)),
        slot("near", near(context)),
    ]


def _themes(context: ScreenContext) -> list[Component]:
    grids, villages = "grid_force", "safety_villages"
    return [
        slot("grid-counts", grid_counts(context)),
        slot("grid-map", area_map(context, reads=grids, shade="wall-patrol"), slot("inset", inset(context))),
        slot("grid-key", shades(context, "silent", ("longer", "week", "today"), "due-soon")),
        slot("grid-silent", rows(context, "grid-silent", grids)),
        slot("grid-towns", bars(context, "grid-towns", grids)),
        slot("safety-counts", safety_counts(context)),
        slot("safety-map", area_map(context, reads=villages, shade="wall-safety")),
        slot("safety-key", shades(context, "touched", ("begun", "near", "named"), "overdue")),
        slot("safety-steps", bars(context, "safety-steps", villages)),
        slot("safety-breaches", rows(context, "safety-breaches", villages)),
        slot("safety-stages", bars(context, "safety-stages", villages)),
    ]
