"""What maps are made of: the tree of areas, their shapes, points, names, the day's scale of colour, the basemap."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from fastapi import APIRouter, HTTPException
from fastapi.responses import FileResponse, JSONResponse

from dashboard.gateway import Gateway
from pipelines.node import Node

TILES = "application/vnd.pmtiles"
KEEP = {"Cache-Control": "private, max-age=300"}


def router(node: Node, gateway: Gateway) -> APIRouter:
    """Serve maps their parts."""
    routes = APIRouter(prefix="/geo")
    _mount_areas(routes, node)
    _mount_points(routes, node)
    _mount_scale(routes, node, gateway)
    _mount_basemap(routes, node)
    return routes


def _mount_areas(routes: APIRouter, node: Node) -> None:
    @cache
    def tree() -> dict[str, Any]:
        return node.geography.index() | {"basemap": node.config.basemap is not None}

    @routes.get("/index.json")
    def index() -> JSONResponse:
        return JSONResponse(tree())

    @routes.get("/{level}.geojson")
    def level_shapes(level: str) -> JSONResponse:
        return JSONResponse(node.geography.features(level), headers=KEEP)


def _mount_points(routes: APIRouter, node: Node) -> None:
    @routes.get("/layers/{name}.geojson")
    def points(name: str) -> JSONResponse:
        layers = node.geography.layers
        if name not in layers:
            raise HTTPException(404, f"layer {name!r} is not one of {', '.join(layers) or 'none'}")
        return JSONResponse(layers[name].features(), headers=KEEP)

    @cache
    def names() -> list[dict[str, Any]]:
        return node.geography.places()

    @routes.get("/places.json")
    def places() -> JSONResponse:
        return JSONResponse(names(), headers=KEEP)


def _mount_scale(routes: APIRouter, node: Node, gateway: Gateway) -> None:
    known: dict[date, list[dict[str, Any]]] = {}

    @routes.get("/scale.json")
    def scale() -> JSONResponse:
        today = node.now().astimezone(node.config.city.zone).date()
        if today not in known:
            known.clear()
            known[today] = gateway.scale()
        return JSONResponse(
            {"day": today.isoformat(), "levels": {row.pop("level"): row for row in map(dict, known[today])}}
        )


def _mount_basemap(routes: APIRouter, node: Node) -> None:
    @routes.get("/basemap.pmtiles")
    def basemap() -> FileResponse:
        if node.config.basemap is None:
            raise HTTPException(404, "this city has no `basemap`")
        # packed parts would no longer be the parts that were asked for
        plain = {"Content-Encoding": "identity"}
        return FileResponse(node.config.resolve(node.config.basemap.file), headers=plain, media_type=TILES)
