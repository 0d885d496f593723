"""The wall's theme scenes: which grids are looked after, how far safety creation is."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.components.context import ScreenContext
from dashboard.components.frame import data, heading, panel

GRID_FACTS = ("patrolled", "silent", "vacant")
SAFETY_FACTS = ("named", "touched")


def grid_counts(context: ScreenContext) -> html.Section:
    """Count the grids patrolled today, those fallen silent, those without a full-time worker."""
    return _facts(context, "grid", GRID_FACTS, "grid_force")


def safety_counts(context: ScreenContext) -> html.Section:
    """Count the villages named this year, and those with a red line touched and not put right."""
    return _facts(context, "safety", SAFETY_FACTS, "safety_villages")


def bars(context: ScreenContext, kind: str, view: str) -> html.Section:
    """Compare streets or batches by a bar each."""
    return _list(context, kind, view, f"bars {kind}")


def rows(context: ScreenContext, kind: str, view: str) -> html.Section:
    """List what needs someone, the most pressing first."""
    return _list(context, kind, view, f"needs {kind}")


def shades(context: ScreenContext, kind: str, steps: tuple[str, ...], mark: str) -> html.Footer:
    """Explain the shades and the mark of a theme's map."""
    keys = [
        html.Span(
            [html.I(className=f"shade-key shade-{at}"), html.Span(context.say(f"shade.{step}"))],
            className="legend-mark",
        )
        for at, step in enumerate(steps)
    ]
    sign = html.Span(
        [html.Span(className=f"mark mark-{mark}"), html.Span(context.say(f"shade.{kind}"))], className="legend-mark"
    )
    return html.Footer([*keys, sign], className="legend shade-keys")


def _list(context: ScreenContext, kind: str, view: str, names: str) -> html.Section:
    return html.Section(
        [heading(context.say(f"theme.{kind}")), html.Ol(className="roll-list", **data(rows="true"))],
        className=f"panel rolls {names}",
        **panel(kind, view),
    )


def _facts(context: ScreenContext, family: str, names: tuple[str, ...], view: str) -> html.Section:
    return html.Section(
        [_fact(context, name) for name in names],
        className="facts",
        **panel(f"{family}-counts", view),
    )


def _fact(context: ScreenContext, name: str) -> Component:
    return html.Div(
        [
            html.H2(context.say(f"fact.{name}"), className="metric-name"),
            html.P([html.Span(className="value"), html.Span(className="unit")], className="metric-number"),
            html.P(className="metric-compare"),
        ],
        className="metric fact",
        **data(fact=name),
    )
