"""Who may knock: pages and sockets of our own address only, and a page may load nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class Doorkeeper:
    """Refuse foreign Host and Origin headers (DNS rebinding, cross-site sockets); set the headers of a locked page."""

    def __init__(
        self, app: ASGIApp, hosts: Sequence[str], policy: Callable[[], str], proxies: Sequence[str] = ()
    ) -> None:
        """Guard an application that answers for these host names; loopback names always count.

        Only ``proxies`` (addresses or networks) are believed what they say of whom they speak for.
        """
        self._app = app
        self._hosts = {host.lower() for host in hosts}
        self._policy = policy
        self._proxies = [ip_network(proxy, strict=False) for proxy in proxies]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        scope = self._spoken_for(scope)
        if reason := self._objection(scope):
            await self._refuse(scope, receive, send, reason)
            return
        await self._app(scope, receive, self._locked(send, scope["scheme"] in ("https", "wss")))

    def _spoken_for(self, scope: Scope) -> Scope:
        """Return a request as the proxy that brings it says it was; anyone else's word counts for nothing."""
        if not self._trusted(scope["client"][0] if scope.get("client") else ""):
            return scope
        headers = Headers(scope=scope)
        scope = dict(scope)
        hops = [hop.strip() for hop in headers.get("x-forwarded-for", "").split(",") if hop.strip()]
        # whatever lies before the last hop that is not a proxy of ours could have been written by anyone
        real = next((hop for hop in reversed(hops) if not self._trusted(hop)), None)
        if real:
            scope["client"] = (real[:64], 0)
        if headers.get("x-forwarded-proto", "").split(",")[-1].strip() == "https":
            scope["scheme"] = "wss" if scope["type"] == "websocket" else "https"
        return scope

    def _trusted(self, address: str) -> bool:
        try:
            return any(ip_address(address) in proxy for proxy in self._proxies)
        except ValueError:
            return False

    def _objection(self, scope: Scope) -> str | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not self._known(_name(host)):
            return f"host {host!r} is not served here; open the address that citybrain prints"
        origin = headers.get("origin")
        changes = scope["type"] == "websocket" or scope["method"] not in SAFE_METHODS
        if changes and origin is not None and not _same_origin(origin, host, scope["scheme"]):
            return f"origin {origin!r} may not connect to {host!r}"
        return None

    def _known(self, name: str) -> bool:
        if name.lower() in self._hosts or name == "localhost":
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

    def _locked(self, send: Send, by_tls: bool) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                # a file of somebody else's making brings a stricter one
                headers.setdefault("Content-Security-Policy", self._policy())
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "same-origin"
                if by_tls:
                    headers["Strict-Transport-Security"] = "max-age=31536000"
                headers["Permissions-Policy"] = "geolocation=(self), camera=(), microphone=(self), payment=(), usb=()"
            await send(message)

        return sending


def policy(script_hashes: Sequence[str]) -> str:
    """Return the content security policy of our pages: everything from this machine, inline scripts by hash."""
    scripts = " ".join(["'self'", *script_hashes])
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "media-src 'self' blob:; "
        "worker-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; "
        "frame-ancestors 'none'"
    )


def _same_origin(origin: str, host: str, scheme: str) -> bool:
    """Tell whether a page of our own asks: same name and port; behind TLS also by TLS."""
    parts = urlsplit(origin)
    return parts.netloc == host and (scheme not in ("https", "wss") or parts.scheme == "https")


def _name(host: str) -> str:
    """Return a Host header without its port."""
    return (urlsplit(f"//{host}").hostname or "") if host else ""
