"""What every door answers instead of what was asked for: a code for a program, words for a person; one shape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse

from . import catalogue

AWAY: Final = 503
RETRY_SECONDS: Final = "5"


def refuse(
    code: str,
    status: int,
    detail: str,
    lang: str = "zh",
    headers: Mapping[str, str] | None = None,
    **values: Any,  # noqa: ANN401
) -> JSONResponse:
    """Answer with why not: ``{refused, values, message, detail}``."""
    body = {"refused": code, "values": values, "message": message(code, values, lang, detail), "detail": detail}
    waiting = {"Retry-After": RETRY_SECONDS} if status == AWAY else {}
    return JSONResponse(jsonable_encoder(body), status, waiting | dict(headers or {}))


def message(code: str, values: dict[str, Any], lang: str, otherwise: str) -> str:
    """Return the words of a code in a person's language, or others where the catalogue has none."""
    language: catalogue.Language = "en" if lang == "en" else "zh"
    key = next((key for key in (f"why.{code}", f"refused.{code}") if key in catalogue.messages()), None)
    return catalogue.text(language, key, **values) if key else otherwise
