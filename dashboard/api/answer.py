"""What every door answers with: what was found as JSON, or why not, under the status that says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Final

import msgspec
from fastapi import Depends
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse, Response

from pipelines.contract.scope import Viewer
from pipelines.errors import CitybrainError, QueryEnded, QueryTooLong, ScopeError, TooManyQuestions

from ..identity.viewing import viewing

Looking = Annotated[Viewer, Depends(viewing)]
"""Who asks at a door."""
STATUS: Final[dict[type[CitybrainError], int]] = {
    ScopeError: 403,
    QueryEnded: 499,
    TooManyQuestions: 503,
    QueryTooLong: 504,
}
Write = Callable[[Any, int], Response]


def written(found: Any, status: int = 200) -> Response:  # noqa: ANN401
    """Write what views and metrics found."""
    return JSONResponse(jsonable_encoder(found), status)


def packed(found: Any, status: int = 200) -> Response:  # noqa: ANN401
    """Write what may have many rows."""
    return Response(msgspec.json.encode(found), status, media_type="application/json")


def answer(work: Callable[[], Any], write: Write = written) -> Response:
    """Do the work of a door and write what it found, or the error it met."""
    try:
        found = work()
    except CitybrainError as error:
        status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 400)
        return write({"error": str(error)}, status)
    return found if isinstance(found, Response) else write(found, 200)
