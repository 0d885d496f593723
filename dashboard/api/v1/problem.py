"""What every door of v1 answers instead of what was asked: a code for a program, words for a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse, Response

from pipelines.errors import CitybrainError, CommandRefused, ReportRefused

from ..answer import refused


def told(work: Callable[[], Any], lang: str) -> Response:
    """Do the work of a door; write what it found, or why there is nothing to find."""
    try:
        found = work()
    except (CommandRefused, ReportRefused):
        raise
    except CitybrainError as error:
        return refused(error, lang)
    return found if isinstance(found, Response) else JSONResponse(jsonable_encoder(found))
