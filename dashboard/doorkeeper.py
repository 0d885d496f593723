"""Who may knock: pages and sockets of our own address only, and a page may load nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class Doorkeeper:
    """Refuse foreign Host and Origin headers (DNS rebinding, cross-site sockets); set the headers of a locked page."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str], policy: Callable[[], str]) -> None:
        """Guard an application that answers for these host names; loopback names always count."""
        self._app = app
        self._hosts = set(hosts)
        self._policy = policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        if reason := self._objection(scope):
            await self._refuse(scope, receive, send, reason)
            return
        await self._app(scope, receive, self._locked(send))

    def _objection(self, scope: Scope) -> str | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not self._known(_name(host)):
            return f"host {host!r} is not served here; open the address that citybrain prints"
        origin = headers.get("origin")
        changes = scope["type"] == "websocket" or scope["method"] not in SAFE_METHODS
        if changes and origin is not None and urlsplit(origin).netloc != host:
            return f"origin {origin!r} may not connect to {host!r}"
        return None

    def _known(self, name: str) -> bool:
        if name in self._hosts or name == "localhost":
            return True
        try:
            return ip_address(name).is_loopback
        except ValueError:
            return False

    async def _refuse(self, scope: Scope, receive: Receive, send: Send, reason: str) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": reason[:120]})
        else:
            await PlainTextResponse(reason, status_code=403)(scope, receive, send)

    def _locked(self, send: Send) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = self._policy()
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
                headers["Permissions-Policy"] = "geolocation=(self), camera=(), microphone=(), payment=(), usb=()"
            await send(message)

        return sending


def policy(script_hashes: Sequence[str]) -> str:
    """Return the content security policy of our pages: everything from this machine, inline scripts by hash."""
    scripts = " ".join(["'self'", *script_hashes])
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "worker-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; "
        "frame-ancestors 'none'"
    )


def _name(host: str) -> str:
    """Return a Host header without its port."""
    return (urlsplit(f"//{host}").hostname or "") if host else ""
