"""Who asks a door: what the middleware found out, as a dependency of FastAPI."""

from __future__ import annotations

from fastapi import HTTPException
from fastapi.requests import HTTPConnection

from pipelines.contract.scope import Viewer


def viewing(connection: HTTPConnection) -> Viewer:
    """Return who asks; raise 401 where that is nobody."""
    viewer = connection.scope.get("viewer")
    if not isinstance(viewer, Viewer):
        raise HTTPException(401, "nobody is signed in here: sign in at /sign-in")
    return viewer
