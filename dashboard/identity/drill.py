"""Who takes part in an exercise: who asks for it and may; nobody else sees a drill, or life in place of one."""

from __future__ import annotations

from typing import Final

from starlette.requests import HTTPConnection

from pipelines.contract.roles import may
from pipelines.contract.scope import Viewer

HEADER: Final = "citybrain-exercise"
PARAMETER: Final = "exercise"


def is_asked(connection: HTTPConnection) -> bool:
    """Tell whether a page or program asks for the drill's cases instead of the real ones."""
    return "1" in (connection.headers.get(HEADER), connection.query_params.get(PARAMETER))


def may_drill(viewer: Viewer) -> bool:
    """Tell whether somebody may take part; a reporter sees the one case their link is bound to, whichever it is."""
    return viewer.case is not None or may(viewer.roles, "drill")


def without(connection: HTTPConnection) -> str:
    """Return the address of a page outside of the drill."""
    url = connection.url.remove_query_params(PARAMETER)
    return url.path + (f"?{url.query}" if url.query else "")
