"""The frame of a page that is not a screen of the city: before somebody is known, and behind the scenes."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.components.context import ScreenContext
from dashboard.components.frame import data


def plain(context: ScreenContext, name: str, *children: Component) -> html.Main:
    """Wrap a page; its `data-` attributes are all the scripts know of the server."""
    return html.Main(
        list(children),
        id="screen",
        className=f"entrance {name}",
        title=None,
        **data(
            name=name,
            lang=context.language,
            root=context.root_area,
            city_name=context.city_name,
            time_zone=context.city.time_zone,
            build=context.build,
            simulated=str(context.city.data == "simulated").lower(),
        ),
    )
