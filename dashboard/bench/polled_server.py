"""The process of the usual way: a Dash page on the same FastAPI that asks for its numbers every second."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any, cast

import dash
import uvicorn
from dash import Input, Output, dcc, html
from fastapi import FastAPI

from pipelines.node import Node

from .. import app
from ..gateway import Gateway
from . import child, scratch
from .city_server import City
from .crowd import VIEWS
from .ports import free


def build(node: Node) -> FastAPI:
    """Make a page of the wall's views, all told anew by one callback a second."""
    server = FastAPI()
    page = dash.Dash("polled", server=cast("Any", server), pages_folder="")
    page.layout = html.Div([dcc.Interval(id="clock", interval=1000), *(html.Pre(id=view) for view in VIEWS)])
    gateway, viewer, area = Gateway(node), app.local_viewer(node), node.areas.root.id

    @page.callback([Output(view, "children") for view in VIEWS], Input("clock", "n_intervals"))
    def tell(_seconds: int) -> list[str]:
        return [str(gateway.ask(view, area, viewer)) for view in VIEWS]

    return server


async def _serve(city: City) -> None:
    port = free()
    server = uvicorn.Server(app.served(build(city.node), "127.0.0.1", port))
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.02)
    child.obey_beside({"feed": city.feed, "fed": city.fed}, {"port": port})
    await running


def main(data: str) -> None:
    """Serve the page of a city's node until the parent leaves."""
    with scratch.node(Path(data)) as node:
        city = City(node)
        node.start()
        asyncio.run(_serve(city))


if __name__ == "__main__":
    main(*sys.argv[1:])
