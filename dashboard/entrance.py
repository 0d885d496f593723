"""The pages before the screens, drawn without Dash: sign in, pair a wall, join as guest, administer."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from html import escape
from typing import Any, Final

from dash.development.base_component import Component
from fastapi import APIRouter
from fastapi.responses import HTMLResponse, JSONResponse

from pipelines.node import Node

from .components import admin, join, pair, sign_in
from .components.context import ScreenContext
from .components.outline import outline
from .delivery import Delivery
from .identity.reporters import LinkRefused, Reporters
from .skeleton import living

ENTRANCES: Final[dict[str, Callable[[ScreenContext], Component]]] = {
    "sign-in": sign_in.layout,
    "pair": pair.layout,
    "join": join.layout,
    "admin": admin.layout,
}
THEMES: Final = {"pair": ("wall", "wallDark", "deskLight"), "reporter": ("pocket", "deskDark", "deskLight")}
"""What a page borrows its sizes and lights from, where not from the desk."""
FRESH: Final = {"Cache-Control": "no-store"}
REFUSED: Final = {"wrong": 404, "expired": 410}
"""What a reporter's link that opens nothing is answered with."""


def router(node: Node, delivery: Delivery, layouts: dict[str, Callable[..., Any]]) -> APIRouter:
    """Open the pages."""
    routes = APIRouter()
    for name, layout in layouts.items():
        routes.add_api_route(f"/{name}", _page(name, layout, delivery), methods=["GET"], response_class=HTMLResponse)

    @cache
    def city() -> dict[str, Any]:
        return {
            "counts": counts(node),
            "outline": outline([node.geography.features(level) for level in node.geography.levels[:2]]),
        }

    @routes.get("/sign-in/city.json")
    def shape() -> JSONResponse:
        return JSONResponse(city(), headers={"Cache-Control": "private, max-age=300"})

    return routes


def counts(node: Node) -> list[dict[str, Any]]:
    """Count what the city's pack has: its points by layer, its units, its finest areas."""
    geography = node.geography
    told = [{"name": one.name, **_named(one.entry()), "count": len(one.points)} for one in geography.layers.values()]
    units = int(node.query("select count(*) as found from units")["found"][0].as_py())
    finest = geography.levels[-1] if geography.levels else "city"
    areas = sum(1 for area in node.areas.areas.values() if area.level == finest)
    own = [{"name": "units", "count": units}, {"name": f"level.{finest}", "count": areas}]
    return [*told[:1], *(one for one in own if one["count"]), *told[1:2]]


def _named(entry: dict[str, Any]) -> dict[str, str]:
    return {key: entry[key] for key in ("name_zh", "name_en")}


def _page(name: str, layout: Callable[..., Any], delivery: Delivery) -> Callable[..., HTMLResponse]:
    modules = _modules(name, delivery)

    def page(lang: str | None = None, theme: str | None = None) -> HTMLResponse:
        return HTMLResponse(_drawn(name, layout(lang=lang), delivery, modules, lang, theme), headers=FRESH)

    return page


def _modules(name: str, delivery: Delivery) -> str:
    script = name.replace("-", "_")
    loaded = "".join(
        f'<link rel="modulepreload" href="{delivery.root}/{path}">\n'
        for path in delivery.modules(f"js/entrance/{script}.mjs")
    )
    return loaded + f'<script type="module" src="{delivery.root}/js/entrance/{script}.mjs"></script>'


def _drawn(name: str, drawn: Component, delivery: Delivery, modules: str, lang: str | None, theme: str | None) -> str:
    screen, dark, light = THEMES.get(name, ("desk", "deskDark", "deskLight"))
    return PAGE.format(
        language="en" if lang == "en" else "zh-CN",
        screen=screen,
        theme=light if theme == "light" else dark,
        page=name,
        title=escape(str(getattr(drawn, "title", None) or "citybrain")),
        root=delivery.root,
        modules=modules,
        body=living(drawn),
    )


def closed(
    delivery: Delivery, page: Callable[[str], Callable[..., Component]]
) -> Callable[[str, str, str | None], str]:
    """Return what draws the page of a screen that somebody may not open."""

    def draw(screen: str, lang: str, theme: str | None) -> str:
        return _drawn("denied", page(screen)(lang=lang), delivery, "", lang, theme)

    return draw


def reporter(
    delivery: Delivery, reporters: Reporters, layout: Callable[[str | None], Callable[..., Component]]
) -> APIRouter:
    """Open the page of a reporter's link; one that opens nothing says why."""
    routes = APIRouter()
    living_modules = _modules("reporter", delivery)

    @routes.get("/r/{token}", response_class=HTMLResponse)
    def page(token: str, lang: str | None = None, theme: str | None = None) -> HTMLResponse:
        try:
            reporters.read(token)
        except LinkRefused as refused:
            drawn, light = layout(refused.code)(lang=lang), theme or "light"
            return HTMLResponse(_drawn("reporter", drawn, delivery, "", lang, light), REFUSED[refused.code], FRESH)
        return HTMLResponse(
            _drawn("reporter", layout(None)(lang=lang), delivery, living_modules, lang, theme), 200, FRESH
        )

    return routes


PAGE = """<!DOCTYPE html>
<html lang="{language}" data-screen="{screen}" data-theme="{theme}" data-page="{page}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="{root}/styles.css">
<link rel="stylesheet" href="{root}/later.css">
{modules}
<link rel="icon" href="data:,">
</head>
<body>
{body}
</body>
</html>
"""
