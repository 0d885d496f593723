"""What a browser loads: scripts, style sheets and fonts, under an address that names the build, to be kept."""

from __future__ import annotations

import base64
import gzip
import hashlib
import mimetypes
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

IMPORT = re.compile(r"""(?:^|\n)\s*(?:import|export)\b[^;'"]*?from\s*["'](\.[^"']+)["']""")
RELATIVE_URL = re.compile(r"""url\(\s*["']?(?!["']|data:|/)([^"')]+)["']?\s*\)""")
FOREVER = "public, max-age=31536000, immutable"
PACKED = {".css", ".js", ".mjs", ".json", ".svg"}
mimetypes.add_type("text/javascript", ".mjs")
mimetypes.add_type("font/woff2", ".woff2")
SHEETS = {"styles.css": ("css/*.css",), "later.css": ("fonts/*/*.css", "vendor/*/*.css")}
"""Style sheets by name; nobody waits for `later.css`, whose fonts and libraries are long."""
ENTRY = "js/main.mjs"
KEPT_PACKED = 256


class Delivery:
    """Hand out the files under `assets/` of one build."""

    def __init__(self, folder: Path, build: str) -> None:
        """Serve a folder; ``build`` becomes part of every address."""
        self._folder = folder.resolve()
        self.root = f"/built/{build}"
        self._packed = lru_cache(KEPT_PACKED)(_pack)

    def router(self) -> APIRouter:
        """Return the door to the files; an older build's address gives the present file, unkept."""
        doors = APIRouter()

        @doors.get("/built/{build}/{path:path}")
        def file(build: str, path: str, request: Request) -> Response:
            kept = FOREVER if self.root == f"/built/{build}" else "no-cache"
            return self._answer(path, kept, packed="gzip" in request.headers.get("accept-encoding", ""))

        return doors

    def page(self, screens: Iterable[str]) -> str:
        """Return the page that every screen begins as; what each needs is fetched before Dash has drawn it."""
        modules = "".join(f'<link rel="modulepreload" href="{self.root}/{path}">\n' for path in self.modules(ENTRY))
        own = {screen: [f"{self.root}/{path}" for path in self._own(screen)] for screen in screens}
        wanted = "".join(f'<link data-of="{name}" data-modules="{" ".join(paths)}">\n' for name, paths in own.items())
        return PAGE.format(root=self.root, modules=modules, wanted=wanted, boot=self._boot())

    @property
    def boot_hash(self) -> str:
        """Name the page's first script to a content security policy."""
        return f"'sha256-{base64.b64encode(hashlib.sha256(self._boot().encode()).digest()).decode()}'"

    def _boot(self) -> str:
        """Return what marks a page before its first paint: a request of its own would hold that up."""
        return (self._folder / "js/00-boot.js").read_text(encoding="utf-8")

    def files(self, screen: str) -> list[str]:
        """List the addresses of all that a screen needs to open without a server, fonts aside."""
        vendored = sorted(self._folder.glob("vendor/maplibre-gl/*.*js"))
        paths = [*SHEETS, "js/00-boot.js", *self.modules(ENTRY), *self._own(screen)]
        return [f"{self.root}/{path}" for path in [*paths, *(v.relative_to(self._folder).as_posix() for v in vendored)]]

    def modules(self, entry: str) -> list[str]:
        """List a module and all it imports, each once."""
        found: dict[str, None] = {}
        waiting = [entry]
        while waiting:
            path = waiting.pop(0)
            if path not in found and (file := self._folder / path).is_file():
                found[path] = None
                waiting += [_beside(path, other) for other in IMPORT.findall(file.read_text(encoding="utf-8"))]
        return list(found)

    def stylesheet(self, name: str) -> str:
        """Return a sheet made of many: what a page needs to be drawn, or what may come after."""
        return "\n".join(self._style(file) for part in SHEETS[name] for file in sorted(self._folder.glob(part)))

    def _own(self, screen: str) -> list[str]:
        shared = set(self.modules(ENTRY))
        return [path for path in self.modules(f"js/screens/{screen.split('/')[-1]}.mjs") if path not in shared]

    def _style(self, file: Path) -> str:
        place = file.parent.relative_to(self._folder).as_posix()
        return RELATIVE_URL.sub(lambda found: f'url("{place}/{found[1]}")', file.read_text(encoding="utf-8"))

    def _answer(self, path: str, kept: str, *, packed: bool) -> Response:
        file = (self._folder / path).resolve()
        if path not in SHEETS and not (file.is_relative_to(self._folder) and file.is_file()):
            raise HTTPException(404, f"there is no file {path!r} in this build")
        content = self.stylesheet(path).encode() if path in SHEETS else file.read_bytes()
        headers = {"Cache-Control": kept, "Vary": "Accept-Encoding"}
        if packed and Path(path).suffix in PACKED:
            content = self._packed(content)
            headers["Content-Encoding"] = "gzip"
        return Response(
            content, media_type=mimetypes.guess_type(path)[0] or "application/octet-stream", headers=headers
        )


def _pack(content: bytes) -> bytes:
    return gzip.compress(content, 6, mtime=0)


def _beside(path: str, other: str) -> str:
    """Resolve an import as written in a module."""
    parts = Path(path).parent.parts
    for step in Path(other).parts:
        parts = parts[:-1] if step == ".." else parts if step == "." else (*parts, step)
    return "/".join(parts)


PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
{{%metas%}}
<title>{{%title%}}</title>
<link rel="icon" type="image/svg+xml" href="{root}/icons/pocket.svg">
{wanted}<script data-root="{root}/">{boot}</script>
<link rel="stylesheet" href="{root}/styles.css">
{modules}{{%css%}}
</head>
<body>
{{%app_entry%}}
<footer>
{{%config%}}
{{%scripts%}}
{{%renderer%}}
</footer>
</body>
</html>
"""
