"""What a screen of a room has: who is there, the way to the wall, the tools over the map, the bar of time."""

from __future__ import annotations

from dash import html

from dashboard.components.context import ScreenContext
from dashboard.components.frame import aria, data, panel
from pipelines.config.wall import scenes


def presence(context: ScreenContext) -> html.Div:
    """Name who is in the room; a press opens the list with every display's health."""
    return html.Div(
        className="room-presence",
        hidden=True,
        role="group",
        **aria(label=context.say("room.members")),
        **panel("room-presence"),
    )


def follow_switch(context: ScreenContext) -> html.Div:
    """Offer to follow the wall or to look around freely."""
    return html.Div(
        className="room-follow",
        hidden=True,
        role="group",
        **aria(label=context.say("room.follow-label")),
        **panel("room-follow"),
    )


def wall_now() -> html.Div:
    """Show small what the wall shows."""
    return html.Div(className="room-wall", hidden=True, **panel("room-wall"))


def push() -> html.Div:
    """Offer to cast to the wall, or to take it back."""
    return html.Div(className="room-push", hidden=True, **panel("room-push"), **data(pages=" ".join(scenes())))


def presenter(context: ScreenContext) -> html.Div:
    """Say who presents, and let the presenter answer who asks to take over."""
    return html.Div(
        className="room-presenter",
        hidden=True,
        role="group",
        **aria(label=context.say("room.presenter-label")),
        **panel("room-presenter"),
    )


def moment(context: ScreenContext) -> html.Div:
    """Say that the room looks at another time than now, and lead back."""
    return html.Div(
        className="room-moment",
        hidden=True,
        role="group",
        **aria(label=context.say("room.replay")),
        **panel("room-moment"),
    )


def tools(context: ScreenContext) -> html.Div:
    """Offer lock, pointer, pens, time and kept scenes over the map."""
    return html.Div(
        className="room-tools",
        hidden=True,
        role="toolbar",
        **aria(label=context.say("room.tools"), orientation="vertical"),
        **panel("room-tools"),
    )


def replay(context: ScreenContext) -> html.Section:
    """Move the room's clock over the last day."""
    return html.Section(
        className="room-replay",
        hidden=True,
        **aria(label=context.say("room.replay")),
        **panel("room-replay"),
    )
