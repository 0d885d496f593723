"""The pages: Dash draws every screen into a page that shows its frame at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import dash
from fastapi import FastAPI

from .delivery import Delivery
from .screens import SCREENS
from .skeleton import skeleton


class Screens(dash.Dash):
    """Dash, whose page holds the asked screen's frame and labels already."""

    def interpolate_index(self, **parts: str) -> str:  # type: ignore[override]
        """Put the skeleton of the screen that is asked for into its page."""
        asked = self.backend.request_adapter()
        pages = dash.page_registry.values()
        found = next((page for page in pages if page["path"].rstrip("/") == asked.path.rstrip("/")), None)
        if found:
            drawn = found["layout"](**{name: str(value) for name, value in asked.args.items()})
            parts["app_entry"] += skeleton(drawn)
        # Dash's scripts wait for the page to be painted; they still run in their order
        parts["scripts"] = parts["scripts"].replace("<script src=", "<script defer src=")
        parts["renderer"] = parts["renderer"].replace('type="application/javascript"', 'type="module"')
        return str(super().interpolate_index(**parts))  # type: ignore[no-untyped-call]


def mount_screens(server: FastAPI, delivery: Delivery, layouts: dict[str, Callable[..., Any]]) -> dash.Dash:
    """Put every screen on a server, each under its path; Dash draws, `delivery` brings the rest."""
    app = Screens(
        "citybrain",
        server=cast("Any", server),
        assets_folder="",
        assets_ignore=".*",  # styles and scripts come with the page, in one piece and under the build's own address
        pages_folder="",
        use_pages=True,
        serve_locally=True,
        update_title="",
        index_string=delivery.page(SCREENS),
    )
    for name, layout in layouts.items():
        dash.register_page(name.replace("/", "."), path=f"/{name}", layout=layout)  # type: ignore[no-untyped-call]
    app.layout = dash.html.Div(dash.page_container, id="citybrain")
    return app
