"""The desk: the queue, the map with who is near, one case with its way and its log."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.components.area_map import area_map, legend, map_head
from dashboard.components.context import ScreenContext
from dashboard.components.drawer import drawer, hands
from dashboard.components.frame import aria, badges, brand, data, freshness, panel, screen
from dashboard.components.manner import manners
from dashboard.components.numbers import COUNTS, RATES, funnel, league, metrics, ticker
from dashboard.components.queue import queue, search_box
from dashboard.components.room import follow_switch, moment, presence, presenter, push, replay, tools, wall_now
from dashboard.components.warnings import warnings

PANES = ("queue", "map", "case")


def layout(context: ScreenContext) -> Component:
    """Lay the desk out: queue, map, and the area's numbers until a case is chosen."""
    columns = html.Div([queue(context), _middle(context), _side(context)], className="columns")
    return screen(context, "desk", _bar(context), warnings(context), _tabs(context), columns)


def _bar(context: ScreenContext) -> html.Header:
    path = html.Nav(className="path", **aria(label=context.say("desk.path")), **panel("path"))
    return html.Header(
        [
            brand(context),
            path,
            search_box(),
            html.Span(badges(context), className="bar-badges"),
            freshness(context),
            moment(context),
            presence(context),
            presenter(context),
            follow_switch(context),
            wall_now(),
            push(),
            _preferences(context),
            html.Span(hidden=True, **panel("keys")),
        ],
        className="bar-top",
    )


def _preferences(context: ScreenContext) -> html.Div:
    """Offer language, light and the keys; folded away where the room needs the place."""
    keys = html.Button(
        context.say("keys.mark"),
        type="button",
        className="manner keys-open",
        **aria(label=context.say("keys.title"), haspopup="dialog"),
    )
    return html.Div(
        [
            html.Button(type="button", className="preferences-open", **aria(haspopup="true", expanded="false")),
            html.Div([*manners(context), keys], className="bar-manners"),
        ],
        className="preferences",
        **panel("preferences"),
    )


def _tabs(context: ScreenContext) -> html.Nav:
    """Offer the three panes one at a time, where the screen is too narrow for all."""
    tabs = [
        html.Button(context.say(f"pane.{name}"), type="button", className="desk-tab", **data(pane=name))
        for name in PANES
    ]
    return html.Nav(tabs, className="desk-tabs", **aria(label=context.say("desk.panes")), **panel("panes"))


def _middle(context: ScreenContext) -> html.Div:
    ground = html.Div(
        [area_map(context, mode="choose"), map_head(context), tools(context), legend(context), replay(context)],
        className="card map-card-frame",
    )
    return html.Div([ground, hands(context)], className="middle")


def _side(context: ScreenContext) -> html.Aside:
    summary = html.Div(
        [metrics(context, (*COUNTS, *RATES), "grid"), funnel(context), league(context), ticker(context)],
        className="card summary",
        role="group",
        tabIndex=0,
        **aria(label=context.say("desk.summary")),
    )
    return html.Aside([summary, drawer(context)], className="side", **aria(label=context.say("pane.case")))
