"""The cookies of sessions and paired walls: no script reads them, behind TLS they never leave it."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie

from starlette.requests import HTTPConnection
from starlette.responses import Response

SESSION, DEVICE = "citybrain", "citybrain-device"
YEARS = 10 * 365 * 24 * 3600


def read(connection: HTTPConnection) -> tuple[str | None, str | None]:
    """Return the session's and the device's token."""
    jar: SimpleCookie = SimpleCookie()
    for line in connection.headers.getlist("cookie"):
        try:
            jar.load(line)
        except CookieError:
            continue
    session, device = jar.get(SESSION), jar.get(DEVICE)
    return session.value if session else None, device.value if device else None


def keep(connection: HTTPConnection, response: Response, name: str, token: str, seconds: int | None = None) -> None:
    """Put a token into an answer; without a time it goes with the browser."""
    secure = connection.scope.get("scheme") in ("https", "wss")
    response.set_cookie(name, token, max_age=seconds, path="/", httponly=True, samesite="lax", secure=secure)


def clear(connection: HTTPConnection, response: Response, name: str) -> None:
    """Take a token back."""
    secure = connection.scope.get("scheme") in ("https", "wss")
    response.delete_cookie(name, path="/", httponly=True, samesite="lax", secure=secure)
