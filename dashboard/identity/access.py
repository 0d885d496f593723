"""Around everything inside the doorkeeper: who is looking, what they may open, how often they may knock."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from pipelines.contract.roles import ROLES, screens_of
from pipelines.contract.scope import Device, Viewer
from pipelines.errors import RegistryError

from ..refusal import refuse
from . import cookies, drill
from .gate import Gate
from .rates import Rates
from .reporters import HEADER, Reporters

SAFE: Final = {"GET", "HEAD", "OPTIONS"}
OPEN: Final = (
    "/health", "/sign-in", "/pair", "/join", "/catalogue", "/built", "/api/sign-in", "/api/sign-out", "/api/pairing",
    "/api/guests", "/_dash-layout", "/_dash-dependencies", "/_dash-component-suites",
    "/manifest.webmanifest", "/service-worker.js", "/geo/index.json", "/r",
)  # fmt: skip
"""What opens to everybody: nothing of it knows a case."""
BY_KEY: Final = ("/open311",)
"""What asks for a key itself, takes no cookie, and counts knocks itself, to refuse in its own words."""
NOT_WATCHED: Final = ("/_dash-update-component", "/api/sign-out", "/api/view-as")
"""What who views as another may still send."""
SCREENS: Final = frozenset().union(*(role.screens for role in ROLES.values()))
NOBODY = 4401
ROOT: Final = "root"
"""Names the area a screen begins with, where that is not the city."""
Closed = Callable[[str, str, str | None], str]
"""Draws the page of a screen somebody may not open: which screen, in which language and light."""


def _plain(screen: str, _language: str, _theme: str | None) -> str:
    """Say in one line that a screen is not for whoever asks, and for whom it is."""
    return f"403: {screen} is for {', '.join(role.name for role in ROLES.values() if screen in role.screens)}"


class Access:
    """Say who is looking (`scope["viewer"]`), send the rest to the sign-in page."""

    def __init__(
        self,
        app: ASGIApp,
        local: Viewer | None,
        gate: Gate | None,
        closed: Closed = _plain,
        reporters: Reporters | None = None,
    ) -> None:
        """Guard an application: by a gate, or, where nobody signs in, for the one local viewer.

        ``closed`` draws the page of a screen somebody may not open: for whom, and in which language and light.
        ``reporters`` knows who brings the link of a case they reported.
        """
        self._reporters = reporters
        self._closed = closed
        self._app = app
        self._local = local
        self._gate = gate
        self._rates = Rates()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, with who is looking; or answer it here."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        try:
            viewer = await self._who(connection)
        except RegistryError as error:
            await self._answer(scope, receive, send, refuse("away", 503, str(error), _language(connection)))
            return
        scope["viewer"] = viewer = _in_front_of(viewer, connection)
        scope["device"] = (viewer and viewer.device) or _device(None, connection)
        if self._gate and (refusal := await self._objection(self._gate, viewer, connection)):
            await self._answer(scope, receive, send, refusal)
            return
        await self._app(scope, receive, send)

    async def _who(self, connection: HTTPConnection) -> Viewer | None:
        if self._reporters and (token := connection.headers.get(HEADER)) is not None:
            # a link counts alone: whoever else this browser is, on the reporter's page it is the reporter
            method, path = connection.scope.get("method", ""), connection.url.path
            return await run_in_threadpool(self._reporters.viewer, token, method, path)
        if self._gate is None:
            return self._local
        kind, _, key = connection.headers.get("authorization", "").partition(" ")
        bearer = key.strip() if kind.lower() == "bearer" and not _is_console(connection) else None
        session, device = cookies.read(connection)
        if bearer is None and session is None and device is None:
            return None
        return await run_in_threadpool(self._gate.recognise, bearer, session, device)

    async def _objection(self, gate: Gate, viewer: Viewer | None, connection: HTTPConnection) -> Response | None:
        path, method = connection.url.path, connection.scope.get("method", "GET")
        device: Device = connection.scope["device"]
        if _is_console(connection) or _under(path, BY_KEY):
            return None
        who = viewer.session if viewer and viewer.session else _address(connection)
        if seconds := self._rates.wait(who, method, path, time.monotonic()):
            detail, later = f"too many requests: wait {seconds} s", {"Retry-After": str(seconds)}
            return refuse("too_often", 429, detail, _language(connection), later, seconds=seconds)
        if method not in SAFE and (refused := _unasked(viewer, connection)):
            await run_in_threadpool(gate.denials.note, viewer, f"{method}: {refused[0]}", path, device)
            return refuse(refused[0], 403, refused[1], _language(connection))
        if path == "/" or _under(path, OPEN):
            return None
        if viewer is None:
            return _to_sign_in(connection)
        screen = path.strip("/")
        if viewer.exercise and not drill.may_drill(viewer):
            return _out_of_drill(connection)
        if screen in SCREENS and screen not in screens_of(viewer.roles):
            await run_in_threadpool(gate.denials.note, viewer, f"screen {screen}", path, device)
            asked = connection.query_params
            return HTMLResponse(self._closed(screen, asked.get("lang", ""), asked.get("theme")), 403)
        return _to_own_area(gate, viewer, connection) if screen in SCREENS else None

    async def _answer(self, scope: Scope, receive: Receive, send: Send, response: Response) -> None:
        if scope["type"] == "http":
            await response(scope, receive, send)
            return
        # a socket hears why only after it was accepted: browsers tell a page nothing of one that was refused
        await receive()
        await send({"type": "websocket.accept"})
        code = NOBODY if scope.get("viewer") is None else 1008
        await send({"type": "websocket.close", "code": code, "reason": "sign in first"})


def _to_own_area(gate: Gate, viewer: Viewer, connection: HTTPConnection) -> Response | None:
    """Let the screens of who answers for a part of the city begin there: what lies around is not theirs."""
    root = connection.query_params.get(ROOT)
    if viewer.scope.covers(gate.tree, gate.tree.root.id) or not viewer.scope.areas:
        return None
    if root in gate.tree.areas and viewer.scope.covers(gate.tree, root):
        return None
    own = connection.url.remove_query_params("area").include_query_params(**{ROOT: min(viewer.scope.areas)})
    return RedirectResponse(f"{own.path}?{own.query}", 303)


def _in_front_of(viewer: Viewer | None, connection: HTTPConnection) -> Viewer | None:
    """Narrow who looks to the class of screen they look at."""
    if viewer is None:
        return None
    screen = _screen(connection)
    seen = viewer.on(screen) if screen else viewer
    # whose link is bound to a case is where that case is; outsiders' doors know of no drill
    outside = _under(connection.url.path, BY_KEY)
    exercise = seen.exercise if seen.case else drill.is_asked(connection) and not outside
    return replace(seen, device=_device(seen, connection), exercise=exercise)


def _screen(connection: HTTPConnection) -> str | None:
    named = connection.headers.get("citybrain-screen") or connection.query_params.get("screen")
    screen = named or connection.url.path.strip("/")
    return screen if screen in SCREENS else None


def _device(viewer: Viewer | None, connection: HTTPConnection) -> Device:
    """Say for the audit what somebody looks with."""
    # who signed in has an account's name; what a room calls a wall or a guest, or a program its key, names the device
    by_key = viewer is not None and (viewer.room is not None or "authorization" in connection.headers)
    name = viewer.name if viewer and by_key else connection.headers.get("user-agent", "")
    return Device(
        _address(connection), name[:200], (viewer and viewer.screen) or _screen(connection) or _page(connection)
    )


def _page(connection: HTTPConnection) -> str | None:
    """Return the screen whose page says that it asks: good to know, nothing to rely on."""
    parts = connection.headers.get("referer", "")[:2000].partition("?")[0].split("/", 3)
    path = parts[3].strip("/") if len(parts) > 3 else ""
    return path if path in SCREENS else None


def _unasked(viewer: Viewer | None, connection: HTTPConnection) -> tuple[str, str] | None:
    """Return why something may not be changed by a request: no page of ours sent it, or somebody only looks."""
    path = connection.url.path
    if path.startswith("/_dash-"):
        return None
    by_key = connection.headers.get("authorization", "").lower().startswith("bearer ")
    if not by_key and connection.headers.get("citybrain-request") != "1":
        return "not_asked", "a change needs the header citybrain-request: 1, which only our own pages send"
    if viewer and viewer.seen_by and not _under(path, NOT_WATCHED):
        return "only_looking", "who views as another changes nothing"
    return None


def _to_sign_in(connection: HTTPConnection) -> Response:
    path = connection.url.path
    is_page = path.strip("/") in SCREENS
    if connection.scope["type"] == "websocket" or not is_page:
        return refuse("nobody", 401, "nobody is signed in here: sign in at /sign-in", _language(connection))
    if path.strip("/") == "wall":
        return RedirectResponse("/pair", 303)
    asked = path + (f"?{connection.url.query}" if connection.url.query else "")
    return RedirectResponse(f"/sign-in?next={quote(asked, safe='')}", 303)


def _out_of_drill(connection: HTTPConnection) -> Response:
    if connection.scope["type"] == "http" and connection.url.path.strip("/") in SCREENS:
        return RedirectResponse(drill.without(connection), 303)
    return refuse("no_drill", 403, "your roles take no part in an exercise", _language(connection))


def _is_console(connection: HTTPConnection) -> bool:
    """Tell whether it knocks at the admin side of commands, which has a guard of its own."""
    return connection.url.path.startswith("/admin/")


def _under(path: str, roots: tuple[str, ...]) -> bool:
    return any(path == root or path.startswith(root + "/") for root in roots)


def _language(connection: HTTPConnection) -> str:
    return connection.query_params.get("lang", "zh")


def _address(connection: HTTPConnection) -> str:
    return connection.client.host if connection.client else "?"
