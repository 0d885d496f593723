"""Who looks, of a request: what the middleware found out, or the local viewer where nobody signs in."""

from __future__ import annotations

from fastapi import HTTPException, Request

from pipelines.contract.scope import Viewer


def viewing(request: Request) -> Viewer:
    """Return who asks; answer 401 if nobody is known."""
    viewer: Viewer | None = request.scope.get("viewer") or getattr(request.app.state, "viewer", None)
    if viewer is None:
        raise HTTPException(401, "sign in first")
    screen = request.headers.get("citybrain-screen") or request.query_params.get("screen")
    return viewer.on(screen) if screen else viewer
