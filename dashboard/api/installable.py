"""The phone as an app: its manifest, its service worker, and its page for when no server answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, JSONResponse, Response

from .. import catalogue
from ..theme.tokens import tokens

PRESENT = {"Cache-Control": "no-cache"}
KEPT_REFERENCES = ("/geo/index.json", "/api/reports/form", "/catalogue/zh.json", "/catalogue/en.json")


def router(
    names: Mapping[str, str], build: str, root: str, files: Sequence[str], screen: Callable[[str], str]
) -> APIRouter:
    """Return its doors; ``files`` below ``root`` are what the page needs, ``screen`` draws it in a language."""
    doors = APIRouter()

    @doors.get("/manifest.webmanifest")
    def manifest(lang: str = "zh") -> JSONResponse:
        told = _manifest(names, root, _language(lang))
        return JSONResponse(told, headers=PRESENT, media_type="application/manifest+json")

    @doors.get("/service-worker.js")
    def worker() -> Response:
        return Response(
            _worker(build, root, files),
            media_type="text/javascript",
            headers=PRESENT | {"Service-Worker-Allowed": "/"},
        )

    @doors.get("/pocket/shell/{lang}")
    def shell(lang: str) -> HTMLResponse:
        language = _language(lang)
        title = f"{escape(catalogue.text(language, 'brand', city=names[language]))}"
        page = PAGE.format(lang="en" if language == "en" else "zh-CN", title=title, root=root, screen=screen(language))
        return HTMLResponse(page, headers=PRESENT)

    return doors


def _language(asked: str) -> catalogue.Language:
    return "en" if asked == "en" else "zh"


def _manifest(names: Mapping[str, str], root: str, language: catalogue.Language) -> dict[str, Any]:
    title = catalogue.text(language, "pocket.title")
    ground = tokens()["themes"]["deskDark"]["surface"]["ground"]
    icons = [("pocket-192.png", "192x192", "any"), ("pocket-512.png", "512x512", "any"),
             ("pocket-maskable-512.png", "512x512", "maskable")]  # fmt: skip
    return {
        "id": "/pocket",
        "name": f"{catalogue.text(language, 'brand', city=names[language])} · {title}",
        "short_name": title,
        "lang": "en" if language == "en" else "zh-CN",
        "start_url": f"/pocket?lang={language}",
        "scope": "/",
        "display": "standalone",
        "background_color": ground,
        "theme_color": ground,
        "icons": [
            {"src": f"{root}/icons/{name}", "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes, purpose in icons
        ],
    }


def _worker(build: str, root: str, files: Sequence[str]) -> str:
    shells = {language: f"/pocket/shell/{language}" for language in catalogue.LANGUAGES}
    kept = {"build": build, "root": f"{root}/", "shells": shells, "files": [*files, *KEPT_REFERENCES]}
    return f'import {{ work }} from "{root}/js/pocket/worker.mjs";\nwork(self, {json.dumps(kept)});\n'


PAGE = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>{title}</title>
<script data-root="{root}/" src="{root}/js/00-boot.js"></script>
<link rel="stylesheet" href="{root}/styles.css">
<link rel="manifest" href="/manifest.webmanifest?lang={lang}">
</head>
<body>
<div id="react-entry-point">{screen}</div>
</body>
</html>
"""
