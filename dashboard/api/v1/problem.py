"""What every door of v1 answers instead of what was asked: a code for a program, words for a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse, Response

from pipelines.errors import (
    AreaError,
    CitybrainError,
    CommandRefused,
    LogError,
    QueryError,
    ReportRefused,
    ScopeError,
    TooManyQuestions,
    ViewError,
)

from ... import catalogue

MEANT: Final[tuple[tuple[type[CitybrainError], str, int], ...]] = (
    (ScopeError, "outside_scope", 403),
    (AreaError, "no_such_area", 404),
    (ViewError, "no_such_view", 404),
    (TooManyQuestions, "busy", 503),
    (LogError, "later", 503),
    (QueryError, "bad_question", 400),
)
"""What an error of the node is at a door; the first that fits."""
OTHERWISE: Final = ("bad_question", 400)


def problem(
    code: str, status: int, lang: str, detail: str, headers: dict[str, str] | None = None, **values: str
) -> JSONResponse:  # fmt: skip
    """Answer with why not."""
    language: catalogue.Language = "en" if lang == "en" else "zh"
    body = {"refused": code, "values": values, "message": catalogue.text(language, f"why.{code}", **values)}
    if status == 503:
        headers = {"Retry-After": "5"} | (headers or {})
    return JSONResponse(jsonable_encoder(body | {"detail": detail}), status, headers)


def told(work: Callable[[], Any], lang: str) -> Response:
    """Do the work of a door; write what it found, or why there is nothing to find."""
    try:
        found = work()
    except (CommandRefused, ReportRefused):
        raise
    except CitybrainError as error:
        code, status = next(((code, status) for kind, code, status in MEANT if isinstance(error, kind)), OTHERWISE)
        return problem(code, status, lang, str(error))
    return found if isinstance(found, Response) else JSONResponse(jsonable_encoder(found))
