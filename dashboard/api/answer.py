"""What every door answers with: what was found as JSON, or why not, under the status that says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Final

import msgspec
from fastapi import Depends
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse, Response

from pipelines.contract.scope import Viewer
from pipelines.errors import (
    AreaError,
    CitybrainError,
    LogError,
    QueryEnded,
    QueryError,
    QueryTooLong,
    RegistryError,
    ScopeError,
    TooManyQuestions,
    ViewError,
)

from ..identity.viewing import viewing
from ..refusal import refuse

Looking = Annotated[Viewer, Depends(viewing)]
"""Who asks at a door."""
MEANT: Final[tuple[tuple[type[CitybrainError], str, int], ...]] = (
    (ScopeError, "outside_scope", 403),
    (AreaError, "no_such_area", 404),
    (ViewError, "no_such_view", 404),
    (QueryEnded, "ended", 499),
    (TooManyQuestions, "busy", 503),
    (QueryTooLong, "took_too_long", 504),
    (LogError, "later", 503),
    (RegistryError, "later", 503),
    (QueryError, "bad_question", 400),
)
"""What an error of the node is at a door; the first that fits."""
OTHERWISE: Final = ("bad_question", 400)
Write = Callable[[Any, int], Response]


def written(found: Any, status: int = 200) -> Response:  # noqa: ANN401
    """Write what views and metrics found."""
    return JSONResponse(jsonable_encoder(found), status)


def packed(found: Any, status: int = 200) -> Response:  # noqa: ANN401
    """Write what may have many rows."""
    return Response(msgspec.json.encode(found), status, media_type="application/json")


def refused(error: CitybrainError, lang: str = "zh") -> Response:
    """Answer with an error of the node."""
    code, status = next(((code, status) for kind, code, status in MEANT if isinstance(error, kind)), OTHERWISE)
    return refuse(code, status, str(error), lang)


def answer(work: Callable[[], Any], write: Write = written) -> Response:
    """Do the work of a door and write what it found, or the error it met."""
    try:
        found = work()
    except CitybrainError as error:
        return refused(error)
    return found if isinstance(found, Response) else write(found, 200)
